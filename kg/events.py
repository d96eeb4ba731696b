"""Makes drafts of claims: which trigger names which class of event, and who and what stands in which role."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations

from spacy.tokens import Doc, Token

from kg import lexicon
from kg.fillers import Fillers
from kg.lemmas import lemma_of
from kg.model import GROUP_OF, Actor, ActorType, Place, PlaceType
from kg.predicates import Argument, arguments, is_passive, light_verb
from kg.triggers import (
    Candidate,
    FrameSlot,
    TriggerRow,
    figurative_sentences,
    find_candidates,
    frame,
    is_figurative_argument,
)

__all__ = ["Draft", "read_drafts"]

CIVIL = frozenset([ActorType.POPULATION, ActorType.PERSON, ActorType.CIVIL_ORGANIZATION, ActorType.MEDIA_OUTLET])
AUTHORITIES = frozenset([ActorType.STATE_FORCES, ActorType.GOVERNMENT, ActorType.INTERNATIONAL_ORGANIZATION])
INDEFINITE = frozenset(["anyone", "anybody", "someone", "somebody", "everyone", "everybody", "nobody"])
QUANTITIES = frozenset(
    ["dozen", "hundred", "thousand", "million", "ten", "score", "other", "another", "more", "many", "most", "some"]
)
PERSONAL = frozenset(["member", "person", "inhabitant", "other", "soul"])
WIELDING = frozenset(["use", "employ", "deploy", "unleash", "detonate", "explode"])
# In these a place changes hands: who is said to hold it is who lost it.
HOLDING = frozenset(["capture", "lose", "fall"])
FORCE = frozenset(["ArmedEvent", "TerritorialEvent"])
# People are what these happen to, not the things that people own: "seized the garrison of the army" is no arrest.
PERSONAL_FRAMES = frozenset(["detain", "kill", "displace", "flee", "release"])
CIVIL_FRAMES = frozenset(["talks", "sanction", "aid", "threat", "protest"])
ARMED_ONLY = frozenset(["Advance", "Siege", "Capture"])
UNARMED = frozenset([ActorType.POPULATION, ActorType.CIVIL_ORGANIZATION, ActorType.MEDIA_OUTLET])
SPECIFIC = frozenset(["ChemicalAttack", "AirStrike", "Bombing", "Shelling", "SexualViolence", "Abduction"])
# One deed may be named by two words of different classes: "fired" and "poison gas", "negotiated" and "truce".
DEEDS = frozenset(["Attack", "AirStrike", "Shelling", "Bombing", "ChemicalAttack"])
SAME_DEED = frozenset(frozenset(pair) for pair in combinations(sorted(DEEDS), 2))


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim in the making: its trigger, its class and what the frame could fill.

    `arguments` are the arguments of the trigger, `counted` the token whose number a figure is read from, `fallbacks`
    how many roles were not read off the tree alone. `cause` is the trigger of the event that did this one: "the strike"
    in "the strike destroyed a hospital".
    """

    trigger: Token
    event_class: str
    row: TriggerRow
    arguments: tuple[Argument, ...]
    initiator: tuple[Actor, ...] = ()
    target: tuple[Actor, ...] = ()
    supporter: tuple[Actor, ...] = ()
    place: Place | None = None
    origin: Place | None = None
    destination: Place | None = None
    counted: Token | None = None
    fallbacks: int = 0
    steps: tuple[str, ...] = ()
    cause: Token | None = None


def read_drafts(doc: Doc, fillers: Fillers) -> tuple[Draft, ...]:
    """Return the drafts of a Doc's claims in the order of their triggers."""
    figurative = figurative_sentences(doc)
    candidates = {c.token.i: c for c in find_candidates(doc) if c.token.sent.start not in figurative}
    drafts = {i: _draft(c, fillers) for i, c in candidates.items() if _stands(c.token)}
    found = {i: draft for i, draft in drafts.items() if draft is not None}
    return _without_echoes(tuple(_under_effort(draft, candidates, found) for draft in found.values()))


