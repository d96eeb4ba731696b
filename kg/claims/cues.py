"""The words that say who speaks and how sure a statement is: speech, denial, accusation, doubt, plan, negation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from kg import lexicon

__all__ = ["Cue", "is_kind", "is_speech", "word_cue"]

POS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective", "ADV": "adverb"}
SPEAKING = frozenset(["speech", "denial", "accusation"])
# Kinds that do nothing to what they govern; `is_kind` asks for them.
SILENT = frozenset(
    (
        *("authorship", "check", "count", "deed", "falsehood", "flight", "hearsay", "held", "involvement", "truth"),
        "utterance",
    )
)


@dataclass(frozen=True, slots=True)
class Cue:
    """What a word does to the statement in its scope."""

    kind: str
    stance: str
    source: str


@cache
def _table() -> dict[tuple[str, str], Cue]:
    table: dict[tuple[str, str], Cue] = {}
    for row in lexicon.rows("cues"):
        if row["kind"] in SILENT:
            continue
        table.setdefault((row["lemma"], row["pos"]), Cue(row["kind"], row["stance"], row["source"]))
    return table


def word_cue(token: Token, pos: str | None = None) -> Cue | None:
    """Return the cue that a word is, or None; `pos` asks for it as modal, adverb or other part of speech."""
    part = pos or POS.get(token.pos_, "")
    if part == "adjective":
        # The lemma of "suspected" is the verb's.
        return _table().get((token.lower_, part)) or _table().get((token.lemma_.lower(), part))
    lemma = token.lemma_.lower()
    if lemma in _with_particle():
        particle = next((child.lower_ for child in token.children if child.dep_ == "prt"), "")
        return _table().get((f"{lemma} {particle}", part)) or _table().get((lemma, part))
    return _table().get((lemma, part))


@cache
def _with_particle() -> frozenset[str]:
    """The verbs that are a cue with a particle: "ruled out"."""
    return frozenset(lemma.split(" ")[0] for lemma, part in _table() if part == "verb" and " " in lemma)


@cache
def _silent() -> frozenset[tuple[str, str, str]]:
    return frozenset((row["lemma"], row["pos"], row["kind"]) for row in lexicon.rows("cues") if row["kind"] in SILENT)


def is_kind(token: Token, kind: str) -> bool:
    """Return whether a word is of a kind that bears on statements without governing them.

    `authorship`: "was not the work of"; `check`: "could not be verified"; `count`: "by the mayor's count"; `deed`:
    "committed atrocities"; `falsehood`: "are baseless"; `flight`: "escaped the fighting"; `hearsay`: "reports of
    rape"; `held`: "are believed to be"; `involvement`: "denied any part in"; `truth`: "there is no truth in";
    `utterance`: "gave the order to".
    """
    return (token.lemma_.lower(), POS.get(token.pos_, ""), kind) in _silent()


def is_speech(token: Token) -> bool:
    """Return whether a verb reports speech, so that its day is not the day of what was said."""
    cue = word_cue(token) if token.pos_ == "VERB" else None
    return cue is not None and cue.kind in SPEAKING
