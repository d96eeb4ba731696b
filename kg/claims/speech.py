"""How speech is told: before, within and behind what is said, by verbs, by nouns and by accounts."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.claims.cues import Cue, is_kind, word_cue
from kg.language.clauses import subjects
from kg.language.texts import sentence_of

__all__ = [
    "closes",
    "cue_above",
    "is_account",
    "is_negated",
    "makers",
    "opens",
    "opens_next",
    "parenthetical",
    "regoverned",
    "speaks",
    "told_in",
    "utterers",
]

FINITE = frozenset(["VBD", "VBZ", "VBP"])


def speaks(word: Token) -> bool:
    """Whether a word is a verb of speech that ends its clause, though the parser may take it for a noun."""
    cue = word_cue(word, "verb")
    if cue is None or cue.kind != "speech" or word.tag_ not in {*FINITE, "NNS"}:
        return False
    if word.tag_ == "NNS":
        return word.i + 1 < sentence_of(word).end and word.doc[word.i + 1].text in {".", ";", ","}
    return not any(child.dep_ in {"ccomp", "xcomp", "dobj"} and child.i > word.i for child in word.children)


def opens(verb: Token, trigger: Token) -> bool:
    """Whether what is said begins with "that" shortly behind a verb of speech."""
    if verb.i >= trigger.i:
        return False
    marks = [token for token in verb.doc[verb.i + 1 : min(verb.i + 9, trigger.i)] if token.lower_ == "that"]
    return any(mark.dep_ == "mark" for mark in marks)


def closes(verb: Token, speaker: Token, trigger: Token) -> bool:
    """Whether a verb of speech closes the sentence behind what is said: ", the senator said on Monday."."""
    first = min(token.i for token in speaker.subtree)
    if first <= trigger.i or verb.doc[first - 1].text not in {",", '"', "''"}:
        return False
    return not any(child.dep_ in {"ccomp", "xcomp", "dobj"} and child.i > verb.i for child in verb.children)


def parenthetical(verb: Token) -> bool:
    """Whether a clause of speech stands within another between commas: "in March, the minister recalled, gunmen"."""
    first, doc = verb.left_edge.i, verb.doc
    if verb.tag_ not in FINITE or any(child.dep_ == "mark" for child in verb.children):
        return False
    if not any(child.dep_ == "nsubj" for child in verb.children) or first == sentence_of(verb).start:
        return False
    return doc[first - 1].text == "," and any(token.text == "," for token in doc[verb.i + 1 : verb.i + 8])


def regoverned(verb: Token) -> Token | None:
    """Return the verb to which a verb of speech belongs that the parser coordinated with what that verb governs.

    "Denied that Gao had fallen and accused the rebels of": who denied, accused.
    """
    above = verb.head
    if verb.dep_ != "conj" or verb.tag_ not in FINITE or above.dep_ not in {"ccomp", "xcomp"}:
        return None
    if any(child.dep_ in {"nsubj", "nsubjpass", "aux"} for child in verb.children) or word_cue(above) is not None:
        return None
    own, higher = word_cue(verb), word_cue(above.head)
    if own is None or higher is None or own.source != "subject" or higher.source != "subject":
        return None
    return above.head if above.head.pos_ == "VERB" else None


def makers(noun: Token) -> Iterator[Token]:
    for child in noun.children:
        if child.dep_ in {"poss", "compound", "amod"}:
            yield child
        elif child.dep_ in {"prep", "agent"} and child.lower_ in {"by", "from", "of"}:
            yield from (inner for inner in child.children if inner.dep_ == "pobj")


def is_account(noun: Token) -> bool:
    cue = word_cue(noun)
    return is_kind(noun, "count") or (noun.pos_ == "NOUN" and cue is not None and cue.kind == "speech")


def is_negated(verb: Token) -> bool:
    """Whether a verb is negated: by "not", or by "nor" as the second of two."""
    if any(child.dep_ == "neg" or child.lower_ == "neither" for child in verb.children):
        return True
    return verb.dep_ == "conj" and any(child.lower_ == "nor" for child in verb.head.children)


def opens_next(child: Token, verb: Token) -> bool:
    """Whether a phrase stands behind "and", before the second verb: "took Gao and, by its own count, killed"."""
    joints = [c.i for c in verb.children if c.dep_ == "cc"]
    seconds = [c.i for c in verb.children if c.dep_ == "conj"]
    return bool(joints and seconds) and joints[0] < child.i < seconds[0]


def cue_above(above: Token) -> Cue | None:
    """Return the cue that a word is; "..., the agency estimates" is a verb though the parser takes it for a noun."""
    clause = above.pos_ == "NOUN" and {"nsubj", "ccomp"} <= {child.dep_ for child in above.children}
    return word_cue(above, "verb") if clause else word_cue(above)


def told_in(node: Token, verb: Token) -> Token | None:
    """Return the noun of speech before a clause that the parser hung on the verb: "received reports that"."""
    if word_cue(verb) is not None or not any(c.dep_ == "mark" and c.lower_ == "that" for c in node.children):
        return None
    for child in verb.children:
        cue = word_cue(child) if child.dep_ == "dobj" and child.pos_ == "NOUN" and child.i < node.i else None
        if cue is not None and cue.kind == "speech":
            return child
    return None


def utterers(noun: Token) -> tuple[Token, ...]:
    """Who gives the order, makes the claim, receives the report that a noun names."""
    if noun.dep_ == "dobj" and is_kind(noun.head, "utterance"):
        return subjects(noun.head)
    return ()
