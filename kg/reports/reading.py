"""Makes Reports of files, folders and standard input, and says of each input that is no report why it is none."""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from kg.lexicon import rows
from kg.model import Report
from kg.reports.files import LIMITS, SUFFIXES, Fault, Note, Row, read_rows

__all__ = ["Fault", "Note", "read_reports"]

STDIN = "-"
DATE_LINE = re.compile(r"\ufeff?\s*date:?[ \t]+(\d\S*)\s*", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+")
ENGLISH = "English"


@dataclass(frozen=True, slots=True)
class Source:
    """A file that holds reports: `name` is its path within the folder that was given, `folder` that folder's name."""

    path: Path
    name: str
    folder: str


def read_reports(inputs: Sequence[str]) -> Iterator[Report | Fault | Note]:
    """Yield the reports of files, of folders with all that lies in them, and of standard input (`-`).

    What is no report yields one Fault and stops nothing. A report's id is its file's stem, or its `id` in a file of
    several. Files are read in the order of their names, so ids do not depend on the order of the inputs. Of two reports
    with one id and one text the second is left out with a Note; with another text it takes its path as its id.
    """
    found = list(_find(inputs))
    yield from (entry for entry in found if isinstance(entry, Fault))
    shelf = _Shelf()
    sources: dict[Path, Source] = {}
    for entry in sorted(
        (entry for entry in found if isinstance(entry, Source)), key=lambda entry: (entry.name, entry.folder)
    ):
        sources.setdefault(entry.path.resolve(), entry)
    for source in sources.values():
        try:
            content = source.path.read_bytes()
        except OSError as error:
            yield Fault(str(source.path), None, f"cannot be read ({error.strerror}): check its permissions")
        else:
            yield from _reports(content, source.path.suffix.lower(), source, shelf)
    if STDIN in inputs:
        content = sys.stdin.buffer.read()
        suffix = ".jsonl" if content.lstrip().startswith(b"{") else ".txt"
        yield from _reports(content, suffix, Source(Path("stdin"), "stdin", ""), shelf)


def _find(inputs: Iterable[str]) -> Iterator[Source | Fault]:
    readable = ", ".join(f"*{suffix}" for suffix in SUFFIXES)
    for given in inputs:
        path = Path(given)
        if given == STDIN:
            continue
        if path.is_dir():
            within = [entry for entry in path.rglob("*") if entry.suffix.lower() in SUFFIXES and entry.is_file()]
            sources = [Source(entry, entry.relative_to(path).as_posix(), path.resolve().name) for entry in within]
            # Names that begin with a dot are what editors and file managers leave behind.
            visible = [source for source in sources if not re.search(r"(^|/)\.", source.name)]
            yield from visible
            if not visible:
                yield Fault(given, None, f"the folder holds no report: reports are {readable}")
        elif not path.exists():
            yield Fault(given, None, "there is no such file or folder: check the path")
        elif path.suffix.lower() not in SUFFIXES:
            yield Fault(given, None, f"the name does not tell how to read it: reports are {readable}, or `-` for stdin")
        else:
            yield Source(path, path.name, path.resolve().parent.name)


class _Shelf:
    """The ids that are taken, each with the text that took it."""

    def __init__(self) -> None:
        self.texts: dict[str, tuple[str, date | None]] = {}

    def put(self, report: Report, source: Source, line: int | None) -> Report | Fault | Note:
        """Return the report under the first of its possible ids that is free."""
        text = (report.text, report.issued)
        stem = source.name.removesuffix(source.path.suffix)
        path = stem if line is None else f"{stem}/{report.id}"
        for name in (report.id, path, f"{source.folder}/{path}"):
            if name not in self.texts:
                self.texts[name] = text
                return replace(report, id=name)
            if self.texts[name] == text:
                return Note(
                    str(source.path), line, f"the report {name!r} was read before with the same text: built once"
                )
        return Fault(str(source.path), line, f"the id {report.id!r} is taken by a report with another text: rename one")


def _reports(content: bytes, suffix: str, source: Source, shelf: _Shelf) -> Iterator[Report | Fault | Note]:
    for row in read_rows(content, str(source.path), suffix):
        if isinstance(row, Fault):
            yield row
        elif cause := _refusal(row):
            yield Fault(str(source.path), row.line, cause)
        else:
            yield shelf.put(_report(row, source), source, row.line)


def _report(row: Row, source: Source) -> Report:
    header = DATE_LINE.match(row.text)
    body = header.end() if header else int(row.text.startswith("\ufeff"))
    issued = row.date or (header and header[1])
    return Report(
        id=row.id or source.path.stem,
        text=row.text,
        issued=_day(issued) if issued else None,
        title=row.title or _headline(row.text[body:]),
        publisher=row.publisher,
        url=row.url,
        body=body,
    )


def _headline(body: str) -> str | None:
    first, newline, rest = body.partition("\n")
    headline = first.strip()
    short = len(headline) <= LIMITS["longest headline"]
    return headline if newline and rest.strip() and short and headline[-1:] not in "\"'”’.,:;?!" else None


def _day(written: str) -> date | None:
    """Return the day of an ISO date or date and time, else None.

    >>> _day("2017-11-08T10:30:00Z")
    datetime.date(2017, 11, 8)
    >>> _day("8/11/2017") is None
    True
    """
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}([T ].*)?", written.strip()):
        return None
    try:
        return date.fromisoformat(written.strip()[:10])
    except ValueError:
        return None


def _refusal(row: Row) -> str | None:
    """Return why a text is no report that can be built, with the cure, or None."""
    header = DATE_LINE.match(row.text)
    for written in (row.date, header and header[1]):
        if written and _day(written) is None:
            return f"{written!r} is no day of the calendar: write the date as YYYY-MM-DD"
    if len(row.text) > LIMITS["longest text"]:
        return (
            f"the text has {len(row.text):,} characters, and a report may have {LIMITS['longest text']:,.0f}: "
            "split it into one report a file, or one a line of a .jsonl file"
        )
    body = row.text[header.end() if header else 0 :]
    if not body.strip("\ufeff \t\n\v\f\r"):
        return "the report is empty: put its text into it, or leave it out"
    if language := _other_language(body):
        return f"the text seems to be in {language}, and only English is read: translate it, or leave it out"
    return None


def _other_language(text: str) -> str | None:
    """Return the language of a text that is not English, else None.

    >>> _other_language("Les troupes ont pris la ville, selon des sources sur place.")
    'French'
    >>> _other_language("Troops took the town.") is None
    True
    """
    words = WORD.findall(text.casefold())
    if not words:
        return None
    latin = sum(character < "\u0250" for word in words for character in word)
    if latin < LIMITS["latin share"] * sum(map(len, words)):
        return "another script than the Latin one"
    counts = Counter(words)
    known = _function_words()
    shares = {language: sum(counts[word] for word in own) / len(words) for language, own in known.items()}
    likely = max(shares, key=shares.__getitem__)
    different = sum(word in counts for word in known[likely])
    if likely != ENGLISH and shares[likely] >= LIMITS["foreign share"] and different >= LIMITS["foreign words"]:
        return likely
    told = len(words) >= LIMITS["words to tell"] and shares[ENGLISH] < LIMITS["english share"]
    return "another language" if told else None


@cache
def _function_words() -> dict[str, frozenset[str]]:
    languages: dict[str, set[str]] = defaultdict(set)
    for row in rows("function_words"):
        languages[row["language"]].add(row["word"])
    return {language: frozenset(words) for language, words in languages.items()}
