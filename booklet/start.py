"""Where the program starts: the commands are loaded, without what their libraries load and hardly ever use.

In comes a command line; nothing comes back. A build with nothing changed spends most of its time here.
"""

import os
from typing import NoReturn

from booklet.dummies import Known, later, standing_in
from booklet.headroom import with_headroom


def _plain(text: str) -> str:
    """Return a help text as its readers want it: what stands in one line needs no more."""
    return later("inspect", "cleandoc")(text) if "\n" in text or "\t" in text else text.lstrip()


def _plural(one: str, many: str, number: int) -> str:
    return one if number == 1 else many


_KNOWN: Known = {
    "inspect": {"cleandoc": _plain},
    "gettext": {"gettext": str, "ngettext": _plural},  # we speak English at the terminal
    "platform": {"system": lambda: os.uname().sysname, "node": lambda: os.uname().nodename},
    "ipaddress": {}, "bz2": {}, "lzma": {}, "msgspec.inspect": {}, "msgspec._json_schema": {
        name: later("msgspec._json_schema", name) for name in ("schema", "schema_components")},
    "msgspec.toml": {}, "msgspec.yaml": {}, "msgspec.msgpack": {},
}
"""Module → what is asked of it at once."""


def run() -> NoReturn:
    """Run the command line and end with its exit code."""
    with_headroom(_run)


def _run() -> NoReturn:
    with standing_in(_KNOWN, "typing_extensions"):
        from booklet.cli import run as run_commands
    run_commands()
