"""From what is counted to where it stands: a straight scale over the width of a drawing.

In come numbers, out go places between two edges. It refuses to know what stands there.
"""

from collections.abc import Iterable

from msgspec import Struct


class Scale(Struct, frozen=True):
    """A straight scale from ``low`` at ``start`` to ``high`` at ``end``."""

    low: float
    high: float
    start: float
    end: float

    def place(self, value: float) -> float:
        """Return where a value stands."""
        span = self.high - self.low
        return self.start + (self.end - self.start) * (value - self.low) / span if span else self.start

    def length(self, value: float) -> float:
        """Return how long a bar of a value is, whatever its sign."""
        return abs(self.place(value) - self.place(0))


def from_nought(values: Iterable[float], start: float, end: float) -> Scale:
    """Return a scale that holds nought and all values: a bar that begins elsewhere lies."""
    known = [0.0, *values]
    low, high = min(known), max(known)
    return Scale(low, high if high > low else low + 1, start, end)


def around(values: Iterable[float], start: float, end: float, air: float = 0.12) -> Scale:
    """Return a scale that holds all values with some air, for points and lines, which show differences."""
    known = list(values)
    low, high = min(known), max(known)
    span = (high - low) or abs(high) or 1.0
    return Scale(low - air * span, high + air * span, start, end)


def apart(places: Iterable[float], least: float) -> list[float]:
    """Return places that stand at least so far from each other, as near as may be to where they want to stand."""
    wanted = list(places)
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    groups: list[tuple[float, list[int]]] = []
    for i in order:
        groups.append((wanted[i], [i]))
        while len(groups) > 1 and _top(groups[-1], least) - _bottom(groups[-2], least) < least - 1e-9:
            (one, first), (other, second) = groups[-2:]
            both = first + second
            groups[-2:] = [((one * len(first) + other * len(second)) / len(both), both)]
    found = [0.0] * len(wanted)
    for middle, members in groups:
        for n, i in enumerate(members):
            found[i] = middle + (n - (len(members) - 1) / 2) * least
    return found


def _top(group: tuple[float, list[int]], least: float) -> float:
    return group[0] - (len(group[1]) - 1) / 2 * least


def _bottom(group: tuple[float, list[int]], least: float) -> float:
    return group[0] + (len(group[1]) - 1) / 2 * least
