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
from kg.lemmas import lemma_of

__all__ = [
    "Argument",
    "arguments",
    "coordinated",
    "governor",
    "is_nominal",
    "is_passive",
    "light_verb",
    "objects",
    "subjects",
]

RELATIVE_TAGS = frozenset({"WDT", "WP", "WP$"})
SUBJECT_DEPS = frozenset({"nsubj", "nsubjpass"})
# Prepositional phrases behind an object often belong to the verb; the parser hangs them on the noun.
RAISED = frozenset(
    {
        *("across", "against", "around", "at", "by", "from", "in", "inside", "into", "near", "on", "onto", "outside"),
        *("for", "over", "through", "to", "toward", "towards", "with"),
    }
)
DEEPEST = 6
# "called on the rebels to withdraw", "appealed to them to leave": who is called on, is to act.
CALLED_ON = frozenset({"on", "upon"})
FINITE = frozenset({"VBD", "VBP", "VBZ"})
# How the parser hangs a one-word name that it does not take for a subject.
MISPLACED = frozenset({"compound", "nmod", "npadvmod", "dep", "amod", "advmod", "appos"})


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
def _object_control() -> frozenset[str]:
    return frozenset(row["verb"] for row in lexicon.rows("object_control"))


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


def is_nominal(token: Token) -> bool:
    """Return whether a word names its event as a noun does, gerunds included: "the shelling of", "shelling by"."""
    if token.pos_ in {"NOUN", "PROPN"}:
        return True
    if token.tag_ != "VBG" or any(child.dep_ in {"aux", "dobj", "nsubj"} for child in token.children):
        return False
    if token.dep_ in {"pobj", "nsubj", "nsubjpass", "dobj"}:
        return True
    if any(child.dep_ in {"det", "poss", "amod", "nmod", "compound"} and child.i < token.i for child in token.children):
        return True
    opens = not any(word.is_alpha for word in token.doc[token.sent.start : token.i])
    return opens and any(child.lower_ in {"by", "of"} for child in token.children)


def coordinated(token: Token) -> tuple[Token, ...]:
    """Return a noun with those coordinated with it: "troops and militiamen" gives both heads."""
    found = [token]
    for child in token.rights:
        if child.dep_ == "conj" and child.pos_ in {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "VERB"}:
            found.extend(coordinated(child))
    return tuple(found)


def is_passive(verb: Token) -> bool:
    """Return whether a verb form has its logical object as subject."""
    if any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children):
        return True
    if verb.tag_ != "VBN" or any(child.dep_ in {"aux", "nsubj"} for child in verb.children):
        return False
    if verb.dep_ in {"acl", "advcl", "amod"}:
        return True
    return verb.dep_ == "conj" and verb.head.pos_ == "VERB" and is_passive(verb.head)


def subjects(verb: Token, depth: int = 0) -> tuple[Token, ...]:
    """Return the surface subjects of a verb, its own or those that it shares with its governor."""
    if depth > DEEPEST:
        return ()
    own = [child for child in verb.children if child.dep_ in SUBJECT_DEPS]
    if verb.dep_ == "amod" and verb.tag_ == "VBG":
        return coordinated(verb.head)
    if own:
        found = [noun for token in own for noun in coordinated(_antecedent(token, verb))]
        return (*_joined_before(own[0], found), *found)
    if verb.tag_ in FINITE and (name := _name_before(verb)) is not None:
        return (name,)
    if verb.dep_ in {"relcl", "acl"}:
        if verb.dep_ == "acl" and verb.tag_ == "VB":
            return _subjects_of_noun(verb.head, depth)
        return coordinated(verb.head) if verb.head.pos_ in {"NOUN", "PROPN", "PRON"} else subjects(verb.head, depth + 1)
    if verb.dep_ == "conj":
        if verb.head.pos_ in {"VERB", "AUX"}:
            return subjects(verb.head, depth + 1)
        return _subjects_of_noun(verb.head, depth)
    if verb.dep_ in {"xcomp", "advcl", "ccomp", "dep"}:
        return _controller(verb.head, depth) if verb.head.i != verb.i else ()
    if verb.dep_ == "pcomp":
        host = verb.head.head
        if host.pos_ in {"VERB", "AUX"}:
            return _controller(host, depth, preposition=verb.head.lower_)
        if verb.head.lower_ == "of" and host.dep_ == "dobj" and lemma_of(host.head) in _object_control():
            # "accused the battalion of kidnapping": the parser hangs the deed on the accused.
            return coordinated(host)
        return _subjects_of_noun(host, depth)
    return ()


