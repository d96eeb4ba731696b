"""Gives the numbers of people to the claims that they measure, and folds "killing 12" into the attack that killed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from kg import lexicon
from kg.claims.events import Draft
from kg.claims.fillers import Fillers
from kg.figures import count_of
from kg.language.clauses import coordinated, governor, objects, subjects
from kg.language.lemmas import lemma_of
from kg.model import Actor, Figure, Mention

__all__ = ["Toll", "fold_tolls"]

CAUSING = frozenset(["in", "by", "during", "from", "after", "as", "when", "under"])
QUANTITIES = frozenset(["dozen", "hundred", "thousand", "million", "score", "other", "more"])
# "raided a camp of the police, killing 24 men": who they are is said already.
VAGUE = frozenset(["dozen", "hundred", "thousand", "man", "person", "people", "other", "one", "soul", "member", "life"])
KILLING = frozenset(["Battle", "Attack", "AirStrike", "Shelling", "Bombing", "ChemicalAttack"])
LOSSES = frozenset(["life", "death", "fatality"])
BODILY = frozenset(["killed", "wounded"])
PARTS_OF_SPEECH = {"VERB": "verb", "NOUN": "noun", "ADJ": "adjective", "AUX": "verb"}


@dataclass(frozen=True, slots=True)
class Toll:
    """What one draft's claim measures: its figures and the people they count."""

    figures: tuple[Figure, ...]
    victims: tuple[Actor, ...]


@dataclass(frozen=True, slots=True)
class _Casualty:
    word: Token
    measure: str
    counted: tuple[Token, ...]


@cache
def _words() -> dict[tuple[str, str], tuple[dict[str, str], ...]]:
    table: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in lexicon.rows("casualties"):
        table.setdefault((row["lemma"], row["pos"]), []).append(row)
    return {key: tuple(rows) for key, rows in table.items()}


def fold_tolls(
    doc: Doc, drafts: tuple[Draft, ...], figures: tuple[Mention, ...], fillers: Fillers
) -> tuple[tuple[Draft, Toll], ...]:
    """Return the drafts that stand for themselves, each with its toll.

    A draft that only says what another did ("..., killing 12"; "12 were killed in an air strike") is folded into it.
    """
    by_trigger = {draft.trigger.i: draft for draft in drafts}
    tolls: dict[int, list[tuple[Figure | None, tuple[Actor, ...]]]] = {}
    folded: dict[int, Draft] = {}
    for casualty in _casualties(doc):
        own = by_trigger.get(casualty.word.i)
        if casualty.measure not in BODILY and (own is not None or casualty.word.pos_ == "NOUN"):
            # "Refugees" and "hostages" are who they are, not a toll.
            continue
        counted = [
            (token, people)
            for token in casualty.counted
            if (people := fillers.actors(token)) or token.i == casualty.word.i or _bare_number(token)
        ]
        host = _host(casualty, by_trigger, own) if counted else None
        if host is None:
            continue
        while host.trigger.i in folded:
            host = folded[host.trigger.i]
        if own is not None and host is not own:
            folded[own.trigger.i] = host
        for token, people in counted:
            count = count_of(token, figures)
            figure = Figure(casualty.measure, *count) if count is not None else None
            vague = lemma_of(token) in VAGUE and host.target
            tolls.setdefault(host.trigger.i, []).append((figure, () if vague else people))
    for draft in drafts:
        told = {figure.measure for figure, _ in tolls.get(draft.trigger.i, []) if figure is not None}
        if draft.counted is not None and draft.row.measure and draft.row.measure not in told & BODILY:
            for token in _counted_together(draft):
                count = count_of(token, figures)
                if count is not None:
                    entry = (Figure(draft.row.measure, *count), ())
                    tolls.setdefault(draft.trigger.i, []).append(entry)
    return tuple((draft, _toll(tolls.get(draft.trigger.i, []))) for draft in drafts if draft.trigger.i not in folded)


def _counted_together(draft: Draft) -> tuple[Token, ...]:
    counted = draft.counted
    if counted is None:
        return ()
    functions = {a.function for a in draft.arguments if a.token.i == counted.i}
    beside = (a.token for a in draft.arguments if a.function in functions)
    return tuple(
        dict.fromkeys(
            token
            for token in (counted, *beside)
            if not _is_named(token) and (token.i == counted.i or any(c.dep_ == "nummod" for c in token.children))
        )
    )


def _is_named(token: Token) -> bool:
    """ "A lawyer, John Doe" is somebody, not a number."""
    return any(child.dep_ == "appos" and child.pos_ == "PROPN" for child in token.children)


def _bare_number(token: Token) -> bool:
    """A number that stands for people alone ("wounding 200", "hundreds are missing"), not "hundreds of villages"."""
    if lemma_of(token) in LOSSES:
        return True
    if token.pos_ != "NUM" and lemma_of(token) not in QUANTITIES:
        return False
    return not any(child.dep_ == "prep" and child.lower_ == "of" for child in token.children)


def _toll(entries: list[tuple[Figure | None, tuple[Actor, ...]]]) -> Toll:
    figures = tuple(dict.fromkeys(figure for figure, _ in entries if figure is not None))
    victims = {actor.key: actor for _, actors in entries for actor in actors}
    return Toll(figures, tuple(victims.values()))


