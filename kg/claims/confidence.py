"""How sure a claim is, from what its reading had to lean on: a logistic curve over signs, kept as data."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from functools import cache

from kg import lexicon
from kg.claims.attribution import Attribution
from kg.claims.events import Draft
from kg.language.lemmas import lemmas_of
from kg.language.texts import sentence_of
from kg.model import GROUP_OF, Stance

__all__ = ["BASE", "confidence", "explained", "of_signs", "signs", "weights"]

# No claim is certain, and one that was made at all is not impossible.
LEAST, MOST = 0.05, 0.98
LONG_SENTENCE = 45
DEEP = 3
BASE = "base"


@cache
def weights() -> dict[str, float]:
    """Return what each sign adds to a claim's log-odds; `base` is where the sum begins."""
    return {row["sign"]: float(row["weight"]) for row in lexicon.rows("confidence")}


def confidence(draft: Draft, attribution: Attribution) -> float:
    """Return how likely a claim is to be right in its class, between 0 and 1, to two decimals."""
    return of_signs(signs(draft, attribution))


def of_signs(found: Collection[str]) -> float:
    """Return the confidence of a claim with these signs; a sign without a row counts for nothing."""
    known = weights()
    odds = known[BASE] + sum(known.get(sign, 0.0) for sign in sorted(found))
    return round(min(max(1 / (1 + math.exp(-odds)), LEAST), MOST), 2)


def explained(draft: Draft, attribution: Attribution) -> str:
    """Return the step that explains a claim's confidence: each sign that counts, with what it adds to the log-odds."""
    found = signs(draft, attribution)
    counted = [f"{sign} {weights()[sign]:+.2f}" for sign in sorted(found) if weights().get(sign)]
    return f"confidence {of_signs(found):.2f}: {', '.join(counted) or 'nothing speaks for it or against it'}"


def signs(draft: Draft, attribution: Attribution) -> frozenset[str]:
    """Return what speaks for a claim or against it, in the names of the lexicon's rows."""
    return frozenset([*_of_trigger(draft), *_of_roles(draft), *_of_sentence(draft), *_of_attribution(attribution)])


def _of_trigger(draft: Draft) -> Iterator[str]:
    row = draft.row
    yield f"strength {row.strength}"
    if row.pos != "verb":
        yield f"trigger is {'a noun' if row.pos == 'noun' else 'an adjective'}"
    if row.objects or row.particles or len(row.words) > 1:
        yield "trigger of several words"
    elif len(_classes().get((row.words[-1], row.pos), ())) > 1:
        yield "trigger of several classes"
    if draft.trigger.pos_ in {"NOUN", "PROPN"} and not any(True for _ in draft.trigger.children):
        yield "trigger is a bare noun"
    if draft.event_class != row.event_class:
        yield "class read off the weapon"
    yield f"group {GROUP_OF[draft.event_class]}"


def _of_roles(draft: Draft) -> Iterator[str]:
    filled = bool(draft.initiator) + bool(draft.target)
    yield ("no role is filled", "one role is filled", "two roles are filled")[filled]
    if draft.place or draft.origin or draft.destination:
        yield "place by its frame"
    if draft.counted is not None:
        yield "people are counted"
    if draft.cause is not None:
        yield "done by another event"
    if draft.fallbacks:
        yield "role not read off the tree"
    if any(argument.token.pos_ == "PRON" for argument in draft.arguments if argument.function in {"subject", "object"}):
        yield "pronoun in a role"
    if len(draft.initiator) > 1 or len(draft.target) > 1:
        yield "several actors in a role"
    if any(actor.unresolved for actor in (*draft.initiator, *draft.target)):
        yield "actor known by description"


def _of_sentence(draft: Draft) -> Iterator[str]:
    sentence = sentence_of(draft.trigger)
    if draft.trigger.pos_ == "VERB" and draft.trigger.dep_ != "ROOT":
        own = any(child.dep_ in {"nsubj", "nsubjpass"} for child in draft.trigger.children)
        yield "subordinate clause" if own else "clause without a subject of its own"
    if sum(1 for _ in draft.trigger.ancestors) > DEEP:
        yield "deep in its sentence"
    if len(sentence) > LONG_SENTENCE:
        yield "long sentence"
    if not any(token.pos_ in {"VERB", "AUX"} for token in sentence):
        yield "sentence without verb"
    if not _other_fields().isdisjoint(lemmas_of(sentence.doc)[sentence.start : sentence.end]):
        yield "word of another field"


def _of_attribution(attribution: Attribution) -> Iterator[str]:
    if attribution.stance is not Stance.AFFIRMED:
        yield f"stance {attribution.stance.value}"
    if attribution.sources:
        yield "attributed"
    if any(step.endswith("quotation") for step in attribution.steps):
        yield "quoted"
    if any(step.endswith("judged") for step in attribution.steps):
        yield "judged"


@cache
def _classes() -> dict[tuple[str, str], frozenset[str]]:
    """The classes that a word may stand for without more words of its own."""
    table: dict[tuple[str, str], set[str]] = {}
    for row in lexicon.rows("triggers"):
        if not row["object"] and not row["particle"]:
            table.setdefault((row["lemma"], row["pos"]), set()).add(row["class"])
    return {key: frozenset(classes) for key, classes in table.items()}


@cache
def _other_fields() -> frozenset[str]:
    return frozenset(row["word"] for row in lexicon.rows("domains") if row["weight"] == "hint")
