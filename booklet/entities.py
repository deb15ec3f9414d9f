"""Characters that HTML and XML want written otherwise, and back: ``html`` without its list of two thousand names.

In come words, out go words. Knows no element. The list is loaded when somebody asks what an entity stands for.
"""

from importlib import import_module


def escape(words: str, quote: bool = True) -> str:
    """Return words as they stand in an element or, with ``quote``, in an attribute."""
    words = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return words.replace('"', "&quot;").replace("'", "&#x27;") if quote else words


def unescape(text: str) -> str:
    """Return the words that a text stands for."""
    return str(import_module("html").unescape(text)) if "&" in text else text
