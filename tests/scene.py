"""A place where real builds run and things befall them, and what is asked of it afterwards."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

import pytest
from clean import clean_build
from making import ROOT, STYLES, lay_tiny

from booklet.outputs import Output

FILE = "lite-hefte-2021-screen.pdf"
TEXT, OTHER = (Path("content", "themes", name, "text.md") for name in ("heim", "arbeid"))
PATIENCE = 60.0
"""Seconds after which something that should have come to pass has not."""
linux = pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel for processes and small disks")


class Scene:
    """A folder with the tiny booklet, of which the screen copy is built."""

    def __init__(self, home: Path) -> None:
        lay_tiny(home)
        (home / "tmp").mkdir()
        self.home, self.file, self.cache = home, home / "dist" / FILE, home / "cache"
        self.known: dict[tuple[str, ...], bytes] = {}
        self.processes: list[subprocess.Popen[str]] = []

    def command(self, *more: object) -> list[str]:
        """Return the words of a build."""
        words = "build", "--profile", "screen", "--styles", STYLES, "--cache", self.cache, *more
        return [sys.executable, "-u", str(ROOT / "build.py"), *map(str, words)]

    def start(
        self, *more: object, before: tuple[str, ...] = (), said: int | IO[str] = subprocess.PIPE
    ) -> subprocess.Popen[str]:
        """Start a build, behind the words of another program if need be; what it says can go to a file."""
        self.processes.append(subprocess.Popen(
            [*before, *self.command(*more)], cwd=self.home, text=True, stdout=said, stderr=said,
            start_new_session=True, env={"PATH": "/usr/sbin:/usr/bin:/bin", "TMPDIR": str(self.home / "tmp")}))
        return self.processes[-1]

    def build(self, *more: object, before: tuple[str, ...] = ()) -> None:
        """Build; it goes well, in silence."""
        self.went_well(self.start(*more, before=before))

    def went_well(self, process: subprocess.Popen[str]) -> None:
        """Wait for the end of a build that goes well, in silence."""
        _, said = process.communicate(timeout=PATIENCE)
        assert (process.returncode, said) == (0, "")

    def there(self) -> bytes:
        """Return what lies under the name of the output, nothing where there is none."""
        return self.file.read_bytes() if self.file.exists() else b""

    def right(self) -> bytes:
        """Return what a clean build makes of the texts as they are now."""
        state = tuple((self.home / name).read_text() for name in (TEXT, OTHER))
        if state not in self.known:
            self.known[state] = clean_build(self.home / "content", STYLES, Output(FILE, "screen"))[FILE]
        return self.known[state]

    def leftovers(self) -> list[str]:
        """Return what nobody wants beside the output and in the cache."""
        hidden = [path.name for folder in (self.file.parent, self.cache) for path in folder.rglob(".*")]
        return hidden + [path.name for path in self.file.parent.iterdir() if path != self.file]

    def end(self) -> None:
        """Leave nothing running."""
        for number in self.at_work():
            with suppress(OSError):
                os.kill(number, signal.SIGKILL)
        for process in self.processes:
            process.communicate(timeout=PATIENCE)

    def at_work(self) -> list[int]:
        """Return the processes that work in the folder."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if Path(os.readlink(process / "cwd")) == self.home:
                    found.append(int(process.name))
        return found


def until(condition: Callable[[], object]) -> bool:
    """Wait until something is so; tells whether it came to be."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True
