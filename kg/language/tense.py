"""Tells from the verb that governs a stretch of text whether its clause looks ahead, or on what went on until now."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from kg.language.texts import text_of
from kg.lexicon import rows

__all__ = ["BEGINNINGS", "governor", "is_plan", "is_present", "lasts_until_now", "looks_ahead", "sentence_starts"]


def _words_of(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in rows("tense_words") if row["class"] == kind)


_MODALS = _words_of("modal")
_PLANS = _words_of("plan")
_SCHEDULED = _words_of("schedule")
BEGINNINGS = _words_of("beginning")
"""Lemmas of verbs and nouns that say that something began."""
_AHEAD = re.compile(
    rf"\b(?:{'|'.join(sorted(_MODALS))}|'ll)\b(?!\s+(?:\w+\s+)?have\b)|\b(?:is|are)\s+(?:\w+\s+)?(?:to|due|set|scheduled)\b",
    re.IGNORECASE,
)
_LASTING = re.compile(r"\b(?:has|have|'ve)\b", re.IGNORECASE)


def governor(span: Span) -> Token | None:
    """Return the verb that governs a span, climbing over nouns and prepositions; None without a parse or a verb."""
    if not span.doc.has_annotation("DEP"):
        return None
    token: Token = span.root
    while token.pos_ not in ("VERB", "AUX") and token.head.i != token.i:
        token = token.head
    return token if token.pos_ in ("VERB", "AUX") else None


def looks_ahead(span: Span) -> bool:
    """Tell whether the clause of a span speaks of what is still to come: will, is to, plans to, scheduled for."""
    if not span.doc.has_annotation("DEP"):
        return _AHEAD.search(_text_before(span)) is not None
    verb = governor(span)
    if verb is None or _is_attribute(span):
        return False
    # "Vowed to push on to the town from where rockets were fired on Monday", which the parser hangs on the vow.
    past = any(token.tag_ == "VBD" for token in span.doc[verb.i + 1 : span.start])
    return not past and _is_ahead(verb, span)


def lasts_until_now(span: Span) -> bool:
    """Tell whether the clause of a span is in the present perfect: "have advanced on the town for weeks"."""
    if not span.doc.has_annotation("DEP"):
        return _LASTING.search(_text_before(span)) is not None
    verb = governor(span)
    return verb is not None and any(found.lower_ in ("has", "have", "'ve") for found in _auxiliaries(verb))


def is_present(token: Token) -> bool:
    """Tell whether a verb or its first auxiliary is in the present tense, the perfect included."""
    finite = [found for found in (*_auxiliaries(token), token) if found.tag_ in ("VBZ", "VBP", "VBD", "MD")]
    return bool(finite) and finite[0].tag_ in ("VBZ", "VBP")


def is_plan(token: Token) -> bool:
    """Tell whether a word says that something is to be done: agreed, called for, ordered, a plan."""
    return token.lemma_ in _PLANS


def _is_attribute(span: Span) -> bool:
    """Tell whether a span stands before a noun as its attribute: "Saturday's attack", "the May 3 strike"."""
    root: Token = span.root
    return root.head.i >= span.end and root.head.pos_ in ("NOUN", "PROPN") and span.doc[span.end].text != ","


def _is_ahead(verb: Token, span: Span) -> bool:
    auxiliaries = tuple(_auxiliaries(verb))
    lowered = {found.lower_ for found in auxiliaries}
    perfect = bool(lowered & {"has", "have", "had", "'ve"})
    if lowered & _MODALS or "'ll" in lowered:
        return not perfect
    if perfect or verb.tag_ == "VBD":
        return False
    if "to" in lowered or verb.tag_ == "VB":
        return _is_planned(verb)
    if verb.tag_ in ("VBZ", "VBP") and verb.lemma_ == "be":
        return any(child.lower_ in _PLANS or child.lower_ in _SCHEDULED for child in verb.children)
    if verb.tag_ in ("VBZ", "VBP"):
        return verb.lemma_ in _SCHEDULED
    if verb.tag_ == "VBG" and lowered & {"is", "are", "'re"}:
        return True
    return verb.tag_ == "VBN" and verb.lower_ in _PLANS and not perfect


def _is_planned(verb: Token) -> bool:
    """Tell whether an infinitive depends on a plan (is to, vowed to), not on what came about (began to)."""
    head = verb.head
    if verb.dep_ == "conj":
        return _is_ahead(head, head.doc[head.i : head.i + 1])
    if head.i == verb.i:
        return False
    if head.lemma_ == "be" and verb.dep_ in ("xcomp", "ccomp", "attr", "acomp"):
        return head.tag_ in ("VBZ", "VBP", "VBD")
    return (
        head.lemma_ in _PLANS or head.lower_ in _PLANS or bool({found.lower_ for found in _auxiliaries(head)} & _MODALS)
    )


def _auxiliaries(verb: Token) -> Iterator[Token]:
    """Yield the auxiliaries of a verb, those of the verb that it is coordinated with where it has none."""
    own = [child for child in verb.children if child.dep_ in ("aux", "auxpass") and child.i < verb.i]
    if not own and verb.dep_ == "conj" and verb.tag_ in ("VB", "VBN") and verb.head.pos_ in ("VERB", "AUX"):
        yield from _auxiliaries(verb.head)
    yield from own


def _text_before(span: Span) -> str:
    """Return the sentence up to the span, as far as punctuation tells where it began."""
    before: str = text_of(span.doc)[: span.start_char]
    return re.split(r"[.;!?]\s|\n\s*\n", before)[-1]


def sentence_starts(doc: Doc) -> tuple[int, ...]:
    """Return the offsets at which sentences begin: the parser's, else those that punctuation shows."""
    if doc.has_annotation("SENT_START"):
        return tuple(sentence.start_char for sentence in doc.sents)
    return (0, *(match.end() for match in re.finditer(r"[.;!?]\s+(?=[A-Z])|\n\s*\n", text_of(doc))))
