"""Writes the answer to a query for programs: CSV, TSV, JSON, XML, HTML, GeoJSON, Parquet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from html import escape
from types import MappingProxyType
from xml.sax.saxutils import escape as xml_escape
from xml.sax.saxutils import quoteattr

from kg.graph.vocabulary import XSD
from kg.queries.result import Result
from kg.queries.values import Iri, Text, Value
from kg.stores.query_text import QueryError

__all__ = ["ANSWER_FORMATS", "BINARY_FORMATS", "write_answer"]

SPARQL_RESULTS = "http://www.w3.org/2005/sparql-results#"
BINARY_FORMATS = ("parquet",)
NOTHING: Mapping[str, str] = MappingProxyType({})
# Characters that XML 1.0 cannot hold, not even as references.
UNWRITABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>{title}</title>
<style>
body {{ font: 15px/1.4 system-ui, sans-serif; margin: 2em; }}
table {{ border-collapse: collapse; }}
th, td {{ text-align: left; vertical-align: top; padding: .3em .8em .3em 0; border-bottom: 1px solid #ddd; }}
td.number {{ text-align: right; }}
</style></head>
<body>
<h1>{title}</h1>
<table>
<thead><tr>{heads}</tr></thead>
<tbody>
{rows}</tbody>
</table>
</body>
</html>
"""


def write_answer(result: Result, format: str, *, title: str = "", meanings: Mapping[str, str] = NOTHING) -> bytes:
    """Return an answer as the content of a file in one of ANSWER_FORMATS.

    `json` and `xml` are the formats of SPARQL results, `ndjson` is one plain object a line. `title` and the columns'
    `meanings` stand in HTML. Raises QueryError where the format can't hold the answer or needs an extra that is not
    installed, ValueError for an unknown format.
    """
    if format not in ANSWER_FORMATS:
        raise ValueError(f"{format!r} is no format of answers: take one of {', '.join(ANSWER_FORMATS)}")
    if format == "html":
        return _html(result, title or "Answers", meanings).encode()
    return ANSWER_FORMATS[format](result)


def _separated(delimiter: str) -> Callable[[Result], bytes]:
    def write(result: Result) -> bytes:
        lines = io.StringIO()
        writer = csv.writer(lines, delimiter=delimiter, lineterminator="\n")
        writer.writerow(result.columns)
        writer.writerows([_text(value) for value in row] for row in result.rows)
        return lines.getvalue().encode()

    return write


def _json(result: Result) -> bytes:
    bindings = [
        {name: _binding(value) for name, value in zip(result.columns, row, strict=True) if value is not None}
        for row in result.rows
    ]
    known = {"head": {"vars": list(result.columns)}, "results": {"bindings": bindings}}
    return json.dumps(known, ensure_ascii=False, indent=1).encode() + b"\n"


def _binding(value: Value) -> dict[str, str]:
    if isinstance(value, Iri):
        return {"type": "uri", "value": str(value)}
    known = {"type": "literal", "value": _text(value)}
    if isinstance(value, Text) and value.language:
        return {**known, "xml:lang": value.language}
    datatype = _datatype(value)
    return {**known, "datatype": datatype} if datatype else known


def _ndjson(result: Result) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False, default=_plain) + "\n" for row in result).encode()


def _xml(result: Result) -> bytes:
    names = "".join(f"  <variable name={quoteattr(name)}/>\n" for name in result.columns)
    rows = "".join(
        "  <result>\n"
        + "".join(
            f"   <binding name={quoteattr(name)}>{_xml_term(value)}</binding>\n"
            for name, value in zip(result.columns, row, strict=True)
            if value is not None
        )
        + "  </result>\n"
        for row in result.rows
    )
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<sparql xmlns="{SPARQL_RESULTS}">\n <head>\n{names} </head>\n'
    return f"{head} <results>\n{rows} </results>\n</sparql>\n".encode()


def _xml_term(value: Value) -> str:
    text = xml_escape(_text(value).translate(UNWRITABLE), {"\r": "&#13;"})
    if isinstance(value, Iri):
        return f"<uri>{text}</uri>"
    if isinstance(value, Text) and value.language:
        return f"<literal xml:lang={quoteattr(value.language)}>{text}</literal>"
    datatype = _datatype(value)
    return f"<literal{f' datatype={quoteattr(datatype)}' if datatype else ''}>{text}</literal>"


def _html(result: Result, title: str, meanings: Mapping[str, str]) -> str:
    heads = "".join(f'<th title="{escape(meanings.get(name, ""))}">{escape(name)}</th>' for name in result.columns)
    rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>\n" for row in result.rows)
    return PAGE.format(title=escape(title), heads=heads, rows=rows)


def _cell(value: Value) -> str:
    text = escape(_text(value))
    # Only what a browser opens as a page is made a link: an IRI in a graph may be `javascript:`.
    if isinstance(value, Iri) and value.startswith(("http://", "https://")):
        return f'<td><a href="{text}">{text}</a></td>'
    number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return f'<td class="number">{text}</td>' if number else f"<td>{text}</td>"


def _geojson(result: Result) -> bytes:
    places = [_column(result, name) for name in ("longitude", "latitude")]
    features = []
    for row in result.rows:
        point = [float(value) for place in places if isinstance(value := row[place], int | float | Decimal)]
        known = zip(result.columns, row, strict=True)
        features.append(
            {
                "type": "Feature",
                # What has no place on the map is told all the same.
                "geometry": {"type": "Point", "coordinates": point} if len(point) == len(places) else None,
                "properties": {name: value for name, value in known if result.columns.index(name) not in places},
            }
        )
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, indent=1, default=_plain).encode() + b"\n"


def _column(result: Result, name: str) -> int:
    """Return the first column of a name, or of one that ends in it."""
    found = [number for number, column in enumerate(result.columns) if column in (name, f"place_{name}")]
    if not found:
        raise QueryError(f"the answer has no column {name}: geojson is for queries whose view is map")
    return found[0]


def _parquet(result: Result) -> bytes:
    content = io.BytesIO()
    result.to_polars().write_parquet(content)
    return content.getvalue()


def _text(value: Value) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _datatype(value: Value) -> str:
    if isinstance(value, Text):
        return value.datatype
    # A bool is an int in Python: it comes first.
    kinds = ((bool, "boolean"), (int, "integer"), (Decimal, "decimal"), (float, "double"), (date, "date"))
    return next((XSD + name for kind, name in kinds if isinstance(value, kind)), "")


def _plain(value: object) -> float | str:
    return float(value) if isinstance(value, Decimal) else str(value)


ANSWER_FORMATS: Mapping[str, Callable[[Result], bytes]] = {
    "csv": _separated(","),
    "tsv": _separated("\t"),
    "json": _json,
    "ndjson": _ndjson,
    "xml": _xml,
    "html": lambda result: _html(result, "Answers", NOTHING).encode(),
    "geojson": _geojson,
    "parquet": _parquet,
}
