"""The records of print runs, as far as a finished file is compared with them: ``content/runs/2019-1.yaml``.

In comes the content folder; out go the runs. What else a record holds is for others.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from booklet.collector import Collector
from booklet.nodes import Mapping, Scalar, Sequence, read_nodes

_SAID = "edition", "run", "file", "sha256", "profile", "printer", "git", "program"


@dataclass(frozen=True, slots=True)
class Frozen:
    """A print run."""

    edition: str
    run: str
    file: str
    sha256: str
    profile: str
    printer: str
    git: str
    """The revision of its content, where there is one."""
    program: str
    versions: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return what it is called: «2019-1»."""
        return f"{self.edition}-{self.run}"


def read_frozen(content: Path) -> tuple[Frozen, ...]:
    """Return the runs that the content folder has sound records of; ``check`` names the others."""
    return tuple(_runs(content / "runs"))


def _runs(folder: Path) -> Iterator[Frozen]:
    for path in sorted(folder.glob("*.yaml")):
        found = Collector()
        node = read_nodes(path.read_text("utf-8", "replace"), path, found)
        if not isinstance(node, Mapping) or len(found):
            continue
        said = {key.text: value for key, value in node.pairs}
        texts = {name: value.text for name, value in said.items() if isinstance(value, Scalar)}
        packages = said.get("versions")
        if {"edition", "run", "sha256", "file"} <= texts.keys():
            listed = packages.items if isinstance(packages, Sequence) else ()
            words = {name: texts.get(name, "") for name in _SAID}
            yield Frozen(**words, versions=tuple(one.text for one in listed if isinstance(one, Scalar)))