def _under_effort(draft: Draft, candidates: Mapping[int, Candidate], found: Mapping[int, Draft]) -> Draft:
    """Return the fighting, where only the fighting's purpose says who and where: "fighting to oust them from it"."""
    effort = candidates.get(draft.trigger.head.i)
    if effort is None or effort.token.i in found or draft.trigger.tag_ != "VB" or not _is_purpose(draft.trigger):
        return draft
    row = effort.rows[0]
    if not {GROUP_OF[row.event_class], GROUP_OF[draft.event_class]} <= FORCE:
        return draft
    return replace(draft, trigger=effort.token, event_class=row.event_class, row=row)


def _is_purpose(verb: Token) -> bool:
    return verb.dep_ in {"acl", "xcomp", "advcl", "relcl"} and any(child.lower_ == "to" for child in verb.children)


def _stands(trigger: Token) -> bool:
    """A noun within a compound names no event, nor does a weapon that only lies about: it must do something."""
    if trigger.pos_ == "VERB":
        return True
    if trigger.dep_ == "compound" and trigger.head.pos_ in {"NOUN", "PROPN"}:
        return False
    if not any(name in _instruments() for name in _names(trigger)):
        return True
    above = trigger.head
    if trigger.dep_ in {"nsubj", "nsubjpass"}:
        return above.lemma_ not in {"be", "have", "include"}
    if trigger.dep_ == "dobj":
        return above.lemma_ in WIELDING
    if trigger.dep_ != "pobj":
        return False
    return above.head.lemma_ == "use" or (
        above.head.pos_ == "VERB" and above.lower_ in {"by", "in", "with", "under", "from"}
    )


