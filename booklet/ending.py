"""How the program begins and ends: signals, errors that nobody caught, exit codes.

In comes a command line; nothing comes back. Exit codes: 0 made, 1 content has errors, 2 wrong usage, 3 the preflight
refuses, 4 a tool or the machine broke, 130 or 143 stopped.
"""

import gc
import os
import signal
import sys
from importlib import import_module
from types import FrameType
from typing import NoReturn

import click

from booklet import terminal

MADE, CONTENT, USAGE, REFUSED, BROKEN, INTERRUPTED, TERMINATED = 0, 1, 2, 3, 4, 130, 143


def _terminate(number: int, frame: FrameType | None) -> None:
    raise SystemExit(TERMINATED)


def run_to_end(main: click.Command) -> NoReturn:
    """Run a command line and end with its exit code."""
    gc.disable()  # the little that piles up goes with the process, or is collected where it does
    signal.signal(signal.SIGTERM, _terminate)
    try:
        _leave(_run(main))
    except SystemExit as end:
        _leave(end.code if isinstance(end.code, int) else MADE)


def _run(main: click.Command) -> int:
    """Run the command line; returns the exit code where nobody has ended the program."""
    try:
        main(standalone_mode=False)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except (click.Abort, KeyboardInterrupt):
        terminal.say("stopped; the old files are as they were")
        return INTERRUPTED
    except (OSError, ArithmeticError, LookupError, RuntimeError, ImportError, ValueError, TypeError,
            MemoryError) as broken:
        terminal.say(f"{type(broken).__name__}: {broken}")
        return BROKEN
    return MADE


def _leave(code: int) -> NoReturn:
    """End at once: to take a process apart in good order lasts longer than a small build."""
    if "booklet.engine" in sys.modules:
        import_module("booklet.press").tidy_engine()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        os._exit(code)  # whoever read has had enough
    os._exit(code)
