"""Reads when the event of a draft happened, from the dates that hang on its words, its clause or its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import cache

from spacy.tokens import Doc, Span, Token

from kg.claims.circumstances import clause_head
from kg.claims.cues import is_speech
from kg.claims.events import Draft
from kg.language.clauses import RELATIVE_TAGS, objects
from kg.language.tense import is_plan
from kg.language.texts import sentence_of, text_of
from kg.lexicon import rows
from kg.model import Mention, Period

__all__ = ["Calendar"]

# "GOMA, June 30 (Agency) -": the day on which a report was filed.
DATELINE_END = re.compile(r"\s*(?:\([^()\n]{1,40}\)\s*)?(?:-|–|—|--)\s")
OPENING = 2
SHORT = frozenset(["hour", "minute"])
SPAN = 6  # so many words behind a noun may say how long it lasted
OWN_CLAUSES = frozenset(["relcl", "ccomp", "csubj", "parataxis"])
BEHIND = frozenset(["relcl", "acl"])
SUBJECTS = frozenset(["nsubj", "nsubjpass"])
LONGEST = 8  # so many words a date may have that ends a clause


class Calendar:
    """The date mentions of one Doc, each hung on the words that it may date."""

    def __init__(self, doc: Doc, dates: tuple[Mention, ...]) -> None:
        self._dated: list[tuple[tuple[Token, ...], Period, int]] = []
        self._words: set[int] = set()
        text = text_of(doc)
        for mention in dates:
            span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if span is None or not isinstance(mention.value, Period) or _is_dateline(span, text):
                continue
            self._dated.append((_hooks(span), mention.value, span.start))
            self._words.update(range(span.start, span.end))

    def of(self, draft: Draft) -> Period | None:
        """Return the period that the text gives for a draft's event, or None."""
        if (period := self._told_behind(draft)) is not None:
            return period
        planned, below = False, draft.trigger
        for node in _temporal_path(draft, self._words):
            planned = planned or _plans(node, below)
            below = node
            hits = [
                (abs(at - draft.trigger.i), at, period)
                for hooks, period, at in self._dated
                # "Agreed on Monday to leave", "called on Monday for a truce": the day of the plan.
                if any(hook.i == node.i for hook in hooks) and not (planned and at < draft.trigger.i)
            ]
            if hits:
                return min(hits, key=lambda hit: hit[:2])[2]
        if (period := self._right_behind(draft) or self._meanwhile(draft) or self._of_last(draft)) is not None:
            return period
        return None if planned or _is_apart(draft, self._words) else self._opening(draft)

    def _meanwhile(self, draft: Draft) -> Period | None:
        """The date of what those were doing to whom it was done: "shot two boys who were herding goats on Monday"."""
        head = clause_head(draft)
        done_to = objects(head) if head.pos_ == "VERB" else ()
        doing = {
            child.i
            for token in (*(argument.token for argument in draft.arguments), *done_to)
            for child in token.children
            if child.dep_ in BEHIND and child.tag_ == "VBG"
        }
        return next((period for hooks, period, _ in self._dated if hooks[0].i in doing), None)

    def _of_last(self, draft: Draft) -> Period | None:
        """The date at the end of what the same did next: "killed nine people and abducted four on Monday"."""
        last = clause_head(draft)
        while (further := _done_next(last)) is not None:
            last = further
        if last.i == clause_head(draft).i:
            return None
        end = last.right_edge.i
        return next((p for hooks, p, at in self._dated if last in hooks and last.i < at and at + LONGEST > end), None)

    def _told_behind(self, draft: Draft) -> Period | None:
        """The date of a clause behind a noun: "the strike that hit it in May", "a truce signed in June"."""
        if draft.trigger.pos_ not in {"NOUN", "PROPN"} or any(
            hook.i == draft.trigger.i for hooks, _, _ in self._dated for hook in hooks[:1]
        ):
            return None
        clauses = {child.i for child in draft.trigger.children if child.dep_ in BEHIND and child.pos_ == "VERB"}
        for hooks, period, _ in self._dated:
            # The parser may hang it on a name within the clause: "held in Goma in May".
            first = next((hook for hook in hooks if hook.pos_ != "PROPN"), None)
            if first is not None and first.i in clauses:
                return period
        return None

    def _right_behind(self, draft: Draft) -> Period | None:
        """A date that stands right behind a noun which somebody speaks of, and that nobody speaks for so long."""
        if draft.trigger.pos_ not in {"NOUN", "PROPN"} or not is_speech(draft.trigger.head):
            return None
        end = draft.trigger.right_edge.i + 1
        return next((period for _, period, at in self._dated if at == end and period.earliest != period.latest), None)

    def _opening(self, draft: Draft) -> Period | None:
        """A date that opens the sentence holds for all that is told in it."""
        sentence = sentence_of(draft.trigger)
        for hooks, period, at in self._dated:
            if not sentence.start <= at < draft.trigger.i or (is_speech(hooks[-1]) and not _is_aside(hooks[-1])):
                continue
            # A heading may be taken for the beginning of the sentence below it.
            before = [token for token in sentence.doc[sentence.start : at] if not token.is_space]
            breaks = [token.i for token in sentence.doc[sentence.start : at] if "\n" in token.text_with_ws]
            since = [token for token in before if not breaks or token.i > breaks[-1]]
            if len(since) <= OPENING:
                return period
        return None