def _without_echoes(drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    """Return the drafts less those that another word of the same clause makes: "agreed on a truce" is one claim."""
    by_token = {draft.trigger.i: draft for draft in drafts}
    dropped: set[int] = set()
    for draft in drafts:
        if draft.trigger.pos_ not in {"VERB", "AUX"}:
            continue
        for argument in draft.arguments:
            other = by_token.get(argument.token.i)
            if (
                other is None
                or other.trigger.pos_ == "VERB"
                or GROUP_OF[other.event_class] != GROUP_OF[draft.event_class]
            ):
                continue
            idiom = lemma_of(other.trigger) in draft.row.objects
            alike = {draft.event_class, other.event_class} in SAME_DEED or draft.event_class == other.event_class
            if argument.function == "subject" and alike and draft.event_class != "AidDelivery":
                dropped.add(draft.trigger.i)
                by_token[other.trigger.i] = _joined(other, draft)
            elif idiom or alike:
                dropped.add(other.trigger.i)
                by_token[draft.trigger.i] = _joined(by_token[draft.trigger.i], other)
    kept = {draft.trigger.i: by_token[draft.trigger.i] for draft in drafts if draft.trigger.i not in dropped}
    return tuple(_caused(draft, kept) for draft in kept.values())


def _caused(draft: Draft, drafts: Mapping[int, Draft]) -> Draft:
    """Return a draft whose subject is another event with that event as its cause, and with who did that."""
    if draft.trigger.pos_ != "VERB":
        return draft
    for argument in draft.arguments:
        if argument.function != "subject":
            continue
        for token in (argument.token, *_of_quantity(argument.token)):
            cause = drafts.get(token.i)
            if cause is not None and cause is not draft:
                return replace(draft, cause=cause.trigger, initiator=draft.initiator or cause.initiator)
    return draft


def _of_quantity(noun: Token) -> Iterator[Token]:
    """The events of "a series of strikes", "two waves of attacks"."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            yield from (inner for inner in child.children if inner.dep_ == "pobj")


def _served(draft: Draft, by_token: Mapping[int, Draft], dropped: set[int]) -> Draft | None:
    """The event noun of the clause whose purpose a draft tells, where both name one kind of deed."""
    if draft.trigger.tag_ != "VB" or not _is_purpose(draft.trigger):
        return None
    for child in draft.trigger.head.children:
        other = by_token.get(child.i) if child.dep_ in {"dobj", "nsubjpass"} else None
        if other is None or other.trigger.i in dropped:
            continue
        if {draft.event_class, other.event_class} <= DEEDS:
            return other
    return None


def _by_force(one: Draft, other: Draft) -> bool:
    return {GROUP_OF[one.event_class], GROUP_OF[other.event_class]} <= FORCE


def _joined(kept: Draft, other: Draft) -> Draft:
    """Return a draft with the roles that it lacks filled from an echo, and the more telling class of the two."""
    telling = (
        other.event_class if other.event_class in SPECIFIC and kept.event_class not in SPECIFIC else kept.event_class
    )
    return replace(
        kept,
        event_class=telling,
        initiator=kept.initiator or other.initiator,
        target=kept.target or other.target,
        supporter=kept.supporter or other.supporter,
        place=kept.place or other.place,
        origin=kept.origin or other.origin,
        destination=kept.destination or other.destination,
        counted=kept.counted or other.counted,
    )


def _draft(candidate: Candidate, fillers: Fillers) -> Draft | None:
    found = arguments(candidate.token)
    classes = {row.event_class for row in candidate.rows}
    for row in candidate.rows:
        draft = _filled(candidate.token, row, (*found, *_of_idiom(row, found)), fillers)
        if draft is not None:
            return _refined(_detained(draft) if classes >= {"Arrest", "Abduction"} else draft)
    return None


def _detained(draft: Draft) -> Draft:
    """Where a word is used of both, an authority arrests and anybody else abducts: "seized two men"."""
    if draft.event_class not in {"Arrest", "Abduction"}:
        return draft
    by_authority = any(actor.type in AUTHORITIES for actor in draft.initiator)
    measure = "detained" if by_authority else "abducted"
    return replace(
        draft, event_class="Arrest" if by_authority else "Abduction", row=replace(draft.row, measure=measure)
    )


@cache
def _relief() -> dict[str, str]:
    return {row["noun"]: row["kind"] for row in lexicon.rows("relief")}


def _carries_relief(trigger: Token, found: tuple[Argument, ...]) -> bool:
    """Whether what moves is relief: a convoy, ship or lorry with food, "180 tons of food", "aid lorries"."""
    carried = {lemma_of(argument.token) for argument in found if argument.function in {"subject", "object", "of"}}
    if not any(_relief().get(noun) for noun in carried):
        return False
    near = {lemma_of(token) for argument in found for token in argument.token.subtree} | {
        lemma_of(t) for t in trigger.rights
    }
    return any(_relief().get(noun) == "goods" for noun in near)


def _of_idiom(row: TriggerRow, found: tuple[Argument, ...]) -> Iterator[Argument]:
    """What hangs on the noun of an idiom belongs to the idiom: "took control of the airport"."""
    if row.objects:
        for argument in found:
            if lemma_of(argument.token) in row.objects:
                yield from (
                    inner for inner in arguments(argument.token) if inner.function not in {"subject", "compound"}
                )


def _filled(trigger: Token, row: TriggerRow, found: tuple[Argument, ...], fillers: Fillers) -> Draft | None:
    roles: dict[str, list[Actor]] = {"initiator": [], "target": [], "supporter": [], "initiator-else": []}
    where: dict[str, Place] = {}
    functions: set[str] = set()
    steps: list[str] = []
    fallbacks = 0
    counted: Token | None = None
    held_by: list[Actor] = []
    if any(is_figurative_argument(argument.function, argument.token) for argument in found):
        return None
    if row.strength == "cargo" and not _carries_relief(trigger, found):
        return None
    missing = {slot.role for slot in frame(row.frame) if slot.required}
    for slot in frame(row.frame):
        for argument in _of_function(found, slot):
            if slot.filler in {"place", "country"}:
                place = _place(argument, fillers)
                if slot.filler == "country" and (place is None or place.type is not PlaceType.COUNTRY):
                    continue
                if place is None and slot.required and row.frame in HOLDING:
                    held_by.extend(fillers.holders(argument.token))
                if place is None and slot.required and row.frame in HOLDING:
                    place = fillers.unknown_place(argument.token)
                if place is None and slot.required and _is_area(argument.token):
                    # "liberated dozens of villages": ground it is, though no place that has a name.
                    missing.discard(slot.role)
                    functions.add("other")
                if place is None or slot.role in where:
                    continue
                where[slot.role] = place
                if row.frame in HOLDING:
                    held_by.extend(fillers.holders(argument.token))
                steps.append(f"{slot.role}: {argument.function} {argument.token.text!r}")
            else:
                actors = (
                    fillers.owners(argument.token)
                    if slot.filler == "owner"
                    else _actors(argument, slot, fillers, row.frame)
                )
                if not actors and slot.role == "target" and slot.filler == "actor" and _people(argument.token):
                    # Somebody it is, though the text does not say who: "anyone", "eight more", "180,000".
                    missing.discard(slot.role)
                    functions.add("subject" if slot.function == "subject" else "other")
                    counted = counted or argument.token
                    if row.frame in {"displace", "flee"} and argument.token.lower_ not in INDEFINITE:
                        roles[slot.role].append(fillers.people)
                if not actors:
                    continue
                roles[slot.role].extend(actors)
                if slot.role == "target" and row.measure:
                    counted = counted or argument.token
                steps.append(f"{slot.role}: {argument.function} {argument.token.text!r}")
            missing.discard(slot.role)
            functions.add("subject" if slot.function == "subject" else "other")
            if row.frame in {"talks", "battle"} and len(roles["initiator"]) > 1:
                # "A and B met", "violence between A and B": two parties are both sides.
                functions |= {"subject", "other"}
            fallbacks += not argument.certain
    if missing:
        return None
    roles["initiator"] = roles["initiator"] or roles["initiator-else"]
    if row.frame == "talks" and row.pos == "verb" and (_only_forces(roles) or _meets_up(trigger, row)):
        return None
    roles["target"] = roles["target"] or held_by
    needed = {"pair": 2, "typed": 1}.get(row.strength, 0)
    if needed == 2 and trigger.pos_ != "VERB" and light_verb(trigger) is not None:
        needed = 1
    if needed == 2 and row.frame == "detain" and (row.particles or row.objects) and is_passive(trigger):
        needed = 1
    if len(functions) < needed and not (needed == 1 and _located(found, fillers)):
        return None
    if row.frame == "destroy" and any(
        a.function == "object" and fillers.actor(a.token) and not fillers.is_asset(a.token) for a in found
    ):
        return None
    if row.event_class in ARMED_ONLY and roles["initiator"] and all(a.type in UNARMED for a in roles["initiator"]):
        return None
    return Draft(
        trigger,
        row.event_class,
        row,
        found,
        _unique(roles["initiator"]),
        _unique(roles["target"], without=roles["initiator"]),
        _unique(roles["supporter"]),
        where.get("place"),
        where.get("origin"),
        where.get("destination"),
        counted,
        fallbacks,
        tuple(steps),
    )


def _located(found: tuple[Argument, ...], fillers: Fillers) -> bool:
    return any(a.function in {"in", "at", "near", "around", "outside"} and fillers.place(a.token) for a in found)


def _people(token: Token) -> bool:
    lemma = lemma_of(token)
    if lemma in INDEFINITE:
        return True
    if token.pos_ == "NUM" or lemma in QUANTITIES or token.dep_ == "nummod":
        return not any(child.lower_ in {"%", "percent", "$"} for child in token.children)
    return any(child.dep_ == "nummod" for child in token.children) and lemma in PERSONAL


def _meets_up(trigger: Token, row: TriggerRow) -> bool:
    return "up" not in row.particles and any(c.dep_ == "prt" and c.lower_ == "up" for c in trigger.children)


def _only_forces(roles: dict[str, list[Actor]]) -> bool:
    """Troops that meet or join others are not at the negotiating table."""
    parties = [*roles["initiator"], *roles["target"]]
    return bool(parties) and all(actor.type is ActorType.STATE_FORCES for actor in parties)


def _of_function(found: tuple[Argument, ...], slot: FrameSlot) -> Iterator[Argument]:
    for argument in found:
        if argument.function == slot.function:
            yield argument
        elif argument.function == "compound" and (slot.function, slot.filler) in {
            ("subject", "actor"),
            ("of", "place"),
        }:
            # "the army offensive", "the Qana attack": an actor before a noun acts, a place before it is where.
            yield argument


@cache
def _area_nouns() -> frozenset[str]:
    return frozenset(row["noun"] for row in lexicon.rows("area_nouns"))


def _is_area(token: Token) -> bool:
    return any(lemma_of(noun) in _area_nouns() for noun in (token, *_of_quantity(token)))


def _place(argument: Argument, fillers: Fillers) -> Place | None:
    if argument.function == "compound":
        place = fillers.named_place(argument.token)
        # "a U.S. strike" is whose strike it is, not where.
        return place if place is not None and place.type is not PlaceType.COUNTRY else None
    return fillers.place(argument.token)


def _actors(argument: Argument, slot: FrameSlot, fillers: Fillers, frame_name: str) -> tuple[Actor, ...]:
    if argument.function == "compound":
        armed = frame_name not in CIVIL_FRAMES
        actor = fillers.actor(argument.token) or fillers.state(argument.token, armed=armed)
        return (actor,) if actor is not None else ()
    if frame_name in PERSONAL_FRAMES and fillers.is_asset(argument.token):
        return ()
    if slot.function in PLACE_FIRST and fillers.named_place(argument.token) is not None:
        return ()
    return fillers.actors(argument.token)


PLACE_FIRST = frozenset(["object", "on", "to", "at", "into", "from", "of", "against"])


def _unique(actors: list[Actor], without: list[Actor] | None = None) -> tuple[Actor, ...]:
    banned = {actor.key for actor in without or ()}
    return tuple({actor.key: actor for actor in actors if actor.key not in banned}.values())


@cache
def _instruments() -> dict[str, tuple[int, str]]:
    return {row["noun"]: (int(row["rank"]), row["class"]) for row in lexicon.rows("instruments")}


def _refined(draft: Draft) -> Draft:
    """Return the draft with its class from the weapon used, or from who detains whom."""
    event_class = draft.event_class
    if event_class in {"Attack", "Shelling", "Bombing", "AirStrike"} and draft.row.frame in {
        "strike",
        "kill",
        "explode",
    }:
        table = _instruments()
        weapons = [table[name] for token in _instrument_tokens(draft) for name in _names(token) if name in table]
        own = [table[name] for name in _names(draft.trigger) if name in table]
        if weapons and not (own and draft.trigger.pos_ == "NOUN" and event_class != "Attack"):
            best = min(weapons)
            if (
                event_class == "Attack"
                or best[0] < {"AirStrike": 1}.get(event_class, 99)
                or best[1] in {"AirStrike", "ChemicalAttack"}
            ):
                event_class = best[1]
    elif event_class == "Advance" and any(
        argument.function in {"across", "over"} and lemma_of(argument.token) in {"border", "frontier"}
        for argument in draft.arguments
    ):
        event_class = "BorderCrossing"
    elif _driven(draft):
        return replace(draft, event_class="Displacement", row=replace(draft.row, measure="displaced"))
    elif event_class in {"Arrest", "Abduction"} and draft.row.frame == "detain":
        kinds = {actor.type for actor in draft.initiator}
        if event_class == "Arrest" and ActorType.ARMED_GROUP in kinds and not kinds & AUTHORITIES:
            event_class = "Abduction"
    return replace(draft, event_class=event_class) if event_class != draft.event_class else draft


def _driven(draft: Draft) -> bool:
    """Whether it is people, not fighters, who are driven from or into a place."""
    return (
        draft.row.frame == "expel" and bool(draft.target) and all(a.type is ActorType.POPULATION for a in draft.target)
    )


def _instrument_tokens(draft: Draft) -> Iterator[Token]:
    for argument in draft.arguments:
        if argument.function in {"subject", "object", "with", "from", "by", "using", "of", "compound"}:
            yield argument.token
            if argument.function == "object":
                yield from (c for c in argument.token.children if c.dep_ == "compound")
    for child in draft.trigger.children:
        if child.dep_ in {"advcl", "prep"} and child.lower_ == "using":
            yield from (c for c in child.children if c.dep_ in {"dobj", "pobj"})


def _names(token: Token) -> tuple[str, ...]:
    own = lemma_of(token)
    if token.i == 0:
        return (own,)
    return (f"{lemma_of(token.nbor(-1))} {own}", own)
