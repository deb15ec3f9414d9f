"""Which rules meet which element, found once for all elements that look alike.

In come a document and parsed style sheets of WeasyPrint 70.0; out go the same cascaded styles at the same elements. Of
a rule that asks only what an element is called, the answer holds for all that are called so, in all units; which
declarations win is found once for each set of rules; styles of pseudo-elements are made when somebody asks for them.
"""

import re
from collections.abc import Iterable
from functools import cache
from math import inf
from typing import Any

from weasyprint import css

from booklet.cascade import LISTED
from booklet.moulds import Mould, Sizes, begin, mould_of, root_mould

_ALIKE = frozenset({"local_name", "classes", "namespace_url", "in_html_document", "ascii_lower"})
"""What a rule may ask whose answer is the same for all elements of one name and class."""
_LINE = _ALIKE | {"any", "ancestors", "parent"}
"""What a rule may ask whose answer is the same for all that stand in elements that look alike, up to the root."""
_PLAIN = re.compile(r"[\w.:/-]+")
_SVG = "{http://www.w3.org/2000/svg}svg"
_MOST = 32
"""Sets of style sheets that are remembered: a booklet has one for each profile and theme."""
_AUTHOR = css.declaration_precedence("author", False)
_FAINT = (0, 0, 0)
_NOTHING: dict[str, Any] = {}
_begin = css.StyleFor.__init__
_drawers: dict[tuple[Any, ...], "_Drawer"] = {}

_NOTED = "line"
_Line = tuple[list[int], list[tuple[int, Any]]]
Weighed = dict[str, tuple[Any, Any]]


@cache
def _names(code: Any) -> frozenset[str]:
    """Return all names that a function asks for, within other functions too."""
    inner = (_names(one) for one in code.co_consts if hasattr(one, "co_names"))
    return frozenset(code.co_names).union(*inner)


class _Drawer:
    """The rules of some style sheets, and what was found out about them."""

    def __init__(self, sheets: list[tuple[Any, ...]]) -> None:
        self.sheets = sheets
        self.rules: list[tuple[Any, ...]] = []
        """Test, pseudo-element, declarations to be weighed and what makes a style another one; weakest first."""
        self.weighed = dict[int, list[tuple[str, tuple[Any, Any]]]]()
        self.tags, self.names, self.spaces = dict[str, list[int]](), dict[str, list[int]](), dict[str, list[int]]()
        self.ids, self.lang, self.others = dict[str, list[int]](), list[int](), list[int]()
        self.tests = dict[int, tuple[Any, frozenset[str] | None]]()
        self.alike: dict[Any, tuple[list[int], list[tuple[int, Any]]]] = {}
        self.lines: dict[Any, _Line] = {}
        self.cascades: dict[tuple[int, ...], tuple[Any, dict[str | None, Weighed]]] = {}
        self.pages = dict[Any, dict[str | None, Weighed]]()
        """What tells pages from others → what the rules for pages say, by pseudo-element."""
        self.numbered = any(asked.index is not None for one, *_ in sheets for _, entries, _ in one.page_rules
                            for *_, asked in entries)
        """Whether a rule asks for a page by its number."""
        for number, (sheet, origin, specificity) in enumerate(sheets):
            self._take(number, sheet, origin, specificity)

    def _take(self, number: int, sheet: Any, origin: str, fixed: Any) -> None:
        """Take the rules of a sheet, in the order in which they outdo each other."""
        matcher = sheet.matcher
        found = [(entry, self.others) for entry in matcher.other_selectors]
        found += [(entry, self.lang) for entry in matcher.lang_attr_selectors]
        for theirs, ours in (
            (matcher.id_selectors, self.ids), (matcher.class_selectors, self.names),
            (matcher.lower_local_name_selectors, self.tags), (matcher.namespace_selectors, self.spaces),
        ):
            found += [(entry, ours.setdefault(key, [])) for key, entries in theirs.items() for entry in entries]
        for (test, specificity, _, pseudo, payload), bucket in sorted(found, key=lambda one: one[0][1:3]):
            declarations, layer = payload
            order = inf if layer is None else sheet.layers.index(layer)
            bucket.append(len(self.rules))
            self.rules.append((
                test, pseudo, (declarations, origin, order, fixed or specificity),
                (number, specificity, id(declarations), order)))

    def _look(self, element: Any) -> tuple[list[int], list[tuple[int, Any]]]:
        """Return the rules that meet all elements like this one, and those that may."""
        numbers = [*self.tags.get(css.cssselect2.ascii_lower(element.local_name), ()), *self.others]
        numbers += self.spaces.get(element.namespace_url, ())
        for name in element.classes:
            numbers += self.names.get(name, ())
        if "lang" in element.etree_element.attrib:
            numbers += self.lang
        surely, perhaps = [], []
        for number in sorted(numbers):
            test, asks = self.tests[number] if number in self.tests else self._test(number)
            if asks is not _ALIKE:
                perhaps.append((number, test))
            elif test(element):
                surely.append(number)
        return surely, perhaps

    def _test(self, number: int) -> tuple[Any, frozenset[str] | None]:
        """Return the test of a rule, and which of what it may ask it keeps to."""
        test = getattr(self.rules[number][0], "test", self.rules[number][0])
        asks = next((some for some in (_ALIKE, _LINE) if some.issuperset(_names(test.__code__))), None)
        self.tests[number] = test, asks
        return self.tests[number]

    def _stand(self, element: Any, attributes: Any) -> "_Line":
        """Return the rules that meet all elements like this one in elements like those around it, and those that may.

        It is noted on the element, for what stands in it.
        """
        key = element.etree_element.tag, attributes.get("class"), "lang" in attributes
        over = element.parent and element.parent.__dict__.get(_NOTED)
        line = self.lines.get((id(over), key))
        if line is None:
            if key not in self.alike:
                self.alike[key] = self._look(element)
            surely, perhaps = self.alike[key]
            met = [number for number, test in perhaps if self.tests[number][1] and test(element)]
            line = self.lines[id(over), key] = (
                sorted(surely + met), [one for one in perhaps if self.tests[one[0]][1] is None])
        element.__dict__[_NOTED] = line
        return line

    def meet(self, element: Any) -> tuple[Any, dict[str | None, Weighed]]:
        """Return what tells a style from others of the same parent, and pseudo-element → what the rules say."""
        attributes = element.etree_element.attrib
        surely, perhaps = self._stand(element, attributes)
        met = [number for number, test in perhaps if test(element)]
        if own := self.ids and self.ids.get(attributes.get("id")):
            met += [number for number in own if self.rules[number][0](element)]
        numbers = tuple(sorted(surely + met)) if met else tuple(surely)
        if numbers not in self.cascades:
            self.cascades[numbers] = self._cascade(numbers)
        return self.cascades[numbers]

    def _cascade(self, numbers: tuple[int, ...]) -> tuple[Any, dict[str | None, Weighed]]:
        styles: dict[str | None, Weighed] = {}
        for number in numbers:
            if number not in self.weighed:
                self.weighed[number] = _weigh(*self.rules[number][2])
            _outdo(styles.setdefault(self.rules[number][1], {}), self.weighed[number])
        return tuple(self.rules[number][3] for number in numbers), styles


