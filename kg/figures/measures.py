"""Says what a number measures (killed, wounded, displaced, ...) from the words that it stands among."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Span, Token

from kg.language.texts import sentence_of
from kg.lexicon import rows

__all__ = ["measure_of"]

_NOMINAL = ("NOUN", "PROPN", "NUM", "PRON", "ADJ")
_INCLUDING = frozenset({"including", "among", "include"})
_PASSED = ("NN", "NNP", "NNPS", "NNS", "JJ", "RB")
_RISE = ("to", "at")
_APPROXIMATE = frozenset({"about", "around", "between", "over", "under"})
_RESULTATIVE = frozenset(row["word"] for row in rows("measure_words") if row["part"] == "RESULTATIVE")
# How many words behind a number its complement may stand.
_REACH = 8


def measure_of(span: Span) -> str:
    """Return the measure of the number that a span holds, the empty string where its clause tells none."""
    number = _number(span)
    following = span.doc[span.end] if span.end < len(span.doc) else None
    if following is not None and _word("ADJ", "", following):
        return _word("ADJ", "", following)
    if not span.doc.has_annotation("DEP"):
        return ""
    counted = number.head if number.dep_ == "nummod" and number.head.i != number.i else number
    for phrase in _coordinated(counted):
        measure = _own(phrase) or _governed(phrase)
        if measure or phrase.head.lower_ in _INCLUDING:
            return measure
    return _complement_behind(span) or _verb_behind(span)


def _complement_behind(span: Span) -> str:
    """Return the measure of a complement that the parser missed: "took 16 aid workers hostage"."""
    verb = next((token for token in (span.root.head, *span.root.ancestors) if token.pos_ == "VERB"), None)
    if verb is None or verb.lemma_ not in _RESULTATIVE:
        return ""
    for token in span.doc[span.end : min(span.end + _REACH, sentence_of(span).end)]:
        if token.is_punct or token.pos_ in ("VERB", "AUX"):
            break
        measure = _word("ADJ", "", token) or _word("NOUN", "hostage", token)
        if measure:
            return measure
    return ""


def _verb_behind(span: Span) -> str:
    """Return the measure of the verb behind a number that the parser tied to something else: "in June 30 died"."""
    passive = False
    for token in span.doc[span.end : min(span.end + _REACH // 2 + 1, sentence_of(span).end)]:
        if token.pos_ == "VERB":
            cut_short = not passive and _is_bare_participle(token)
            return _verb("object" if passive or cut_short else "subject", token)
        if token.pos_ == "AUX":
            passive = passive or token.lower_ in ("was", "were", "been")
        elif token.tag_ not in _PASSED:
            return ""
    return ""


def _is_bare_participle(verb: Token) -> bool:
    """Tell whether a past form has no object behind it, as in a headline: "Two soldiers killed in ambush"."""
    if verb.tag_ not in ("VBD", "VBN") or _verb("subject", verb):
        return False
    following = verb.doc[verb.i + 1] if verb.i + 1 < len(verb.doc) else None
    return following is None or following.is_punct or following.is_space or following.pos_ in ("ADP", "SCONJ", "CCONJ")


def _number(span: Span) -> Token:
    """Return the token of a number that its phrase hangs on: "thousands" in "tens of thousands of people"."""
    outer = [token for token in span if token.head.i < span.start or token.head.i >= span.end or token.head is token]
    return outer[-1] if outer else span[-1]


def _coordinated(phrase: Token) -> Iterator[Token]:
    """Yield a phrase and those that it is coordinated with, up to the first: "five soldiers and three civilians"."""
    yield phrase
    while phrase.dep_ in ("conj", "appos") and phrase.head.pos_ in _NOMINAL:
        phrase = phrase.head
        yield phrase


def _own(phrase: Token) -> str:
    """Return the measure that a noun names or that its modifiers give it: "12 deaths", "12 people killed in"."""
    if _word("NOUN", "", phrase):
        return _word("NOUN", "", phrase)
    for child in phrase.children:
        measure = ""
        if child.dep_ in ("amod", "advmod", "oprd", "acomp"):
            measure = _word("ADJ", "", child)
        elif child.dep_ == "acl" and child.tag_ == "VBN":
            measure = _verb("object", child)
        elif child.dep_ == "relcl":
            measure = _of_relative_clause(child)
        if measure:
            return measure
    return ""


def _of_relative_clause(verb: Token) -> str:
    relative = next((child for child in verb.children if child.tag_ in ("WP", "WDT")), None)
    if relative is None or relative.dep_ == "nsubj":
        return _verb("subject", verb) if relative is not None else _verb("object", verb)
    return _verb("object", verb)


def _governed(phrase: Token) -> str:
    """Return the measure that the governing verb or noun gives a phrase."""
    head = phrase.head
    if phrase.dep_ in ("dobj", "nsubjpass", "obj"):
        return _of_object(phrase, head)
    if phrase.dep_ == "nsubj":
        return _of_subject(head)
    if phrase.dep_ == "pobj":
        return _of_preposition(head)
    return ""


def _of_object(phrase: Token, verb: Token) -> str:
    measure = _verb("object", verb)
    if measure:
        return measure
    if phrase.lemma_ == "life":
        return _word("NOUN", "lives", phrase)
    return _complement(verb)


def _of_subject(verb: Token) -> str:
    if verb.tag_ == "VBN" and not any(child.dep_ in ("aux", "dobj") for child in verb.children):
        # The parser reads "30 wounded" as a clause of its own.
        return _verb("object", verb) or _verb("subject", verb)
    if verb.tag_ == "VBG":
        # "Fifty are missing" is parsed as a progressive.
        return _word("ADJ", "", verb)
    return _verb("subject", verb) or _complement(verb)


def _complement(verb: Token) -> str:
    """Return the measure of what a verb makes of its object: "left 12 dead", "taken hostage", "are missing"."""
    for child in verb.children:
        if child.i > verb.i and child.dep_ in (
            "oprd",
            "acomp",
            "xcomp",
            "ccomp",
            "advcl",
            "dobj",
            "attr",
            "advmod",
            "dep",
        ):
            measure = _word("ADJ", "", child) or _word("NOUN", "hostage", child)
            if measure:
                return measure
    return ""


def _of_preposition(preposition: Token) -> str:
    head = preposition.head
    if preposition.lower_ in _APPROXIMATE and head.pos_ == "VERB":
        return _verb("object", head)
    if preposition.lower_ == "of" and head.lemma_ == "life":
        return _word("NOUN", "lives", head)
    if preposition.lower_ == "of":
        return _word("NOUN", "of", head) or _word("NOUN", "toll", head)
    if preposition.lower_ in _RISE:
        tolls = (child for child in head.children if child.dep_ in ("nsubj", "dobj", "nsubjpass"))
        return next((measure for toll in tolls if (measure := _toll(toll))), "")
    return ""


def _toll(noun: Token) -> str:
    """Return what a count measures: "the death toll", "the number of displaced", "the number of people killed"."""
    if _word("NOUN", "toll", noun) or noun.lemma_ != "number":
        return _word("NOUN", "toll", noun)
    members = (token for token in noun.subtree if token.i > noun.i)
    return next((measure for token in members if (measure := _word("ADJ", "", token))), "")


def _verb(role: str, verb: Token) -> str:
    return _table().get((verb.lemma_.lower(), "VERB", role)) or _table().get((_regular(verb), "VERB", role), "")


def _regular(verb: Token) -> str:
    """Return the stem of a regular past form that the lemmatiser left as it was: "martyred"."""
    word = verb.lower_
    return next(
        (
            word[: -len(end)]
            for end in ("ed", "d", "ing")
            if word.endswith(end) and (word[: -len(end)], "VERB", "object") in _table()
        ),
        "",
    )


def _word(part: str, role: str, token: Token) -> str:
    return _table().get((token.lower_, part, role)) or _table().get((token.lemma_.lower(), part, role), "")


@cache
def _table() -> dict[tuple[str, str, str], str]:
    return {(row["word"], row["part"], row["role"]): row["measure"] for row in rows("measure_words")}
