"""The output intent of a PDF: for which press and paper its inks are mixed (ISO 15930-7, 6.2.4).

In comes an open PDF; out go faults. It refuses to know what is painted.
"""

import re
from typing import Any

from pikepdf import Array, Dictionary, Pdf, PdfError, Stream, String

from booklet.anatomy import Claim
from booklet.docket import Docket

_HINT = "export it with the profile of the press and its paper"
_KNOWN = (
    (r"iso ?coated ?_?v2", "FOGRA39"), (r"pso ?_?uncoated ?_?v3", "FOGRA52"), (r"pso ?_?coated ?_?v3", "FOGRA51"),
    (r"pso ?_?uncoated ?_?iso12647", "FOGRA47"), (r"pso ?_?uncoated ?_?np", "FOGRA48"),
    (r"pso ?_?coated ?_?npscreen", "FOGRA43"),
    (r"iso ?uncoated ?yellowish", "FOGRA30"), (r"iso ?uncoated", "FOGRA29"), (r"pso ?_?lwc ?_?improved", "FOGRA45"),
    (r"pso ?_?lwc ?_?standard", "FOGRA46"), (r"pso ?_?mfc", "FOGRA41"), (r"pso ?_?snp", "FOGRA42"),
    (r"pso ?_?sc-?b", "FOGRA54"), (r"gracol ?2006|gracol2006", "GRACOL2006"), (r"gracol ?2013|crpc ?6", "CRPC6"),
    (r"swop ?2006.*3|coated3", "SWOP3"), (r"swop ?2006.*5|coated5", "SWOP5"), (r"swop|cgats ?tr ?001", "SWOP"),
    (r"cgats ?tr ?006", "GRACOL2006"), (r"cgats ?tr ?003", "SWOP3"), (r"cgats ?tr ?005", "SWOP5"),
    (r"japan ?color ?2001.*uncoated|jcw?2001.*uncoated", "JAPAN2001U"), (r"japan ?color ?2001|jc200103", "JAPAN2001"),
    (r"newspaper26|ifra26", "IFRA26"), (r"newspaper30|ifra30", "IFRA30"))
"""What a profile or condition is called → its condition."""


def conditions(words: str) -> set[str]:
    """Return the printing conditions that words name."""
    low = words.lower()
    named = {f"FOGRA{number}" for number in re.findall(r"fogra ?_?(\d\d)", low)}
    if named:
        return named
    found = next((condition for pattern, condition in _KNOWN if re.search(pattern, low)), "")
    return {found} if found else set()


def description(icc: bytes) -> str:
    """Return the name of an ICC profile (ICC.1, 9.2.41)."""
    count = int.from_bytes(icc[128:132], "big")
    for index in range(min(count, 100)):
        entry = icc[132 + 12 * index:144 + 12 * index]
        if entry[:4] == b"desc":
            start, size = int.from_bytes(entry[4:8], "big"), int.from_bytes(entry[8:12], "big")
            tag = icc[start:start + size]
            if tag[:4] == b"mluc":
                length, offset = int.from_bytes(tag[20:24], "big"), int.from_bytes(tag[24:28], "big")
                return tag[offset:offset + length].decode("utf-16-be", "replace")
            return tag[12:12 + int.from_bytes(tag[8:12], "big")].split(b"\0")[0].decode("latin-1")
    return ""


def _text(intent: Any, key: str) -> str:
    value = intent.get(key)
    return str(value) if isinstance(value, String) else ""


def check_intents(pdf: Pdf, claim: Claim, docket: Docket) -> None:
    """Note what is wrong with the output intent."""
    listed = pdf.Root.get("/OutputIntents")
    intents = [one for one in listed if isinstance(one, Dictionary)] if isinstance(listed, Array) else []
    ours = [one for one in intents if str(one.get("/S")) == "/GTS_PDFX"]
    if not ours:
        what = "none for PDF/X, only " + ", ".join(str(one.get("/S"))[1:] for one in intents) if intents else "none"
        docket.note("intent-missing", f"the file has no output intent ({what})", _HINT)
        return
    if len(ours) > 1:
        docket.note("intent-several", f"the file has {len(ours)} output intents for PDF/X", "leave one")
    intent = ours[0]
    name = _text(intent, "/OutputConditionIdentifier")
    if not name:
        docket.note("intent-condition", "the output intent names no condition (OutputConditionIdentifier)", _HINT)
    profile = intent.get("/DestOutputProfile")
    if isinstance(profile, Stream):
        _check_profile(profile, intent, name, docket)
    elif claim.version == "PDF/X-4p" and "/DestOutputProfileRef" in intent:
        return
    elif not claim.old or not _text(intent, "/RegistryName"):
        docket.note("intent-profile", f"the output intent '{name}' brings no profile (DestOutputProfile)", _HINT)


def _check_profile(profile: Any, intent: Any, name: str, docket: Docket) -> None:
    try:
        icc = profile.read_bytes()
    except PdfError:
        icc = b""
    if len(icc) < 132 or icc[36:40] != b"acsp" or int.from_bytes(icc[:4], "big") > len(icc):
        docket.note("intent-profile", "the profile of the output intent is damaged", _HINT)
        return
    space, kind = icc[16:20].decode("latin-1").strip(), icc[12:16].decode("latin-1")
    if space != "CMYK":
        docket.note("intent-not-cmyk", f"the profile of the output intent is for {space}, not CMYK", _HINT)
        return
    if profile.get("/N") != 4:
        docket.note("intent-profile", f"the profile has 4 inks, the file says {profile.get('/N')} (/N)", _HINT)
    if kind != "prtr":
        docket.note("intent-profile", f"the profile of the output intent is of the class '{kind}', no printer's", _HINT)
    title = description(icc)
    inside = conditions(title)
    said = conditions(name) or conditions(" ".join(_text(intent, key) for key in ("/OutputCondition", "/Info")))
    if inside and said and not inside & said:
        docket.note(
            "intent-condition",
            f"the output intent names the condition '{name}', its profile '{title}' is for {'/'.join(sorted(inside))}",
            "name the condition that the profile is for")
