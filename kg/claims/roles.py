"""Fills the roles of a trigger's frame: which argument, of what type, is initiator, target or place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from kg.claims.drafts import Draft
from kg.claims.fillers import Fillers
from kg.claims.predicates import Argument, arguments, light_verb
from kg.claims.role_checks import (
    carries_relief,
    is_area,
    is_located,
    is_people,
    is_told,
    of_quantity,
    stands_in_place,
)
from kg.claims.role_words import words_of
from kg.claims.triggers import FrameSlot, TriggerRow, frame, is_figurative_argument
from kg.language.clauses import is_nominal, is_passive
from kg.language.lemmas import lemma_of
from kg.model import Actor, ActorType, Place, PlaceType

__all__ = ["ALONE", "AMID_FIGHTING", "fill"]

DEEPEST_COUNT = 3
# In these a place changes hands: who is said to hold it is who lost it.
HOLDING = frozenset(["capture", "lose", "fall"])
# People are what these happen to, not the things that people own: "seized the garrison of the army" is no arrest.
PERSONAL_FRAMES = frozenset(["beat", "detain", "kill", "displace", "flee", "release"])
CIVIL_FRAMES = frozenset(["talks", "sanction", "aid", "threat", "protest"])
# Who is moved and from where to where are two things told: "were flown out of the enclave".
MOVED_FRAMES = frozenset(["evacuate"])
# Whose nouns are those who move: "sent troops", "moved residents out", "handed over ten prisoners".
MOVING_FRAMES = frozenset(["deploy", "evacuate", "pull", "release"])
# "A and B met", "violence between A and B": two parties are both sides.
MUTUAL_FRAMES = frozenset(["talks", "battle"])
# "The strike by nurses", "the bank seized control": none of theirs.
ARMED_ONLY = frozenset(["Advance", "AirStrike", "Capture", "Deployment", "Siege"])
ARMED = frozenset([ActorType.STATE_FORCES, ActorType.ARMED_GROUP])
UNARMED = frozenset([ActorType.POPULATION, ActorType.CIVIL_ORGANIZATION, ActorType.MEDIA_OUTLET])
# With these the place is meant before whoever may be called by its name.
PLACE_FIRST = frozenset(["object", "on", "to", "at", "into", "from", "of", "against"])
# How many of subject and the other functions must be filled for a row of a strength to hold: in a sentence that is
# all that is known, and in a report that tells of fighting, where "the school was flattened" has but one meaning.
ALONE: Mapping[str, int] = {"pair": 2, "typed": 1, "context": 1, "amid": 3, "toll": 2}
AMID_FIGHTING: Mapping[str, int] = {**ALONE, "context": 0, "amid": 0, "toll": 1}


def fill(trigger: Token, row: TriggerRow, fillers: Fillers, needed: Mapping[str, int] = ALONE) -> Draft | None:
    """Return the draft that a trigger makes when it stands for a lexicon row, or None where the row does not hold.

    `needed` says how many functions a row of a strength wants filled: `ALONE` or `AMID_FIGHTING`.
    """
    found = arguments(trigger)
    found = (*found, *_of_idiom(row, found), *_behind_particle(row, found))
    if any(_is_figurative(row, argument) for argument in found):
        return None
    if row.strength == "cargo" and not carries_relief(trigger, found):
        return None
    filling = _Filling(trigger, row, found, fillers)
    return filling.draft() if filling.holds(needed.get(row.strength, 0)) else None


def _is_figurative(row: TriggerRow, argument: Argument) -> bool:
    """Whether an argument shows that a trigger is meant otherwise; a protest may well be one against a bill."""
    if row.frame == "protest" and argument.function == "against":
        return False
    return is_figurative_argument(argument.function, argument.token)


class _Filling:
    """The roles of one frame as they fill up, slot by slot."""

    def __init__(self, trigger: Token, row: TriggerRow, found: tuple[Argument, ...], fillers: Fillers) -> None:
        self.trigger, self.row, self.found, self.fillers = trigger, row, found, fillers
        self.roles: dict[str, list[Actor]] = {
            role: [] for role in ("initiator", "target", "supporter", "initiator-else")
        }
        self.where: dict[str, Place] = {}
        self.functions: set[str] = set()
        self.steps: list[str] = []
        self.fallbacks = 0
        self.counted: Token | None = None
        self.held_by: list[Actor] = []
        self.missing = {slot.role for slot in frame(row.frame) if slot.required}
        for slot in frame(row.frame):
            for argument in _of_function(found, slot):
                in_place = slot.filler in {"place", "country"}
                if self._take_place(slot, argument) if in_place else self._take_actors(slot, argument):
                    self._note(slot)
                    self.steps.append(f"{slot.role}: {argument.function} {argument.token.text!r}")
                    self.fallbacks += not argument.certain
        self.roles["initiator"] = self.roles["initiator"] or self.roles["initiator-else"] or self._whose_weapon()
        self.roles["target"] = self.roles["target"] or self.held_by
        if row.frame in MUTUAL_FRAMES and len(self.roles["initiator"]) > 1:
            self.functions |= {"subject", "other"}
        elif row.frame == "talks" and any(a.function == "subject" and a.token.tag_ == "NNS" for a in found):
            # "The two leaders met": several they are, whoever they are.
            self.functions.add("subject")

    def holds(self, needed: int) -> bool:
        """Return whether that many functions are filled, by fillers that can do or suffer such a thing."""
        if self.missing or len(self.functions) < self._needed(needed):
            return False
        initiators = self.roles["initiator"]
        if self.row.frame == "lose" and self.row.objects and not self.roles["target"]:
            # "Lost ground" is said of currencies and parties too.
            return False
        if self.row.event_class in ARMED_ONLY and initiators and all(actor.type in UNARMED for actor in initiators):
            if self._by_men("armed-men"):
                self.roles["initiator"] = []
            elif not self._by_men("commanding"):
                return False
        if self.row.event_class in {"Deployment", "Withdrawal"} and self._moves_no_force():
            return False
        if not self._is_of_them():
            return False
        if self.row.frame in MOVED_FRAMES and self.row.pos == "verb" and not self.row.particles:
            # "The envoy flew to the capital" takes nobody out.
            return any(argument.function == "object" for argument in self.found)
        if self.row.frame == "talks" and self.row.pos == "verb":
            return not _only_forces(self.roles) and not _meets_up(self.trigger, self.row)
        return self.row.frame != "destroy" or not self._destroys_somebody()

    def draft(self) -> Draft:
        """Return the draft with what was filled."""
        return Draft(
            trigger=self.trigger,
            event_class=self.row.event_class,
            row=self.row,
            arguments=self.found,
            initiator=_unique(self.roles["initiator"]),
            target=_unique(self.roles["target"], without=self.roles["initiator"]),
            supporter=_unique(self.roles["supporter"]),
            place=self.where.get("place"),
            origin=self.where.get("origin"),
            destination=self.where.get("destination"),
            counted=self.counted,
            fallbacks=self.fallbacks,
            steps=tuple(self.steps),
        )

    def _whose_weapon(self) -> list[Actor]:
        """ "Russian missiles slammed into": the weapon that names the event is somebody's."""
        owner = self.fillers.actor(self.trigger) if self.row.frame == "strike" and self.row.pos == "noun" else None
        return [owner] if owner is not None and owner.type is ActorType.STATE_FORCES else []

    def _note(self, slot: FrameSlot) -> None:
        self.missing.discard(slot.role)
        apart = self.row.frame in MOVED_FRAMES
        self.functions.add(slot.function if apart or slot.function == "subject" else "other")

    def _take_place(self, slot: FrameSlot, argument: Argument) -> bool:
        place = _place(argument, self.fillers)
        if self.row.frame == "lose" and place is not None and self._holds_people(argument.token):
            # "The loss of 600 soldiers in the north" is no loss of the north.
            return False
        if slot.filler == "country" and (place is None or place.type is not PlaceType.COUNTRY):
            return False
        changes_hands = self.row.frame in HOLDING
        if place is None and slot.required:
            if changes_hands:
                self.held_by.extend(self.fillers.holders(argument.token))
                place = self.fillers.unknown_place(argument.token)
                if place is None and lemma_of(self.trigger) in words_of("taking-ground"):
                    place = self.fillers.ground(argument.token)
            if place is None and (is_area(argument.token) or argument.token.lower_ in {"it", "there"}):
                # "liberated dozens of villages": ground it is, though no place that has a name.
                self._note(slot)
        if place is None or slot.role in self.where:
            return False
        self.where[slot.role] = place
        if changes_hands:
            self.held_by.extend(self.fillers.holders(argument.token))
        return True

    def _holds_people(self, token: Token) -> bool:
        named = self.fillers.named_place(token) is not None or self.fillers.is_asset(token)
        return not named and bool(self.fillers.actors(token))

    def _take_actors(self, slot: FrameSlot, argument: Argument) -> bool:
        if lemma_of(argument.token) in self.row.objects and self.row.frame not in MOVING_FRAMES:
            return False
        if slot.filler == "owner":
            actors = self.fillers.owners(argument.token)
        else:
            actors = _actors(argument, slot, self.fillers, self.row.frame) or self._counted_actors(slot, argument)
            if not actors and slot.role == "target" and is_people(argument.token):
                self._take_somebody(slot, argument)
        if not actors:
            return False
        self.roles[slot.role].extend(actors)
        if slot.role == "target" and self.row.measure:
            self.counted = self.counted or argument.token
        return True

    def _counted_actors(self, slot: FrameSlot, argument: Argument) -> tuple[Actor, ...]:
        """Return whom a word of quantity counts: "nearly all of the thousands of refugees"."""
        token, seen = argument.token, 0
        while lemma_of(token) in words_of("counting") and seen < DEEPEST_COUNT:
            token, seen = next(of_quantity(token), token), seen + 1
        if token.i == argument.token.i:
            return ()
        return _actors(Argument(argument.function, token), slot, self.fillers, self.row.frame)

    def _take_somebody(self, slot: FrameSlot, argument: Argument) -> None:
        """Somebody it is, though the text does not say who: "anyone", "eight more", "180,000"."""
        self._note(slot)
        self.counted = self.counted or argument.token
        if self.row.frame in {"displace", "flee"} and argument.token.lower_ not in words_of("indefinite"):
            self.roles[slot.role].append(self.fillers.people)

    def _needed(self, needed: int) -> int:
        if self.row.strength == "toll" and self.trigger.dep_ == "amod":
            # "133 wounded people were flown out" says who they are.
            return 2
        if self.row.strength == "context" and needed == 0 and not is_told(self.trigger, self.found):
            needed = 1
        if needed == 2 and is_nominal(self.trigger) and light_verb(self.trigger) is not None:
            needed = 1
        idiom = bool(self.row.particles or self.row.objects)
        if needed == 2 and self.row.frame == "detain" and is_passive(self.trigger) and (idiom or self._takes_people()):
            needed = 1
        if needed == 1:
            return 0 if is_located(self.found, self.fillers) else 1
        return 1 if needed == 2 and stands_in_place(self.found, self.fillers) else needed

    def _moves_no_force(self) -> bool:
        """ "A journalist was leaving the town", "gunmen pulled men from their homes", "will deploy teachers"."""
        sent = self.row.frame == "deploy" and not self._by_men("armed-men", "object")
        named = (a.token for a in self.found if a.function == "object" and (sent or self.row.frame == "pull"))
        moved = [actor for token in named for actor in self.fillers.actors(token)]
        if moved:
            return all(actor.type in UNARMED for actor in moved)
        initiators = self.roles["initiator"]
        alone = bool(initiators) and all(actor.type is ActorType.PERSON for actor in initiators)
        return alone and lemma_of(self.trigger) in words_of("going")

    def _is_of_them(self) -> bool:
        """Return whether those who act may do such a thing: troops are no protesters, rescuers do not abduct."""
        initiators = self.roles["initiator"]
        kinds = {actor.type for actor in initiators}
        if not initiators:
            return True
        if self.row.frame == "mob" or (self.row.frame == "protest" and self.row.strength == "pair"):
            # "Troops blocked the road" and "rebels gathered in the square" are no protest.
            return not kinds <= (ARMED | {ActorType.PERSON} if self.row.frame == "mob" else ARMED)
        if self.row.frame == "beat":
            # Unless they are armed, who beats another may have played a game.
            return bool(kinds & ARMED)
        led = bool(self.row.particles) or lemma_of(self.trigger) == "take"
        taken = self.row.frame in {"detain", "snatch"} and self.row.strength == "pair" and led
        # "Rescuers pulled two children from a house", "drove off with their daughter".
        return not (taken and kinds == {ActorType.POPULATION}) or self._by_men("armed-men")

    def _by_men(self, sense: str, function: str = "subject") -> bool:
        """ "Men surrounded the village": armed they are, though the text does not say who; so are "its commanders"."""
        doers = [argument.token for argument in self.found if argument.function == function]
        return bool(doers) and all(lemma_of(token) in words_of(sense) for token in doers)

    def _takes_people(self) -> bool:
        """ "Ten men were captured": who is taken are people, though nobody says by whom."""
        if self.trigger.dep_ == "amod" or lemma_of(self.trigger) == "take":
            # People are taken to hospitals and off lists too.
            return False
        return bool(self.roles["target"]) and all(a.type is not ActorType.GOVERNMENT for a in self.roles["target"])

    def _destroys_somebody(self) -> bool:
        """ "Destroy the terrorist group" razes nothing."""
        return any(
            argument.function == "object"
            and argument.token.pos_ != "PRON"
            and lemma_of(argument.token) not in self.row.objects
            and self.fillers.actor(argument.token) is not None
            and not self.fillers.is_asset(argument.token)
            for argument in self.found
        )