def _weigh(declarations: Iterable[Any], origin: str, order: Any, specificity: Any) -> list[tuple[str, tuple[Any, Any]]]:
    """Return declarations by name, each with what it outdoes others by."""
    return [
        (name, (values, (css.declaration_precedence(origin, important), order, specificity)))
        for name, values, important in declarations]


def _outdo(style: Weighed, weighed: Iterable[tuple[str, tuple[Any, Any]]]) -> Weighed:
    """Let declarations replace those that are not stronger; returns the style."""
    for name, value in weighed:
        if name not in style or style[name][1] <= value[1]:
            style[name] = value
    return style


class _Styles(dict[tuple[Any, Any], Any]):
    """Computed styles; those of pseudo-elements are made when they are asked for."""

    def __init__(self, make: Any) -> None:
        super().__init__()
        self.late: dict[tuple[Any, Any], Weighed] = {}
        self.make = make

    def get(self, key: tuple[Any, Any], default: Any = None) -> Any:
        """Return the style of an element or of one of its pseudo-elements."""
        if key in self:
            return self[key]
        if key not in self.late:
            return default
        mould = mould_of(self[key[0], None]) if key[1] not in LISTED else None
        return self.make(key[0], *key, self.late.pop(key), mould and mould.part(key[1:]))


class _Some(list[Any]):
    """Some elements, which are looked through as if they were a tree."""

    def iter(self) -> Iterable[Any]:
        """Yield them."""
        return iter(self)


