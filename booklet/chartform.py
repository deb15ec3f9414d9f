"""The shape of a figure's file and of the register of places: which keys, of which kind, with which help.

Rows for ``shapes``; what a kind of figure wants of its rows stands in ``charts``. No I/O.
"""

from booklet.kinds import Field

KINDS = (
    "bars", "grouped", "diverging", "line", "dots", "strip", "pictogram", "timeline", "process", "map")

CHART_FORM: dict[str, dict[str, Field]] = {
    "chart": {
        "kind": Field("choice", f"How it is drawn: {', '.join(KINDS)}", choices=KINDS),
        "title": Field("text", "The finding, in one sentence without a full stop", most_words=18),
        "what": Field("text", "What is measured, of whom and when", required=False, most_words=26),
        "unit": Field("text", "Unit of the numbers: prosent, personer", required=False),
        "series": Field("text", "Names of the numbers of a row, in order", required=False, listed=True, most=12),
        "rows": Field("chart-row", "What is shown, a row each", listed=True, least=1, most=16),
        "sources": Field("id", "Keys of references.yaml; missing: those of the facts", required=False, listed=True),
        "note": Field("text", "What a reader must know about the numbers", required=False, most_words=60),
    },
    "chart-row": {
        "label": Field("text", "Name of the row: a group, a year, a step"),
        "values": Field(
            "text", "A number a series: '65,0', '60–70', 'fact:some-id', or '–' for none", required=False, listed=True),
        "place": Field("id", "Of a map: id of a place in places.yaml", required=False),
        "note": Field("text", "Words of a step or day; on a map what stands below the name", required=False),
        "highlight": Field("choice", "'yes' where the title speaks of it", required=False, choices=("yes",)),
    },
    "place": {
        "name": Field("text", "Name of the place"),
        "county": Field("text", "Its county at the time of the edition"),
        "latitude": Field("measure", "Degrees north: '69.41'"),
        "longitude": Field("measure", "Degrees east: '17.28'"),
        "source": Field("id", "Key of references.yaml"),
    },
}