def _done_next(verb: Token) -> Token | None:
    """The next deed of the same subject, where "and" alone joins them."""
    for child in verb.rights:
        if child.dep_ == "conj" and child.pos_ == "VERB" and not any(c.dep_ in SUBJECTS for c in child.children):
            return child
    return None


def _is_dateline(span: Span, text: str) -> bool:
    line = text.rfind("\n", 0, span.start_char) + 1
    return text[line : span.start_char].count(".") == 0 and bool(
        span.start_char - line < 80
        and text[line : span.start_char].rstrip(" ,").split()
        and DATELINE_END.match(text, span.end_char)
    )


def _hooks(span: Span) -> tuple[Token, ...]:
    """Return the nouns above a date up to the first verb, and that verb: what the date may be the date of."""
    root, start, end = span.root, span.start, span.end
    if root.lower_ == "since" and root.dep_ == "mark":
        # "Have fled since the siege began": it dates what was done since, not what began.
        return (root.head.head,)
    last = span[-1]
    if last.lower_ in _relating()["after"] and last.i != start:
        # "Three weeks after seizing it": it is the other deed that it dates.
        other = [child for child in last.children if child.dep_ in {"pobj", "pcomp"} and child.i >= end]
        other += [last.head] if last.dep_ == "mark" and last.head.i >= end else []
        if other:
            return tuple(other)
    hooks = []
    node = root
    while node.head.i != node.i:
        node = node.head
        if start <= node.i < end or node.pos_ in {"ADP", "SCONJ", "ADV", "NUM", "PART"}:
            continue
        hooks.append(node)
        if node.pos_ in {"VERB", "AUX"}:
            break
    if hooks and hooks[-1].pos_ in {"VERB", "AUX"} and hooks[-1].i >= end:
        hooks = [*_before_verb(span, hooks[-1]), *hooks]
    return tuple(hooks) or (root,)


def _before_verb(span: Span, verb: Token) -> Iterator[Token]:
    """Yield what a date rather dates that stands before the verb on which the parser hangs it.

    "Rebels who raided the post last May have fled", "it fell on Sunday; at least ten were killed".
    """
    if any(token.text == ";" for token in span.doc[span.end : verb.i]):
        above = next((node for node in verb.ancestors if node.i < span.start and node.pos_ == "VERB"), None)
        if above is not None:
            yield above
        return
    for subject in verb.children:
        if subject.dep_ in {"nsubj", "nsubjpass"} and subject.i < span.start:
            clause = next((child for child in subject.children if child.dep_ in BEHIND and child.i < span.start), None)
            if clause is not None:
                yield clause


