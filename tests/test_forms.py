"""Forms say what Jinja makes of the templates."""

from pathlib import Path
from typing import Any

import pytest
from forms import Odd, form_of, forms
from making import WORDS
from markupsafe import Markup
from test_render import KINDS, pages

from booklet import forms as room
from booklet import render

TOLD: dict[str, Any] = {
    "word": "a<b", "none": None, "number": 2, "html": Markup("<i>x</i>"), "many": ["<", Markup("<b>")], "empty": [],
    "pairs": [("a", 1), ("b", 2)], "held": {"key": "v", "items": "w", "a-lead": "l"}, "thing": Path("a/b.c")}


def said(text: str, monkeypatch: pytest.MonkeyPatch, told: dict[str, Any] = TOLD) -> str | None:
    """Return what a form says of a template."""
    keep = room._tree
    monkeypatch.setattr(room, "_tree", lambda name: form_of(text) if name == "own" else keep(name))
    return room.Reader(render.FILTERS).page("own", told)


def test_kept_forms_are_those_of_the_templates() -> None:
    assert room.KEPT.read_text("utf-8") == forms(), "type 'make haste'"


def test_every_page_is_as_jinja_makes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    keep, made = room.Reader.page, set[str]()

    def page(self: room.Reader, name: str, told: dict[str, Any]) -> str | None:
        ready = keep(self, name, told)
        assert ready == render.environment().get_template(name).render(told), name
        made.add(name.split(".")[0])
        return ready

    monkeypatch.setattr(room.Reader, "page", page)
    monkeypatch.setattr(render, "wanted", lambda: True)
    assert len(list(pages(dict(WORDS)))) > 50 and made == KINDS


@pytest.mark.parametrize("text", [
    "a{{ word }}b{{ word | safe }}{{ none }}{{ number }}{{ html }}", "{{ many | join(', ') }}{{ many | join }}",
    "{{ empty | join('<') }}{{ ['<'] | join('<') }}{{ pairs[0] | join('-') }}", "{{ held.key }}{{ held['key'] }}",
    "{{ held.items }}", "{{ thing.name }}{{ thing['suffix'] }}", "{{ held['a' ~ '-lead'] }}{{ word ~ html ~ 1 }}",
    "{% for one in many %}{{ one }}{% else %}none{% endfor %}{% for x in empty %}y{% else %}<{{ word }}{% endfor %}",
    "{% for word, n in pairs %}{{ word }}{{ n }}{% endfor %}{{ word }}", "{{ ('a', 'b') }}{{ 1 if number > 1 else 2 }}",
    "{% if none %}a{% elif number == 2 %}b{% else %}c{% endif %}{% if not none and (number or x) %}d{% endif %}",
    "{% if x is defined %}a{% endif %}{% if word is defined %}b{% endif %}{{ x | default('d<') }}",
    "{% macro m(a, word) %}{{ a }}<{{ word }}{{ number }}{% endmacro %}{{ m(html, '>') }}{{ m(word, 1) }}{{ word }}",
    "{% for _ in range(number) %}  x\n  {%- endfor %}\n  {% if number %}\n y\n {% endif %}\n",
    "{{ 'a{x}'.format(x=word) }}{{ word.upper() }}{{ 'https://a.b/c' | breakable }}"])
def test_each_part_of_the_language_says_what_it_says_in_jinja(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(text, monkeypatch) == render.environment().from_string(text).render(TOLD)


@pytest.mark.parametrize("text", [
    "{{ x }}", "{{ held.x }}", "{{ held['x'] }}", "{% if x %}a{% endif %}", "{% for a in x %}{% endfor %}",
    "{{ word() }}", "{% macro m(a) %}{% endmacro %}{{ m() }}", "{{ held.x is defined }}", "{% include 'no.jinja' %}"])
def test_what_is_missing_is_for_jinja_to_tell(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(text, monkeypatch) is None


@pytest.mark.parametrize("text", [
    "{% set a = 1 %}", "{{ a | upper }}", "{{ loop.index }}", "{% for a in b if a %}{% endfor %}", "{{ a is none }}",
    "{% macro m(a=1) %}{% endmacro %}", "{{ 1 + 2 }}", "{{ a(*b) }}", "{{ 1 < 2 < 3 }}",
    "{% include 'a' ignore missing %}"])
def test_other_parts_of_the_language_are_not_kept(text: str) -> None:
    with pytest.raises(Odd):
        form_of(text)


def test_another_template_than_the_one_kept_is_for_jinja(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "base.html.jinja").write_text((room.TEMPLATES / "base.html.jinja").read_text("utf-8") + " ")
    monkeypatch.setattr(room, "TEMPLATES", tmp_path)
    for name in ("base.html.jinja", "no.html.jinja"):
        with pytest.raises((LookupError, OSError)):
            room._tree.__wrapped__(name)
