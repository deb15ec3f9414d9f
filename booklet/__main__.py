"""``python -m booklet``: the same words again."""

from booklet.start import run

run()
