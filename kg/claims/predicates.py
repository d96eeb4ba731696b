"""Turns the parse into predicates with arguments by function, whatever the surface says.

An argument's function is `subject`, `object`, or the preposition that introduces it. Passives, reduced and full
relative clauses, participles and infinitives without a subject of their own, coordination, nominalisations and light
verbs are all brought to that one view, so that a frame need not know how a thing was said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from kg import lexicon
from kg.language.clauses import RELATIVE_TAGS, coordinated, is_nominal, is_passive, objects, prepositional, subjects
from kg.language.lemmas import lemma_of

__all__ = ["Argument", "arguments", "light_verb", "responsible"]

PARTIES = frozenset({"at", "between", "in", "with"})
# What strikes strike stands behind what they strike with: "conducted strikes using bombers against positions".
AIMED = frozenset({"against", "at", "on"})
# Prepositional phrases behind an object often belong to the verb; the parser hangs them on the noun.
RAISED = frozenset(
    {
        *("across", "against", "around", "at", "by", "from", "in", "inside", "into", "near", "on", "onto", "outside"),
        *("for", "over", "through", "to", "toward", "towards", "with"),
    }
)


@dataclass(frozen=True, slots=True)
class Argument:
    """A filler of a predicate: its function, its head token, and whether the tree alone says so."""

    function: str
    token: Token
    certain: bool = True


@dataclass(frozen=True, slots=True)
class _LightVerb:
    particle: str
    subject: str
    object: str


@cache
def _light_verbs() -> dict[str, tuple[_LightVerb, ...]]:
    table: dict[str, list[_LightVerb]] = {}
    for row in lexicon.rows("light_verbs"):
        table.setdefault(row["verb"], []).append(_LightVerb(row["particle"], row["subject"], row["object"]))
    return {verb: tuple(rows) for verb, rows in table.items()}


@cache
def _helping() -> frozenset[str]:
    """Verbs whose agent helps or mediates and is not the one who acts: "a truce brokered by"."""
    return frozenset(row["lemma"] for row in lexicon.rows("support") if row["pos"] == "verb")


def arguments(trigger: Token) -> tuple[Argument, ...]:
    """Return the arguments of a verb or a noun that names an event, the certain ones first."""
    found = list(_noun_arguments(trigger) if is_nominal(trigger) else _verb_arguments(trigger))
    unique = dict.fromkeys(sorted(found, key=lambda argument: not argument.certain))
    seen: set[tuple[str, int]] = set()
    kept = []
    for argument in unique:
        if (argument.function, argument.token.i) not in seen and argument.token.i != trigger.i:
            seen.add((argument.function, argument.token.i))
            kept.append(argument)
    return tuple(kept)


def light_verb(noun: Token) -> Token | None:
    """Return the verb that only carries an event noun ("launched an attack", "the attack took place"), if any."""
    if _carriage(noun) is None:
        return None
    return _host(noun)


def _verb_arguments(verb: Token) -> Iterator[Argument]:
    passive = is_passive(verb)
    if not passive:
        for token in subjects(verb):
            yield Argument("subject", token)
    for token in objects(verb):
        yield Argument("object", token)
    for function, token in prepositional(verb):
        if function == "at" and token.lemma_ == "hand":
            # "killed at the hands of the militia": whose hands, did it.
            yield from (Argument("subject", owner) for inner, owner in prepositional(token) if inner == "of")
            continue
        if token.lemma_ in {"hand", "control", "rule", "occupation"}:
            # "fell into the hands of", "came under the control of".
            yield from (Argument(function, owner) for inner, owner in prepositional(token) if inner == "of")
            yield from (
                Argument(function, child) for child in token.children if child.dep_ in {"poss", "compound", "amod"}
            )
        yield Argument("subject" if function == "by" and passive else function, token)
    for child in verb.children:
        if child.dep_ in {"dobj", "nsubjpass", "attr", "oprd"}:
            for function, token in prepositional(child):
                if function in RAISED:
                    yield Argument("subject" if function == "by" and passive else function, token, certain=False)
        if child.dep_ in {"advmod", "prt"}:
            for function, token in prepositional(child):
                yield Argument(f"{child.lower_} {function}" if child.lower_ == "out" else function, token)
    relative = _relative_place(verb)
    if relative is not None:
        yield Argument("in", relative)


def _relative_place(verb: Token) -> Token | None:
    if verb.dep_ != "relcl":
        return None
    for child in verb.children:
        if child.lower_ in {"where"} or (child.dep_ == "prep" and any(c.tag_ in RELATIVE_TAGS for c in child.children)):
            return verb.head
    return None


def _noun_arguments(noun: Token) -> Iterator[Argument]:
    for child in noun.children:
        if child.dep_ == "poss":
            for token in coordinated(child):
                yield Argument("subject", token)
        elif child.dep_ in {"compound", "amod", "nmod"}:
            yield Argument("compound", child)
            # "Saudi-led strikes": who leads them, acts.
            if child.lemma_.lower() in {"lead", "led"}:
                for leader in child.children:
                    if leader.dep_ in {"npadvmod", "amod", "compound", "nsubj"}:
                        yield Argument("subject", leader)
        elif child.dep_ in {"acl", "relcl"} and child.pos_ == "VERB" and child.lemma_ in _helping():
            # "A truce that China had brokered between the two": who brokers it is no party to it.
            yield from (Argument(name, token) for name, token in prepositional(child) if name in PARTIES)
        elif child.dep_ in {"acl", "relcl"} and (doers := _blamed_in(child)):
            yield from (Argument("subject", doer) for doer in doers)
        elif child.dep_ in {"acl", "relcl"} and child.pos_ == "VERB":
            for argument in _verb_arguments(child):
                if argument.token.i != noun.i:
                    yield argument
    for function, token in prepositional(noun):
        yield Argument("subject" if function == "by" else function, token)
        for inner, agent in prepositional(token):
            if inner == "by":
                # "the arrest of 20 protesters by police": the parser hangs the agent on the protesters.
                yield Argument("subject", agent, certain=False)
    if noun.dep_ == "conj" and noun.head.pos_ in {"NOUN", "PROPN"}:
        for function, token in prepositional(noun.head):
            if token.i < noun.i:
                yield Argument("subject" if function == "by" else function, token, certain=False)
        for child in noun.head.children:
            if child.dep_ in {"poss", "amod", "compound"} and child.i < noun.head.i:
                yield Argument("subject" if child.dep_ == "poss" else "compound", child, certain=False)
    top = _top(noun)
    if top.i != noun.i and lemma_of(top) in _quantities():
        for function, token in prepositional(top):
            if token.i > noun.i:
                yield Argument("subject" if function == "by" else function, token, certain=False)
    if noun.dep_ == "pobj" and noun.head.lower_ == "for" and noun.head.head.pos_ in {"VERB", "AUX"}:
        # "Travelled to the capital for talks with": who goes to talks, talks.
        visitors = subjects(noun.head.head) if not is_passive(noun.head.head) else objects(noun.head.head)
        yield from (Argument("visitor", token, certain=False) for token in visitors)
    if noun.dep_ == "pobj" and noun.head.lower_ == "in" and noun.head.head.pos_ == "VERB":
        verb = noun.head.head
        # "Houses burned down in air strikes by the army": the parser hangs the agent on the verb.
        behind = () if is_passive(verb) else prepositional(verb)
        yield from (
            Argument("subject", t, certain=False) for function, t in behind if function == "by" and t.i > noun.i
        )
    yield from (Argument("subject", doer, certain=False) for doer in responsible(noun))
    carriage = _carriage(noun)
    host = _host(noun)
    if host is not None and lemma_of(host) in _helping():
        # "The truce was brokered by Norway between the two": who brokers it is no party to it.
        yield from (Argument(name, token) for name, token in prepositional(host) if name in PARTIES)
    if carriage is None or host is None:
        return
    passive = is_passive(host)
    if carriage.subject:
        surface = () if passive else subjects(host)
        for token in surface:
            if token.i != noun.i:
                yield Argument(carriage.subject, token)
    if carriage.object:
        for token in objects(host):
            if token.i != noun.i:
                yield Argument(carriage.object, token)
    for means in (child for child in host.children if child.dep_ in {"advcl", "acl"} and child.tag_ == "VBG"):
        for tool in objects(means):
            for function, token in prepositional(tool):
                if function in AIMED:
                    yield Argument(function, token, certain=False)
    for function, token in prepositional(host):
        if token.i == noun.i or noun.is_ancestor(token):
            continue
        if (function == "by" and passive) or (function == "from" and carriage.subject == "object"):
            yield Argument("subject", token)
        elif function != "by":
            yield Argument(function, token)


@dataclass(frozen=True, slots=True)
class _Responsibility:
    word: str
    preposition: str
    doer: str


@cache
def _responsibilities() -> dict[str, tuple[_Responsibility, ...]]:
    table: dict[str, list[_Responsibility]] = {}
    for row in lexicon.rows("responsibility"):
        table.setdefault(row["verb"], []).append(_Responsibility(row["word"], row["preposition"], row["doer"]))
    return {verb: tuple(rows) for verb, rows in table.items()}


def responsible(noun: Token) -> tuple[Token, ...]:
    """Return who is said to have done a deed: "blamed the rebels for the raid", "claimed responsibility for it"."""
    top = _top(noun)
    preposition, word, verb = "", "", top.head
    if top.dep_ == "pobj":
        preposition = word = top.head.lower_
        verb = top.head.head
        if verb.pos_ not in {"VERB", "AUX"}:
            word, verb = lemma_of(verb), verb.head
    for row in _responsibilities().get(lemma_of(verb), ()) if verb.pos_ in {"VERB", "AUX"} else ():
        attributes = {lemma_of(child) for child in verb.children if child.dep_ in {"attr", "dobj", "acomp", "oprd"}}
        if row.preposition != preposition or not (row.word in {"", word} or row.word in attributes):
            continue
        if row.doer == "subject":
            return subjects(verb)
        if row.doer == "object":
            return tuple(token for token in objects(verb) if token.i != noun.i)
        if noun in subjects(verb) or noun in objects(verb):
            named = (child for child in (verb, *verb.children) if child is verb or lemma_of(child) == row.word)
            return tuple(token for head in named for name, token in prepositional(head) if name == row.doer)
    return ()


def _blamed_in(clause: Token) -> tuple[Token, ...]:
    """Return who did it, behind a noun: "an attack that the army blames on the rebels", "a raid attributed to them"."""
    rows = [row for row in _responsibilities().get(lemma_of(clause), ()) if not row.preposition and not row.word]
    return tuple(token for row in rows for name, token in prepositional(clause) if name == row.doer)


def _top(noun: Token) -> Token:
    """The noun by which a verb governs an event: the first of several, and the quantity of "a series of strikes"."""
    top = noun
    while (top.dep_ == "conj" and top.head.pos_ in {"NOUN", "PROPN"}) or _is_counted(top):
        top = top.head if top.dep_ == "conj" else top.head.head
    return top


def _is_counted(noun: Token) -> bool:
    return noun.dep_ == "pobj" and noun.head.lower_ == "of" and lemma_of(noun.head.head) in _quantities()


@cache
def _quantities() -> frozenset[str]:
    return frozenset(row["noun"] for row in lexicon.rows("event_quantities"))


def _host(noun: Token) -> Token | None:
    top = _top(noun)
    if top.dep_ in {"dobj", "nsubj", "nsubjpass", "attr", "oprd"}:
        return top.head
    if top.dep_ == "pobj" and top.head.head.pos_ in {"VERB", "AUX"}:
        return top.head.head
    if top.head.pos_ == "VERB" and noun in objects(top.head):
        return top.head
    return None


def _carriage(noun: Token) -> _LightVerb | None:
    host = _host(noun)
    if host is None:
        return None
    words = {child.lower_ for child in host.children if child.dep_ in {"prt", "prep", "advmod", "dobj"}}
    top = _top(noun)
    for row in _light_verbs().get(lemma_of(host), ()):
        if row.particle and row.particle not in words:
            continue
        subject_event = not row.subject
        is_subject = top.dep_ == "nsubj"
        if top.dep_ == "pobj":
            if row.particle == top.head.lower_ or (row.particle == "part" and top.head.lower_ == "in"):
                return row
            continue
        if subject_event == is_subject or top.dep_ == "nsubjpass":
            return row
    return None
