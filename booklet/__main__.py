"""``python -m booklet``: the same words again."""

from booklet.cli import run

run()