def _is_aside(verb: Token) -> bool:
    """Tell whether a verb of speech interrupts what it reports: "In May, he said, rebels took it"."""
    return verb.i + 1 < len(verb.doc) and verb.nbor().text == ","


def _plans(node: Token, below: Token) -> bool:
    """Tell whether a word plans what hangs on it, be it by an infinitive or by "for": "agreed to leave"."""
    if not is_plan(node):
        return False
    if below.dep_ == "xcomp":
        return True
    asked = below.dep_ == "prep" and below.lower_ == "for"
    return asked and not any(child.dep_ == "auxpass" for child in node.children)


def _temporal_path(draft: Draft, dates: Set[int]) -> Iterator[Token]:
    """Yield the words above a trigger whose date is its date too; `dates` are the numbers of the tokens of dates."""
    yield draft.trigger
    head = clause_head(draft)
    if head.i != draft.trigger.i:
        yield head
    node = head
    while node.head.i != node.i:
        below, node = node, node.head
        if is_speech(node) and below.dep_ == "advcl" and below.tag_ == "VBG":
            # "Gangs had held it since May, she said, setting homes ablaze": whoever spoke did not set them.
            node = next((child for child in node.children if child.dep_ == "ccomp" and child.i < node.i), node)
        if is_speech(node) or (below.dep_ in OWN_CLAUSES and not _is_within(below)):
            return
        # "A day after the truce" dates the truce, "on Monday after days of shelling" does not date the shelling.
        if node.i not in dates and _is_before(below, node):
            return
        if (
            node.pos_ in {"VERB", "AUX"}
            and below.dep_ == "conj"
            and any(child.dep_ in {"nsubj", "nsubjpass"} for child in below.children)
        ):
            return
        yield node


def _is_within(clause: Token) -> bool:
    """Tell whether a relative clause tells what happened in its antecedent: "a raid in May in which ten died"."""
    return clause.dep_ == "relcl" and any(
        child.dep_ == "prep" and any(inner.tag_ in RELATIVE_TAGS for inner in child.children)
        for child in clause.children
        if child.lower_ in {"during", "in"}
    )


def _is_apart(draft: Draft, dates: Set[int]) -> bool:
    """Tell whether the clause says that the deed lies before what the sentence tells, or is but demanded."""
    node = draft.trigger
    while node.head.i != node.i:
        below, node = node, node.head
        if (below.dep_ == "ccomp" and is_plan(node)) or (node.i not in dates and _is_before(below, node)):
            return True
        if below.dep_ in OWN_CLAUSES:
            return False
    return False


def _is_before(below: Token, node: Token) -> bool:
    """Tell whether what hangs on a word happened at another time: after days of shelling, in response to a raid."""
    kinds = _relating()
    if below.dep_ != "pobj":
        return False
    if node.lower_ in kinds["outcome"]:
        # "Took it on Monday after clashes": on Monday; "after days of clashes": before that.
        return any(token.lower_ in kinds["unit"] for token in below.subtree if token.i < below.i + SPAN)
    return node.lower_ in kinds["after"] or (node.lower_ in {"to", "for"} and node.head.lemma_ in kinds["answer"])


@cache
def _relating() -> dict[str, frozenset[str]]:
    words = {
        kind: frozenset(row["word"] for row in rows("tense_words") if row["class"] == kind)
        for kind in ("after", "answer", "outcome")
    }
    # Hours of fighting may be of the same day.
    kinds = {"UNIT", "UNITS"}
    units = frozenset(row["word"] for row in rows("date_words") if row["class"] in kinds and row["value"] not in SHORT)
    return words | {"after": words["after"] | words["outcome"], "unit": units}
