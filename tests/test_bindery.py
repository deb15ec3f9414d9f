"""The library that binds PDFs, imported in haste, does what it does otherwise."""

import subprocess
import sys
from pathlib import Path

import pytest
from making import ROOT

from booklet import bindery

ASK = """
import sys
from booklet.bindery import LATE, load_binder
load_binder()
import pikepdf
print(sorted(set(LATE) & sys.modules.keys()), file=sys.stderr)
for name in ("Pdf", "Page", "Object", "Matrix", "Attachments", "AttachedFileSpec", "NameTree", "Rectangle"):
    print(name, [member for member in dir(getattr(pikepdf, name, None)) if member[:2] != "__"])
pdf = pikepdf.new()
pdf.add_blank_page()
with pdf.open_metadata() as told:
    told["dc:title"] = "A"
    print(sorted(told))
print(isinstance(told, pikepdf.models.PdfMetadata), pdf.allow)
try:
    pikepdf.PdfImage(pikepdf.Stream(pdf, b""))
except (TypeError, pikepdf.InvalidPdfImageError) as wrong:
    print(type(wrong).__name__)
print(isinstance(1, pikepdf.PdfImage), pikepdf.sanitize.__name__, pikepdf.JobBuilder.__module__)
print(pikepdf.Encryption(owner="a", user="b"), pikepdf.Permissions().extract)
print(pikepdf.models.metadata.__spec__.name, pikepdf.PdfImage, pikepdf.ContentScope, pikepdf.PageCopyResult)
print(sorted(name for name, thing in vars(pikepdf).items() if type(thing).__module__.startswith("booklet")))
"""


def test_what_is_asked_of_it_is_the_same_with_and_without() -> None:
    quick, slow = (subprocess.run(
        [sys.executable, "-c", ASK], capture_output=True, text=True, check=True, timeout=60,
        env={"PATH": "/usr/bin:/bin", "BOOKLET_HASTE": switch, "PYTHONPATH": str(ROOT)}) for switch in "10")
    assert quick.stdout == slow.stdout and "elements/1.1/}title" in quick.stdout
    assert quick.stderr == "[]\n" and "pikepdf.jobs" in slow.stderr


def test_it_is_for_the_version_that_is_locked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BOOKLET_HASTE", raising=False)
    lock = (Path(ROOT) / "requirements.lock").read_text("utf-8")
    assert all(f"\n{name}=={number} " in lock for name, number in bindery.PINNED.items())
    assert bindery.in_haste(bindery.PINNED) and not bindery.in_haste({"pikepdf": "0"})