def _name_before(verb: Token) -> Token | None:
    """The name right before a finite verb without subject, which the parser hung on the verb's object or the verb."""
    position = verb.i - 1
    while position > verb.sent.start and verb.doc[position].dep_ in {"aux", "auxpass", "neg", "advmod"}:
        position -= 1
    name = verb.doc[position]
    if position < verb.sent.start or name.pos_ not in {"PROPN", "NOUN"} or name.dep_ not in MISPLACED:
        return None
    hung_on = name.head
    return name if hung_on.i == verb.i or hung_on.head.i == verb.i else None


def _joined_before(subject: Token, found: list[Token]) -> tuple[Token, ...]:
    """The name before "and" that the parser did not join: "UNITA and the army clashed"."""
    first = subject.left_edge.i
    if first < 2 or subject.doc[first - 1].lower_ != "and" or first - 2 < subject.sent.start:
        return ()
    name = subject.doc[first - 2]
    known = name in found or name.pos_ not in {"PROPN", "NOUN"} or name.dep_ not in {*MISPLACED, "nsubj", "ROOT"}
    return () if known else (name,)


def objects(verb: Token) -> tuple[Token, ...]:
    """Return the logical objects of a verb: of a passive its subject, of a relative clause the antecedent."""
    found: list[Token] = []
    if verb.dep_ == "amod" and verb.tag_ in {"VBN", "VBD", "JJ"} and verb.head.pos_ in {"NOUN", "PROPN"}:
        return (verb.head,)
    if is_passive(verb):
        found.extend(subjects(verb))
    for child in verb.children:
        if child.dep_ in {"dobj", "obj"}:
            found.extend(coordinated(_antecedent(child, verb)))
        elif child.dep_ == "dative" and child.pos_ != "ADP":
            found.extend(coordinated(child))
    if not found:
        found.extend(_gap(verb))
    if not found:
        for child in verb.rights:
            if (
                child.dep_ == "conj"
                and child.pos_ == "VERB"
                and not any(c.dep_ in SUBJECT_DEPS for c in child.children)
            ):
                found.extend(objects(child) if not is_passive(child) else ())
    return tuple(found)


def governor(token: Token) -> Token | None:
    """Return the nearest verb above a token, or None at the root."""
    above = token
    while above.head.i != above.i:
        above = above.head
        if above.pos_ in {"VERB", "AUX"}:
            return above
    return None


def light_verb(noun: Token) -> Token | None:
    """Return the verb that only carries an event noun ("launched an attack", "the attack took place"), if any."""
    if _carriage(noun) is None:
        return None
    return _host(noun)


def _gap(verb: Token) -> tuple[Token, ...]:
    clause = verb
    while clause.dep_ == "conj" and clause.head.pos_ == "VERB":
        clause = clause.head
    if clause.dep_ != "relcl" or is_passive(verb):
        return ()
    own = [child for child in clause.children if child.dep_ == "nsubj"]
    if own and own[0].tag_ not in RELATIVE_TAGS:
        return coordinated(clause.head)[:1]
    return ()


def _antecedent(token: Token, verb: Token) -> Token:
    if token.tag_ not in RELATIVE_TAGS:
        return token
    clause = verb
    while clause.dep_ in {"conj", "xcomp", "ccomp"} and clause.head.i != clause.i:
        clause = clause.head
    return clause.head if clause.dep_ == "relcl" else token


def _controller(verb: Token, depth: int, preposition: str | None = None) -> tuple[Token, ...]:
    if verb.pos_ not in {"VERB", "AUX"}:
        return _subjects_of_noun(verb, depth)
    if lemma_of(verb) in _object_control() and (preposition is None or preposition in {"of", "for", "into", "from"}):
        controlled = objects(verb) or tuple(token for name, token in _prepositional(verb) if name in CALLED_ON)
        if controlled:
            return controlled
    if is_passive(verb):
        return objects(verb)
    return subjects(verb, depth + 1)


def _subjects_of_noun(noun: Token, depth: int) -> tuple[Token, ...]:
    for child in noun.children:
        if child.dep_ == "poss":
            return coordinated(child)
    above = governor(noun)
    return subjects(above, depth + 1) if above is not None else ()


