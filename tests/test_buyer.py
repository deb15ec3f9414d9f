"""The print buyer's commands, as the terminal has them."""

import subprocess
from pathlib import Path

import pikepdf
import pytest
from making import STYLES, edit, lay_tiny, run, tool
from ordering_cases import numbered, saved


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a PDF of six pages."""
    path = tmp_path / "hefte.pdf"
    path.write_bytes(numbered(6))
    return path


def test_spreads_are_written_beside_the_file_and_told(file: Path) -> None:
    made = run("impose", file)
    assert (made.returncode, made.stderr) == (0, "")
    rows = [line.split() for line in made.stdout.splitlines()]
    assert rows[0] == ["file", "pages", "blank", "sheets", "scale", "size"]
    assert rows[1][:5] == [str(file.with_name("hefte-spreads.pdf")), "6", "2", "2", "100.0%"]
    assert "Pages:           4" in tool("pdfinfo", file.with_name("hefte-spreads.pdf"))


def test_paper_output_and_language_can_be_said(file: Path) -> None:
    target = file.parent / "a" / "ut.pdf"
    words = "--paper", "a4", "--output", target, "--language", "nn", "--creep", "0.1"
    assert run("impose", file, *words).returncode == 0
    assert "841.89 x 595.276 pts (A4)" in tool("pdfinfo", target)
    assert "Ark 1, framside: – | 1" in tool("pdftotext", target, "-")
    assert run("impose", file, "--paper", "a3").returncode == 0 and file.with_name("hefte-spreads-a3.pdf").exists()


@pytest.mark.parametrize(("content", "told"), [
    (b"text", "this is no PDF"), (numbered(1), "the file has 1 page"),
    (saved(pikepdf.Pdf.new(), encryption=pikepdf.Encryption(owner="a", user="b")), "the file is encrypted"),
])
def test_file_that_cannot_be_imposed_is_wrong_usage(content: bytes, told: str, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(content)
    made = run("impose", tmp_path / "a.pdf")
    assert made.returncode == 2 and told in made.stderr and "Traceback" not in made.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


@pytest.mark.parametrize(("words", "told"), [
    (["impose"], "Missing argument"), (["impose", "nowhere.pdf"], "does not exist"),
    (["impose", "hefte.pdf", "--paper", "a5"], "'a5' is not one of"),
    (["impose", "hefte.pdf", "--creep", "-1"], "-1"),
    (["impose", "hefte.pdf", "--output", "hefte.pdf"], "written over"),
    (["order", "--copies", "0"], "0 is not in the range"), (["order", "--copies", "1.5"], "is not a valid integer"),
    (["order", "--copies", "mange"], "is not a valid integer"), (["order", "--copies", "-3"], "-3 is not in the range"),
], ids=lambda value: " ".join(value) if isinstance(value, list) else "")
def test_wrong_usage_ends_with_2(words: list[str], told: str, file: Path) -> None:
    made = run(*words, cwd=file.parent)
    assert made.returncode == 2 and told in made.stderr and made.stdout == ""
    assert file.read_bytes() == numbered(6)


def test_spreads_that_cannot_be_written_end_with_4(file: Path) -> None:
    (file.parent / "x").write_text("a file")
    made = run("impose", file, "--output", file.parent / "x" / "ut.pdf")
    assert made.returncode == 4 and "Traceback" not in made.stderr


def test_order_from_the_terminal(tmp_path: Path) -> None:
    content = lay_tiny(tmp_path)
    words = "order", "--content", content, "--styles", STYLES, "--cache", tmp_path / "cache"
    refused = run(*words, "--copies", "500", cwd=tmp_path)
    assert refused.returncode == 1 and "error no-print-order: there is no 'print.yaml'" in refused.stderr
    (content / "print.yaml").write_text("binding: stitched\n", encoding="utf-8")
    uncounted = run(*words, cwd=tmp_path)
    assert uncounted.returncode == 2 and "--copies" in uncounted.stderr and not (tmp_path / "dist").exists()
    made = run(*words, "--copies", "500", cwd=tmp_path)
    folder = tmp_path / "dist" / "order-2021"
    assert (made.returncode, made.stderr) == (0, "")
    assert [line.split()[0] for line in made.stdout.splitlines()[1:]] == [
        f"dist/order-2021/{name}" for name in (
            *(f"lite-hefte-2021-{part}.pdf" for part in ("print", "order", "dummy", "dummy-a3")),
            "lite-hefte-2021-preflight.json", "lite-hefte-2021-preflight.txt", "SHA256SUMS")]
    assert subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=folder).returncode == 0
    (folder / "signed.pdf").write_bytes(b"x")
    again = run(*words, "--copies", "600", cwd=tmp_path)
    assert again.returncode == 2 and "signed.pdf" in again.stderr
    assert "500" in tool("pdftotext", folder / "lite-hefte-2021-order.pdf", "-")


def test_order_whose_print_file_is_refused_is_written_whole_and_ends_with_3(tmp_path: Path) -> None:
    content, shop = lay_tiny(tmp_path), tmp_path / "thrifty.yaml"
    (content / "print.yaml").write_text("binding: stitched\n", encoding="utf-8")
    shop.write_text((STYLES / "printers" / "sheetfed.yaml").read_text(), encoding="utf-8")
    edit(shop, "ink: 300", "ink: 100")
    edit(shop, "icc: ../icc/", f"icc: {STYLES / 'icc'}/")
    made = run("order", "--content", content, "--styles", STYLES, "--cache", tmp_path / "cache", "--copies", "500",
               "--printer", shop, cwd=tmp_path)
    assert made.returncode == 3 and len(made.stdout.splitlines()) == 8
    *told, last = made.stderr.splitlines()
    assert told and all("-print.pdf: page " in line and " error too-much-ink: " in line for line in told)
    assert "the preflight refuses the print file" in last
    assert subprocess.run(
        ["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=tmp_path / "dist" / "order-2021").returncode == 0