def _casualties(doc: Doc) -> Iterator[_Casualty]:
    words = _words()
    for token in doc:
        pos = PARTS_OF_SPEECH.get(token.pos_)
        if pos is None:
            continue
        lemma = lemma_of(token)
        keys = [(lemma, pos)]
        if pos == "adjective" and token.tag_ in {"VBN", "VBD"}:
            keys.append((lemma, "verb"))
        if token.tag_ in {"VBN", "VBG"}:
            keys.append((token.lower_, "adjective"))
        for row in (row for key in keys for row in words.get(key, ())):
            counted = tuple(_lives(_counted(token, row)))
            if counted:
                yield _Casualty(token, row["measure"], counted)
                break


def _lives(counted: tuple[Token, ...]) -> Iterator[Token]:
    """ "The lives of 12 soldiers and 3 civilians": those whose lives they were."""
    for token in counted:
        owners = [c for child in token.children if child.lower_ == "of" for c in child.children if c.dep_ == "pobj"]
        yield from (
            (one for owner in owners for one in coordinated(owner))
            if lemma_of(token) == "life" and owners
            else (token,)
        )


def _counted(token: Token, row: dict[str, str]) -> tuple[Token, ...]:
    if row.get("particle") and not any(child.lower_ == row["particle"] for child in token.children):
        return ()
    wanted = row["counted"]
    if wanted == "subject":
        return subjects(token)
    if wanted == "self":
        return subjects(token) if token.pos_ == "VERB" and token.dep_ != "amod" else _described(token)
    if token.pos_ not in {"VERB", "AUX"}:
        return _described(token)
    return objects(token) or tuple(_behind_quantifier(token))


def _behind_quantifier(verb: Token) -> Iterator[Token]:
    """The parser takes "killing between 20 and 30 people" for a place or time: find the people again."""
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in {"between", "at", "over", "about", "around", "up", "under"}:
            yield from (c for c in child.children if c.dep_ == "pobj" and any(n.dep_ == "nummod" for n in c.children))


def _described(token: Token) -> tuple[Token, ...]:
    """The people that an adjective or noun of harm counts: "12 dead", "left 12 soldiers dead", "12 deaths"."""
    if token.dep_ in {"oprd", "acomp", "ccomp", "xcomp"} and token.head.pos_ in {"VERB", "AUX"}:
        found = objects(token.head) or subjects(token.head)
        own = tuple(child for child in token.children if child.dep_ == "nsubj")
        return own or found
    if token.dep_ == "conj" and any(child.dep_ == "nummod" for child in token.children):
        return (token,)
    if token.dep_ == "amod":
        return (token.head,)
    return (token,)


def _host(casualty: _Casualty, by_trigger: dict[int, Draft], own: Draft | None) -> Draft | None:
    word = casualty.word
    verb = word if word.pos_ in {"VERB", "AUX"} else governor(word)
    if verb is not None:
        for noun in (*subjects(verb), *_causes(verb)):
            draft = _armed(by_trigger, noun)
            if draft is not None and draft is not own:
                return draft
    node = verb
    while node is not None and node.dep_ in {"advcl", "conj", "xcomp", "acl", "relcl"} and node.head.i != node.i:
        shares = not any(
            child.dep_ in {"nsubj", "nsubjpass"} and child.tag_ not in {"WDT", "WP"} for child in node.children
        )
        node = node.head
        draft = _armed(by_trigger, node)
        if draft is not None and draft is not own and shares and _takes(draft, casualty):
            return draft
        if not shares:
            break
    if own is not None and own.initiator and word.tag_ != "VBG":
        return own
    for earlier in range(word.i - 1, word.sent.start - 1, -1):
        draft = _armed(by_trigger, word.doc[earlier])
        if draft is not None and draft is not own and _takes(draft, casualty):
            return draft
    return own


def _takes(draft: Draft, casualty: _Casualty) -> bool:
    """A killing takes the wounded beside it; two killings are two events."""
    return draft.row.frame != "kill" or draft.row.measure != casualty.measure


def _armed(by_trigger: dict[int, Draft], token: Token) -> Draft | None:
    inner = (
        below for child in token.children if child.lower_ == "of" for below in child.children if below.dep_ == "pobj"
    )
    for candidate in (token, *(child for child in token.children if child.dep_ == "compound"), *inner):
        draft = by_trigger.get(candidate.i)
        if draft is not None and draft.event_class in KILLING:
            return draft
    return None


def _causes(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        if child.dep_ in {"prep", "agent", "advcl", "prt"} and child.lower_ in CAUSING:
            yield from (inner for inner in child.children if inner.dep_ in {"pobj", "pcomp"})
        if child.dep_ == "conj" and child.pos_ == "VERB":
            yield from _causes(child)
        if child.dep_ == "advcl" and any(c.lower_ in {"when", "as", "after"} for c in child.children):
            yield child
        # "... on Friday when their vehicle hit a mine": the parser hangs the clause on the day.
        for below in child.subtree:
            if below.dep_ == "relcl" and any(c.lower_ == "when" for c in below.children):
                yield below