def _verb_arguments(verb: Token) -> Iterator[Argument]:
    passive = is_passive(verb)
    if not passive:
        for token in subjects(verb):
            yield Argument("subject", token)
    for token in objects(verb):
        yield Argument("object", token)
    for function, token in _prepositional(verb):
        if function == "at" and token.lemma_ == "hand":
            # "killed at the hands of the militia": whose hands, did it.
            yield from (Argument("subject", owner) for inner, owner in _prepositional(token) if inner == "of")
            continue
        if token.lemma_ in {"hand", "control", "rule", "occupation"}:
            # "fell into the hands of", "came under the control of".
            yield from (Argument(function, owner) for inner, owner in _prepositional(token) if inner == "of")
            yield from (
                Argument(function, child) for child in token.children if child.dep_ in {"poss", "compound", "amod"}
            )
        yield Argument("subject" if function == "by" and passive else function, token)
    for child in verb.children:
        if child.dep_ in {"dobj", "nsubjpass", "attr", "oprd"}:
            for function, token in _prepositional(child):
                if function in RAISED:
                    yield Argument("subject" if function == "by" and passive else function, token, certain=False)
        if child.dep_ in {"advmod", "prt"}:
            for function, token in _prepositional(child):
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


def _prepositional(head: Token) -> Iterator[tuple[str, Token]]:
    for child in head.children:
        if child.dep_ in {"prep", "agent", "dative"} and child.pos_ in {"ADP", "SCONJ", "ADV", "VERB", "PART"}:
            name = "by" if child.dep_ == "agent" else child.lower_
            for grandchild in child.children:
                if grandchild.dep_ == "pobj":
                    if grandchild.tag_ in RELATIVE_TAGS:
                        continue
                    for token in coordinated(grandchild):
                        yield name, token
                elif grandchild.dep_ == "prep":
                    inner = grandchild.lower_
                    for token in (t for c in grandchild.children if c.dep_ == "pobj" for t in coordinated(c)):
                        yield (f"{name} {inner}" if name == "out" else inner), token
                elif grandchild.dep_ == "conj" and grandchild.pos_ == "ADP":
                    for token in (t for c in grandchild.children if c.dep_ == "pobj" for t in coordinated(c)):
                        yield grandchild.lower_, token
        elif child.dep_ == "prep" and child.lower_ == "according":
            continue


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
        elif child.dep_ in {"acl", "relcl"} and child.pos_ == "VERB" and child.lemma_ not in _helping():
            for argument in _verb_arguments(child):
                if argument.token.i != noun.i:
                    yield argument
    for function, token in _prepositional(noun):
        yield Argument("subject" if function == "by" else function, token)
        for inner, agent in _prepositional(token):
            if inner == "by":
                # "the arrest of 20 protesters by police": the parser hangs the agent on the protesters.
                yield Argument("subject", agent, certain=False)
    if noun.dep_ == "conj" and noun.head.pos_ in {"NOUN", "PROPN"}:
        for function, token in _prepositional(noun.head):
            if token.i < noun.i:
                yield Argument("subject" if function == "by" else function, token, certain=False)
        for child in noun.head.children:
            if child.dep_ in {"poss", "amod", "compound"} and child.i < noun.head.i:
                yield Argument("subject" if child.dep_ == "poss" else "compound", child, certain=False)
    carriage = _carriage(noun)
    host = _host(noun)
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
    for function, token in _prepositional(host):
        if token.i == noun.i or noun.is_ancestor(token):
            continue
        if (function == "by" and passive) or (function == "from" and carriage.subject == "object"):
            yield Argument("subject", token)
        elif function != "by":
            yield Argument(function, token)


def _host(noun: Token) -> Token | None:
    top = noun
    while top.dep_ == "conj" and top.head.pos_ in {"NOUN", "PROPN"}:
        top = top.head
    if top.dep_ in {"dobj", "nsubj", "nsubjpass", "attr", "oprd"}:
        return top.head
    if top.dep_ == "pobj" and top.head.head.pos_ == "VERB":
        return top.head.head
    if top.head.pos_ == "VERB" and noun in objects(top.head):
        return top.head
    return None


def _carriage(noun: Token) -> _LightVerb | None:
    host = _host(noun)
    if host is None:
        return None
    words = {child.lower_ for child in host.children if child.dep_ in {"prt", "prep", "advmod", "dobj"}}
    top = noun
    while top.dep_ == "conj" and top.head.pos_ in {"NOUN", "PROPN"}:
        top = top.head
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