def _of_idiom(row: TriggerRow, found: tuple[Argument, ...]) -> Iterator[Argument]:
    """What hangs on the noun of an idiom belongs to the idiom: "took control of the airport"."""
    if row.objects:
        for argument in found:
            if lemma_of(argument.token) in row.objects:
                for inner in arguments(argument.token):
                    if inner.function == "subject":
                        yield Argument("maker", inner.token, inner.certain)
                    elif inner.function != "compound":
                        yield inner


def _behind_particle(row: TriggerRow, found: tuple[Argument, ...]) -> Iterator[Argument]:
    """ "Hauled in two students", "beat up a nurse": the parser may take the particle for a preposition."""
    alone = row.frame in PERSONAL_FRAMES and len(row.particles) == 1 and not row.objects
    if alone and not any(argument.function == "object" for argument in found):
        yield from (Argument("object", a.token, certain=False) for a in found if a.function == row.particles[0])


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
    # "Threatened that Russia would hit back": the parser makes the threat's object of who is to act.
    addressed = frame_name == "threat" and argument.token.dep_ != "nsubj"
    if (frame_name == "sanction" or addressed) and slot.role == "target":
        state = fillers.state(argument.token, armed=False)
        if state is not None:
            return (state,)
    if slot.function in PLACE_FIRST and not addressed and fillers.named_place(argument.token) is not None:
        return ()
    return fillers.actors(argument.token)


def _unique(actors: list[Actor], without: list[Actor] | None = None) -> tuple[Actor, ...]:
    banned = {actor.key for actor in without or ()}
    return tuple({actor.key: actor for actor in actors if actor.key not in banned}.values())
