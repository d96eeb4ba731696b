"""Finds temporal expressions in reports and says which days they mean; what stays open is never guessed.

`resolve` reads one expression on its own, `find_dates` those of a whole Doc, where anchors ("the next day", "since
then") are counted from the last date that the text has set, and tense decides between the past and the future.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import takewhile

from spacy.tokens import Doc, Span, Token

from kg.dates.expressions import Expression, expressions
from kg.dates.meaning import Setting, meaning
from kg.dates.periods import around
from kg.language.tense import BEGINNINGS, governor, is_present, lasts_until_now, looks_ahead, sentence_starts
from kg.language.texts import sentence_of, text_of
from kg.model import Mention, MentionKind, Period

__all__ = ["find_dates", "resolve"]

# How many sentences back an anchor ("the same day") may find the date that it is counted from.
_REACH = 3
# So many days back a date is background.
_LONG_PAST = 100
_DAY_UNITS = frozenset({"day", "hour", "week", "fortnight"})
_COUNTED = frozenset({"after", "before", "earlier", "later", "previous"})
_UNRELATED = frozenset({"and", "as", "at", "but", "by", "in", "near", "on", "or", "to", "when"})
_ANCHORED = frozenset(
    {
        "after",
        "before",
        "day of that month",
        "earlier",
        "hours later",
        "later",
        "month of next year",
        "month of that year",
        "next",
        "night",
        "previous",
        "season of that year",
        "since then",
        "that",
        "weekday after",
    }
)
# Clauses that tell more of the date before them: "since 3 May, the day on which"; they set none of their own.
_EXPLAINING = frozenset({"that day", "when"})
# Spans that end with the report's day tell nothing that a later "the next day" could be counted from.
_SETTING_NOTHING = frozenset({"back", "lasting", "in", "recent", "since count", "since then"})


@dataclass(frozen=True, slots=True)
class _SetDate:
    """A date that the text has set, with the sentence and the offset where it did."""

    period: Period
    sentence: int
    end: int


def resolve(expression: str, issued: date | None) -> Period | None:
    """Return the days that a temporal expression means in a report of the day `issued`; None where it stays open.

    >>> resolve("last week", date(2017, 11, 8))
    Period(earliest=datetime.date(2017, 10, 30), latest=datetime.date(2017, 11, 5))
    """
    found = expressions(expression)
    if len(found) != 1:
        return None
    return meaning(found[0], Setting(issued=issued, anchor=around(issued) if issued else None))


def find_dates(doc: Doc, issued: date | None) -> tuple[Mention, ...]:
    """Return the temporal expressions of a Doc in their order, each with its Period, or None where it stays open."""
    return tuple(sorted(_Reading(doc, issued).mentions(), key=lambda mention: mention.start))


class _Reading:
    """Reads one Doc from its beginning to its end, and knows which dates have been set so far."""

    def __init__(self, doc: Doc, issued: date | None) -> None:
        self.doc = doc
        # A Doc puts its text together anew each time that it is asked.
        self.text = text_of(doc)
        self.issued = issued
        self.starts = sentence_starts(doc)
        self.found = tuple(self._split(expressions(self.text)))

    def mentions(self) -> Iterator[Mention]:
        set_dates: tuple[_SetDate, ...] = ()
        for position, expression in enumerate(self.found):
            period = self._meaning(expression, position, set_dates)
            if period is not None or expression.kind not in _EXPLAINING:
                yield self._mention(expression.start, expression.end, period)
            set_dates = (*set_dates, *self._set_by(expression, period))
        for token in self._loose_since():
            period = _since(self._begin_of(token, set_dates), self.issued)
            if period is not None:
                yield self._mention(token.idx, token.idx + len(token), period)

    def _mention(self, start: int, end: int, period: Period | None) -> Mention:
        return Mention(start=start, end=end, text=self.text[start:end], kind=MentionKind.DATE, value=period)

    def _split(self, found: Sequence[Expression]) -> Iterator[Expression]:
        """Yield the expressions, the two dates of "in May and July" one by one."""
        for expression in found:
            if expression.kind == "joined" and meaning(expression, Setting(issued=self.issued)) is None:
                first, last = expression.parts
                yield replace(first, year=first.year or (last.year if last.kind == first.kind else None))
                yield last
            elif not self._is_no_date(expression):
                yield expression

    def _is_no_date(self, expression: Expression) -> bool:
        """Tell whether what looks like a date is none: a count ("in 2000 homes"), a first name ("August Wilson")."""
        if expression.kind == "month" and expression.year is None:
            span = _span(self.doc, expression)
            return span is not None and span[-1].ent_type_ == "PERSON"
        if expression.kind != "year" or expression.year is None or expression.year % 100:
            return False
        span = _span(self.doc, expression)
        year = span[-1] if span is not None else None
        return year is not None and year.dep_ == "nummod" and year.head.tag_ == "NNS" and year.head.i > year.i

    def _meaning(self, expression: Expression, position: int, set_dates: Sequence[_SetDate]) -> Period | None:
        if expression.kind == "open":
            if self.text[expression.end : expression.end + 2] != "'s":
                return None
            expression = expression.parts[0]
        span = _span(self.doc, expression)
        ahead = span is not None and looks_ahead(span)
        setting = Setting(
            issued=self.issued,
            ahead=ahead,
            lasting=span is not None and self._lasts(expression, span),
            followed=self._followed(expression),
            year=self._year_before(expression, position),
        )
        if expression.kind in _EXPLAINING:
            setting = replace(setting, anchor=self._just_before(expression, set_dates))
        anchored = _anchored_part(expression)
        if anchored is not None:
            setting = replace(setting, anchor=self._anchor(anchored, setting, set_dates))
        period = meaning(expression, setting)
        beyond = period is not None and self.issued is not None and not ahead and period.earliest > self.issued
        return None if beyond and anchored is not None else period

    def _anchor(self, expression: Expression, setting: Setting, set_dates: Sequence[_SetDate]) -> Period | None:
        """Return the date that an anchor is counted from: the last one set that is fine enough, else the report's."""
        sentence = self._sentence(expression.start)
        near = [known for known in set_dates if sentence - known.sentence <= _REACH]
        issued = self.issued
        if not setting.ahead and issued is not None:
            near = [known for known in near if known.period.earliest <= issued]
        if expression.kind in ("after", "before") and setting.followed:
            near = [known for known in near if known.sentence == sentence]
            return near[-1].period if near else self._present(expression)
        if expression.kind != "since then" and expression.unit in _DAY_UNITS:
            # The years of a background clause do not hide the day that was set before them.
            near = [known for known in near if (known.period.latest - known.period.earliest).days < 300]
            if issued is not None and near and near[-1].period.latest < issued - timedelta(days=_LONG_PAST):
                # Nor does a month long past: "took it on 3 May, in the war that began in June 2011".
                days = [
                    known
                    for known in near
                    if known.period.earliest == known.period.latest and known.sentence == near[-1].sentence
                ]
                near = days if days and days[-1].period.earliest > near[-1].period.latest else near
        if near:
            return near[-1].period
        counted = expression.kind in _COUNTED or (expression.kind == "that" and expression.unit == "day")
        return around(issued) if counted and issued is not None and not set_dates else None

    def _just_before(self, expression: Expression, set_dates: Sequence[_SetDate]) -> Period | None:
        """Return the date that "the day on which" explains: the one before it but for a comma."""
        last = set_dates[-1] if set_dates else None
        return last.period if last and not self.text[last.end : expression.start].strip(" ,") else None

    def _present(self, expression: Expression) -> Period | None:
        """Return the report's day where the sentence that an anchor belongs to tells it in the present tense."""
        span = _span(self.doc, expression)
        if span is None or self.issued is None or not self.doc.has_annotation("DEP"):
            return None
        root = sentence_of(span).root
        return around(self.issued) if root.pos_ in ("VERB", "AUX") and is_present(root) else None

    def _set_by(self, expression: Expression, period: Period | None) -> Iterator[_SetDate]:
        # "Two days after the attack" dates the attack, which is not what the text goes on to tell.
        dates_another = expression.kind in ("after", "before") and self._followed(expression)
        if period is None or dates_another or expression.kind in _SETTING_NOTHING:
            return
        if expression.kind == "since":
            period = Period(period.earliest, _begin(expression, period))
        yield _SetDate(period, self._sentence(expression.start), expression.end)

    def _lasts(self, expression: Expression, span: Span) -> bool:
        if expression.kind != "in":
            return lasts_until_now(span)
        before = self.doc[sentence_of(span).start : span.start] if self.doc.has_annotation("SENT_START") else ()
        if span.root.head.pos_ not in ("VERB", "AUX") or looks_ahead(span) or any(map(_is_superlative, before)):
            return False
        sentence = self._sentence(expression.start)
        alone = all(other is expression or self._sentence(other.start) != sentence for other in self.found)
        verb = governor(span)
        return lasts_until_now(span) or (alone and verb is not None and verb.tag_ != "VB")

    def _followed(self, expression: Expression) -> bool:
        """Tell whether the words that an anchor relates to stand behind it: "two days after the attack"."""
        after = self.text[expression.end : expression.end + 40].split("\n\n")[0].lstrip(" \n")
        word = after.split(" ", 1)[0].lower()
        return after[:1].isalnum() and word not in _UNRELATED

    def _year_before(self, expression: Expression, position: int) -> int | None:
        """Return the year named just before in the same breath: "in March 2015 and in April"."""
        if position == 0:
            return None
        before = self.found[position - 1]
        between = self.text[before.end : expression.start]
        if before.year is None or before.month is None or expression.kind not in ("day", "month"):
            return None
        return before.year if len(between) < 60 and not set(between) & set(",.;:\n") else None

    def _sentence(self, offset: int) -> int:
        return bisect_right(self.starts, offset)

    def _loose_since(self) -> Iterator[Token]:
        """Yield each "since" that no expression holds: an adverb ("has since"), or before a clause or an event."""
        if "since" not in self.text.lower() or not self.doc.has_annotation("DEP"):
            return
        taken = [(expression.start, expression.end) for expression in self.found]
        for token in self.doc:
            if token.lower_ == "since" and not any(start <= token.idx < end for start, end in taken):
                yield token

    def _begin_of(self, since: Token, set_dates: Sequence[_SetDate]) -> Period | None:
        """Return when a loose "since" begins: a date in its clause, or that of an event whose beginning was dated."""
        sentence = self._sentence(since.idx)
        before = [known for known in set_dates if known.end <= since.idx and sentence - known.sentence <= _REACH]
        if since.dep_ == "advmod":
            perfect = lasts_until_now(self.doc[since.i : since.i + 1])
            # Of the dates of one sentence the last day is the one on which the story has arrived.
            last = max(before, key=lambda known: (known.sentence, known.period.earliest), default=None)
            return last.period if last is not None and perfect else None
        clause = tuple((since if since.dep_ == "prep" else since.head).subtree)
        words = [token for token in clause if token.i > since.i]
        if not words:
            return None
        stretch = range(since.idx, words[-1].idx + len(words[-1]))
        within = [known.period for known in set_dates if known.end - 1 in stretch]
        if within:
            return within[0]
        nouns = {token.lemma_ for token in words if token.pos_ == "NOUN"} - BEGINNINGS
        if not BEGINNINGS & {token.lemma_ for token in words}:
            earlier = [known for known in set_dates if known.end <= since.idx]
            return next((known.period for known in reversed(earlier) if self._names_event(known, nouns)), None)
        return next((known.period for known in reversed(before) if self._tells_beginning(known, nouns)), None)

    def _names_event(self, known: _SetDate, nouns: Set[str]) -> bool:
        """Tell whether a date is that of one of the nouns: "the 2021 coup", "a coup in 2021"."""
        span = self.doc.char_span(known.end - 1, known.end, alignment_mode="expand")
        if span is None:
            return False
        above = list(takewhile(lambda token: token.pos_ not in ("VERB", "AUX"), span.root.ancestors))
        return any(token.lemma_ in nouns for token in above)

    def _tells_beginning(self, known: _SetDate, nouns: Set[str]) -> bool:
        """Tell whether the sentence of a date says that one of the nouns began."""
        span = self.doc.char_span(known.end - 1, known.end, alignment_mode="expand")
        lemmas = {token.lemma_ for token in sentence_of(span)} if span is not None else set()
        return bool(lemmas & nouns) and bool(lemmas & BEGINNINGS)


def _since(begin: Period | None, issued: date | None) -> Period | None:
    return Period(begin.earliest, issued) if begin and issued and begin.earliest <= issued else None


def _begin(expression: Expression, period: Period) -> date:
    """Return the last day on which what began with a "since" can have begun."""
    inner = meaning(expression.parts[0], Setting(issued=period.latest)) if expression.parts else None
    return inner.latest if inner is not None and inner.earliest == period.earliest else period.earliest


def _anchored_part(expression: Expression) -> Expression | None:
    """Return the part of an expression that is counted from another date, None where all of it stands alone."""
    if expression.kind in _ANCHORED or (expression.kind == "relative unit" and expression.unit == "day"):
        return expression
    return next((found for part in expression.parts if (found := _anchored_part(part))), None)


def _is_superlative(token: Token) -> bool:
    """Tell whether a word makes "in two years" compare and not count: "the deadliest attack in two years"."""
    return token.lower_ == "first" or (token.tag_ in ("JJS", "RBS") and token.lower_ != "least")


def _span(doc: Doc, expression: Expression) -> Span | None:
    return doc.char_span(expression.start, expression.end, alignment_mode="expand")