def _attributes(tree: Any, base_url: str) -> tuple[dict[Any, Weighed], dict[Any, Any]]:
    """Return what attributes say of elements, and what makes the styles of these elements their own."""
    styles: dict[Any, Weighed] = {}
    own: dict[Any, Any] = {}
    odd = []
    for element in tree.iter():
        get = element.get
        name, lang = get("id"), get("lang")
        if get("style") or element.tag == _SVG or (element.tag == "a" and get("name")):
            odd.append(element)
        elif name or lang:
            if not _PLAIN.fullmatch(name or lang or "") or not _PLAIN.fullmatch(lang or name or ""):
                odd.append(element)
                continue
            styles[element], own[element] = {}, element
            for property_name, value in (("lang", lang and ("string", lang)), ("anchor", name)):
                if value:
                    styles[element][property_name] = value, (_AUTHOR, inf, _FAINT)
    for specificity, element, declarations, url in css.find_style_attributes(_Some(odd), False, base_url):
        own[element] = tuple(declarations)
        weighed = [
            (name, (values, (css.declaration_precedence("author", important), inf, specificity)))
            for name, values, important in css.preprocess_declarations(url, declarations)]
        _outdo(styles.setdefault(element, {}), weighed)
    return styles, own


_find = css.find_stylesheets


def sheets_within(wrapper: Any, *given: Any) -> Iterable[Any]:
    """Return the style sheets that a document names or holds; it is not searched when no element can be one."""
    named = any(str(element.tag).endswith(("style", "link")) for element in wrapper.etree_element.iter())
    return _find(wrapper, *given) if named else ()


def drawer_of(sheets: list[tuple[Any, ...]]) -> _Drawer:
    """Return what is known of style sheets."""
    key = tuple((id(sheet), origin, specificity) for sheet, origin, specificity in sheets)
    if key not in _drawers:
        if len(_drawers) >= _MOST:
            _drawers.clear()
        _drawers[key] = _Drawer(sheets)
    return _drawers[key]


def _part(mould: Mould, element: Any, styles: Any) -> Mould | None:
    """Return the mould of an element's style under its parent's; None when more than rules and a few words decide."""
    get = element.get
    if element.tag == _SVG or (element.tag == "a" and get("name")):
        return None
    return mould.part((id(styles), get("lang"), get("style"), get("id") is not None))


def annotate(
    style_for: Any, html: Any, sheets: list[tuple[Any, ...]], hints: bool, *rest: Any
) -> None:
    """Give each element of a document its style."""
    if hints:
        _begin(style_for, html, sheets, hints, *rest)
        return
    style_for.font_config, collector = rest
    style_for.initial_page_sizes, style_for._sheets = Sizes(box=None, area=None), sheets
    root, drawer = html.etree_element, drawer_of(sheets)
    above = root_mould(style_for.font_config, drawer, html.base_url)

    def make(element: Any, parent: Any, pseudo: str | None, says: Weighed, mould: Mould | None) -> Any:
        over, first = (None, css.InitialStyle(style_for.font_config)) if parent is None else (
            computed[parent, None], computed[root, None])
        style = computed[element, pseudo] = css.ComputedStyle(
            over, says, pseudo, first, html.base_url, style_for.font_config, style_for.initial_page_sizes)
        begin(style, mould)
        if collector and style["anchor"]:
            collector.collect_anchor(style["anchor"])
        return style

    computed = _Styles(make)
    style_for._cascaded_styles, style_for._computed_styles = {}, computed
    attributes, own = _attributes(root, html.base_url)
    known, pseudos = dict[Any, Any](), list[tuple[Any, Any]]()
    for wrapper in html.wrapper_element.iter_subtree():
        element, parent = wrapper.etree_element, wrapper.parent and wrapper.parent.etree_element
        rules, styles = drawer.meet(wrapper)
        key = wrapper.parent and id(computed[parent, None]), own.get(element), rules
        if key in known:
            computed[element, None] = known[key]
        else:
            says = styles.get(None, _NOTHING)
            if element in attributes:
                says = _outdo(attributes[element], says.items())
            mould = above if parent is None else mould_of(computed[parent, None])
            known[key] = make(element, parent, None, says, mould and _part(mould, element, styles))
        for pseudo, says in styles.items():
            if pseudo:
                computed.late[element, pseudo] = says
                if "anchor" in says:
                    pseudos.append((element, pseudo))
    for pair in pseudos:
        computed.get(pair)


_style_of = css.StyleFor.__call__


def style_of(style_for: Any, element: Any, pseudo: str | None = None) -> Any:
    """Return the style of an element or of one of its pseudo-elements, of which most have none."""
    computed, key = style_for._computed_styles, (element, pseudo)
    if key not in computed and (type(computed) is not _Styles or key not in computed.late):
        return None
    style = computed.get(key)
    display = style["display"] if style else ()
    return _style_of(style_for, element, pseudo) if len(display) == 1 or "table" in display else style
