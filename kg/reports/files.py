"""Takes rows off text files, JSON lines and CSV; what cannot be read becomes a Fault with its cause and cure."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper

from kg.lexicon import rows

__all__ = ["LIMITS", "SUFFIXES", "Fault", "Note", "Remark", "Row", "read_rows"]

LIMITS = {row["name"]: float(row["value"]) for row in rows("report_limits")}
SUFFIXES = (".csv", ".jsonl", ".txt")
REQUIRED = ("id", "text")
OPTIONAL = ("date", "title", "publisher", "url")
# What errors="surrogateescape" makes of a byte that is not UTF-8, and what JSON may spell but no text can hold.
UNDECODED = re.compile("[\udc80-\udcff]")
HALF = re.compile("[\ud800-\udfff]")
CONTROL = frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x1b")


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said of an input: where, what happened, the likely cause and the cure."""

    path: str
    line: int | None
    message: str

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}, line {self.line}"
        return f"{place}: {self.message}"


@dataclass(frozen=True, slots=True)
class Fault(Remark):
    """A report, or a whole input, that cannot be read and is left out."""


@dataclass(frozen=True, slots=True)
class Note(Remark):
    """Something that did no harm, such as a report that was given twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A report as its file gives it; `line` and `id` are None where the file holds this one report alone."""

    text: str
    line: int | None = None
    id: str | None = None
    date: str | None = None
    title: str | None = None
    publisher: str | None = None
    url: str | None = None


def read_rows(content: bytes, path: str, suffix: str) -> Iterator[Row | Fault]:
    """Yield the rows of a file's content, of the kind that `suffix` tells; `path` is the file's name in Faults."""
    if not content.strip():
        yield Fault(path, None, "the file is empty: put the report's text into it, or leave it out")
    elif cause := _not_text(content):
        yield Fault(path, None, cause)
    elif suffix == ".jsonl":
        yield from _json_rows(content, path)
    elif suffix == ".csv":
        yield from _csv_rows(content, path)
    else:
        yield _text_row(content, path)


def _not_text(content: bytes) -> str | None:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "the file is UTF-16: convert it with `iconv -f utf-16 -t utf-8`"
    head = content[:8192]
    if 0 in head or sum(byte in CONTROL for byte in head) > LIMITS["control share"] * len(head):
        return "this is a binary file, no text: extract its text first (`pdftotext`, `pandoc -t plain`)"
    return None


def _text_row(content: bytes, path: str) -> Row | Fault:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return Fault(path, content.count(b"\n", 0, error.start) + 1, _not_utf8(path, content[error.start]))
    # Offsets are those of Path.read_text, which is how others will read the file.
    return Row(text=text.replace("\r\n", "\n").replace("\r", "\n"))


def _not_utf8(path: str, byte: int) -> str:
    return (
        f"the text is not UTF-8 (byte 0x{byte:02x}), likely Latin-1 or Windows-1252: "
        f"convert it with `iconv -f latin1 -t utf-8 {path}`"
    )


def _json_rows(content: bytes, path: str) -> Iterator[Row | Fault]:
    for number, line in enumerate(BytesIO(content), start=1):
        if not line.strip():
            continue
        try:
            fields = json.loads(line.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            yield Fault(path, number, _not_utf8(path, line[error.start]))
        except (ValueError, RecursionError) as error:
            at = f" at column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
            yield Fault(path, number, f"broken JSON{at}: a line is to hold one whole JSON object")
        else:
            yield _json_row(fields, path, number)


def _json_row(fields: object, path: str, line: int) -> Row | Fault:
    if not isinstance(fields, dict):
        return Fault(path, line, "a JSON object was expected: write {" + '"id": ..., "text": ...}')
    given = {name: fields[name] for name in (*REQUIRED, *OPTIONAL) if fields.get(name) is not None}
    for name, value in given.items():
        if not isinstance(value, str) and not (name == "id" and type(value) is int):
            return Fault(path, line, f"{name!r} is to be a string, not {json.dumps(value)[:40]}")
    return _row({name: str(value) for name, value in given.items()}, path, line)


def _csv_rows(content: bytes, path: str) -> Iterator[Row | Fault]:
    # A field of the csv module ends at 128 KB by default, below our own limit, which comes with a cure.
    csv.field_size_limit(2**31 - 1)
    lines = TextIOWrapper(BytesIO(content), encoding="utf-8-sig", errors="surrogateescape", newline="")
    reader = csv.reader(lines, strict=True)
    begins = 1
    try:
        columns = [name.strip().lower() for name in next(reader, [])]
        if missing := [name for name in REQUIRED if name not in columns]:
            yield Fault(path, 1, f"no column {' and no column '.join(missing)}: {_header()}")
            return
        begins = reader.line_num + 1
        for cells in reader:
            if cells:
                yield _csv_row(columns, cells, path, begins)
            begins = reader.line_num + 1
    except csv.Error as error:
        yield Fault(path, begins, f"broken CSV ({error}): close the row's quotes; the rows from here are left out")


def _header() -> str:
    return f"the first line is to name {', '.join(REQUIRED)} and may name {', '.join(OPTIONAL)}, parted by commas"


def _csv_row(columns: list[str], cells: list[str], path: str, line: int) -> Row | Fault:
    if len(cells) != len(columns):
        return Fault(path, line, f"{len(cells)} cells, the first line has {len(columns)}: quote cells that hold commas")
    for cell in cells:
        if undecoded := UNDECODED.search(cell):
            return Fault(path, line, _not_utf8(path, ord(undecoded[0]) - 0xDC00))
    return _row({name: cell for name, cell in zip(columns, cells, strict=True) if cell.strip()}, path, line)


def _row(fields: Mapping[str, str], path: str, line: int) -> Row | Fault:
    for name in REQUIRED:
        if not fields.get(name, "").strip():
            return Fault(path, line, f"the report has no {name}: give it one, or leave the line out")
    for name, value in fields.items():
        if half := HALF.search(value):
            return Fault(
                path, line, f"{name!r} has half a character, \\u{ord(half[0]):04x}: write the text anew as UTF-8"
            )
    return Row(
        line=line,
        id=fields["id"].strip(),
        text=fields["text"],
        date=fields.get("date"),
        title=fields.get("title"),
        publisher=fields.get("publisher"),
        url=fields.get("url"),
    )
