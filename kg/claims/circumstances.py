"""Reads where the event of a draft happened, from its clause, else its sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Token

from kg.claims.cues import is_speech
from kg.claims.events import Draft
from kg.claims.fillers import Fillers
from kg.claims.predicates import light_verb
from kg.language.clauses import prepositional
from kg.language.texts import sentence_of
from kg.model import ActorType, Place, PlaceType
from kg.names.spelling import slug

__all__ = ["MOVEMENTS", "clause_head", "where"]

MOVEMENTS = frozenset(
    ["Advance", "Withdrawal", "BorderCrossing", "Deployment", "Displacement", "Evacuation", "AidDelivery"]
)
LEAVINGS = frozenset(["Withdrawal", "Displacement", "Evacuation"])
# What parties agree on or threaten is seldom where the other things of the sentence are.
HELD = frozenset(["Negotiation", "Agreement", "Sanction", "Threat", "Release"])
LOCATING = frozenset(
    {
        *(
            "above",
            "across",
            "along",
            "around",
            "at",
            "behind",
            "below",
            "beneath",
            "beside",
            "between",
            "in",
            "inside",
            "near",
            "off",
            "on",
            "opposite",
            "outside",
            "over",
            "through",
            "under",
        ),
        *("throughout", "within", "north", "south", "east", "west"),
    }
)
# What is done from a place is not done there; who is freed or abducted from it was there.
AIMED = frozenset(["AirStrike", "Attack", "Bombing", "Capture", "ChemicalAttack", "Shelling"])
WITNESSES = frozenset([ActorType.PERSON, ActorType.POPULATION])
BORDERS = frozenset(["border", "borderline", "frontier"])
SUBJECTS = frozenset(["nsubj", "nsubjpass"])
NOMINAL = frozenset(["nsubj", "nsubjpass", "dobj"])
CLAUSAL = frozenset(["advcl", "conj", "xcomp", "acl", "pcomp"])


def clause_head(draft: Draft) -> Token:
    """Return the head of the clause that makes a claim: the trigger, or the verb that carries it."""
    if draft.trigger.pos_ in {"VERB", "AUX"}:
        return draft.trigger
    carrier = light_verb(draft.trigger)
    if carrier is None and draft.trigger.dep_ in {"nsubj", "nsubjpass"} and not is_speech(draft.trigger.head):
        carrier = draft.trigger.head
    return carrier or draft.trigger


def where(
    draft: Draft, fillers: Fillers, others: Mapping[int, Draft]
) -> tuple[Place | None, Place | None, Place | None]:
    """Return location, origin and destination of a draft, each None where the text gives none.

    `others` are the report's drafts by the token number of their triggers: a clause that hangs on another's happens
    where that one does.
    """
    origin, destination = draft.origin, draft.destination
    if draft.event_class in MOVEMENTS:
        location = destination or draft.place or origin
        if location is None:
            location = _situated(draft, fillers, others)
        return location, origin, destination
    return _finer(draft.place or _situated(draft, fillers, others), draft, fillers), None, None


def _finer(place: Place | None, draft: Draft, fillers: Fillers) -> Place | None:
    """Return the place within a country that the clause names too: "the assault on Yirgou killed 46 in Burkina"."""
    if place is None or place.type is not PlaceType.COUNTRY:
        return place
    for argument in draft.arguments:
        if argument.function not in LOCATING | {"object", "of", "against", "subject"}:
            continue
        noun = argument.token
        named = fillers.place(noun) if fillers.actor(noun) is None else None
        if named is None or named.type is PlaceType.COUNTRY:
            continue
        # A sea or a region of several countries has no code of its own, nor has a name that nobody knows.
        if named.country_code == place.country_code or (named.country_code is None and named.unresolved):
            return named
    return place


def _situated(draft: Draft, fillers: Fillers, others: Mapping[int, Draft]) -> Place | None:
    held = draft.event_class in HELD
    functions = {"in", "at", "near", "outside"} if held else LOCATING
    located = [fillers.place(argument.token) for argument in draft.arguments if argument.function in functions]
    narrowest = _narrowest([place for place in located if place is not None])
    if narrowest is not None:
        return narrowest
    aimed = {"object", "of", "against", "on", "to", "compound", "subject"}
    for argument in () if held else draft.arguments:
        whence = argument.function == "from"
        if argument.function in aimed or (whence and not _is_launched(argument.token, draft, fillers)):
            if argument.function in {"subject", "compound"} and fillers.actor(argument.token) is not None:
                place = _held_in(argument.token, fillers)
            elif argument.function == "compound":
                place = fillers.named_place(argument.token)
                place = None if place is not None and place.type is PlaceType.COUNTRY else place
            else:
                place = fillers.place(argument.token) or _held_in(argument.token, fillers)
            if place is not None:
                return place
    if (place := _told_behind(draft, fillers, others)) is not None:
        return place
    if (place := _visited(draft, fillers)) is not None:
        return place
    if not held and (place := _borderland(draft)) is not None:
        return place
    for node in _governors(draft):
        governing = others.get(node.i)
        if governing is not None and governing is not draft and (place := _scene_of(governing)) is not None:
            return place
        adjuncts = [place for child in node.children if (place := _adjunct_place(child, fillers)) is not None]
        narrowest = _narrowest(adjuncts or _beside_actors(node, fillers))
        if narrowest is not None:
            return narrowest
        for child in node.children:
            event = others.get(child.i) if child.dep_ in SUBJECTS else None
            if event is not None and event is not draft and (place := event.place or _held_in(child, fillers)):
                return place
    return None if held else _in_sentence(draft, fillers)


def _is_launched(whence: Token, draft: Draft, fillers: Fillers) -> bool:
    """Tell whether "from" says where shots come from, and not from whom: "fired from a position near Tyre"."""
    # "17 km from Gambo" is near it.
    measured = any(child.dep_ == "npadvmod" for child in whence.head.children)
    return draft.event_class in AIMED and not measured and fillers.actor(whence) is None


def _scene_of(governing: Draft) -> Place | None:
    """Return where what hangs on an event happened: who flees from fighting does so at the origin."""
    if governing.event_class in LEAVINGS and governing.origin is not None:
        return governing.origin
    return governing.destination or governing.place


def _told_behind(draft: Draft, fillers: Fillers, others: Mapping[int, Draft]) -> Place | None:
    """Return where a clause behind a noun says that its event was: "a truce that they had signed at Kunming"."""
    if draft.trigger.pos_ in {"VERB", "AUX"}:
        return None
    for clause in draft.trigger.children:
        if clause.dep_ in {"acl", "relcl"} and clause.pos_ == "VERB" and clause.i not in others:
            adjuncts = [place for child in clause.children if (place := _adjunct_place(child, fillers)) is not None]
            if (place := _narrowest(adjuncts or _beside_actors(clause, fillers))) is not None:
                return place
    return None


def _visited(draft: Draft, fillers: Fillers) -> Place | None:
    """Return where somebody goes for a meeting: "flew to Paris on Monday for talks"."""
    purpose = draft.trigger.head
    if draft.trigger.dep_ != "pobj" or purpose.lower_ != "for" or purpose.head.pos_ not in {"VERB", "AUX"}:
        return None
    whither = (token for function, token in prepositional(purpose.head) if function in {"to", "in"})
    return next((place for token in whither if (place := fillers.place(token)) is not None), None)


def _borderland(draft: Draft) -> Place | None:
    """Return the border at which the text says that it happened: it has no name, and is in neither country alone."""
    for argument in draft.arguments:
        noun = argument.token
        if argument.function in LOCATING and noun.lemma_.lower() in BORDERS:
            first = next((child for child in noun.children if child.dep_ == "amod" and child.text[:1].isupper()), noun)
            label = noun.doc[first.i : noun.i + 1].text
            return Place(
                key=slug(label), label=label, names=(noun.text,), type=PlaceType.NATURAL_FEATURE, unresolved=True
            )
    return None


def _beside_actors(verb: Token, fillers: Fillers) -> list[Place]:
    """Return the places that the parser hangs on who takes part, where they belong to the verb.

    "Met the premier in Paris", "between the army and the rebels at Kunming".
    """
    found = []
    for child in verb.children:
        nouns = [child] if child.dep_ in {"dobj", "nsubjpass"} else []
        nouns += [inner for inner in child.children if inner.dep_ == "pobj"] if child.dep_ in {"prep", "agent"} else []
        nouns += [
            inner
            for noun in nouns
            for preposition in noun.children
            if preposition.dep_ == "prep" and preposition.lower_ in {"with", "between"}
            for inner in preposition.children
            if inner.dep_ == "pobj"
        ]
        for noun in nouns:
            parties = (noun, *noun.conjuncts)
            if any(fillers.actor(party) is not None for party in parties):
                found += [place for party in parties if (place := _held_in(party, fillers)) is not None]
    return found


def _narrowest(places: Sequence[Place]) -> Place | None:
    """Return the first of the places that contains none of the others, a country only where no other is named."""
    inner = [place for place in places if place.type is not PlaceType.COUNTRY]
    for place in inner or places:
        if not any(_lies_within(other, place) for other in places if other.key != place.key):
            return place
    return None


def _lies_within(inner: Place, outer: Place) -> bool:
    place = inner.within
    while place is not None:
        if place.key == outer.key:
            return True
        place = place.within
    return False


def _held_in(noun: Token, fillers: Fillers) -> Place | None:
    for child in noun.children:
        place = _adjunct_place(child, fillers)
        if place is not None:
            return place
    return None


def _adjunct_place(child: Token, fillers: Fillers) -> Place | None:
    if child.dep_ == "prep" and child.lower_ in LOCATING:
        objects = [inner for inner in child.children if inner.dep_ in {"pobj", "pcomp"}]
        for inner in objects:
            parties = child.lower_ == "between" and fillers.actor(inner) is not None
            if inner.dep_ == "pobj" and not parties and (place := fillers.place(inner)) is not None:
                return place
        if not objects and child.i + 1 < len(child.doc):
            # "In Gao police arrested": the parser makes one name of what stands side by side.
            return _name_behind(child, fillers)
    if child.dep_ == "advmod" and child.lower_ in {"there", "here"}:
        return fillers.place(child)
    return None


def _name_behind(preposition: Token, fillers: Fillers) -> Place | None:
    """Return the place that the next words name, unless it is a capital that acts: "In May Paris sent troops"."""
    behind = preposition.nbor()
    for mention in fillers.place_mentions.get(behind.i, ()):
        if mention.start == behind.idx and isinstance(mention.value, Place):
            acting = any(
                (other.start, other.end) == (mention.start, mention.end)
                for other in fillers.actor_mentions.get(behind.i, ())
            )
            return None if acting else mention.value
    return None


def _governors(draft: Draft) -> Iterator[Token]:
    node = clause_head(draft)
    if node.pos_ not in {"VERB", "AUX"}:
        # A noun that is an argument happens where its verb happens, unless that verb reports speech.
        while node.head.i != node.i and node.pos_ not in {"VERB", "AUX"}:
            node = node.head
            if node.dep_ in {"relcl"}:
                break
        if node.pos_ in {"VERB", "AUX"} and not is_speech(node):
            yield node
    else:
        yield node
    while (node.dep_ in CLAUSAL or (node.dep_ in NOMINAL and node.pos_ in {"NOUN", "PROPN"})) and node.head.i != node.i:
        # "Without having agreed", "after seizing it": the preposition only leads to the verb above.
        node = node.head.head if node.dep_ == "pcomp" else node.head
        if is_speech(node):
            return
        if node.pos_ in {"VERB", "AUX"}:
            yield node


def _in_sentence(draft: Draft, fillers: Fillers) -> Place | None:
    sentence = sentence_of(draft.trigger)
    nearest: tuple[int, Place] | None = None
    for token in sentence:
        if token.dep_ != "pobj" or token.head.lower_ not in LOCATING:
            continue
        place = fillers.named_place(token)
        if place is None or _is_elsewhere(token, draft, fillers):
            continue
        distance = abs(token.i - draft.trigger.i)
        if nearest is None or distance < nearest[0]:
            nearest = (distance, place)
    return nearest[1] if nearest is not None else None


def _is_elsewhere(place: Token, draft: Draft, fillers: Fillers) -> bool:
    """Tell whether a place is where somebody speaks or acts who is not in the event, or where shots come from."""
    if place.head.i == sentence_of(place).start and place.i + 1 < sentence_of(place).end and place.nbor().text == ",":
        return False  # "In Basra, officials said that": it sets the scene
    noun = place.head.head
    told = any(child.dep_ == "prep" and child.i < place.head.i for child in noun.children)
    if told and draft.event_class in AIMED and place.head.lower_ in {"at", "on"} and noun.dep_ == "pobj":
        return False  # "Fired rockets from the hills of Golan at Tyre"
    node = place
    while node.head.i != node.i and node.head.pos_ not in {"VERB", "AUX"}:
        below, node = node, node.head
        if node.lower_ == "from" and _is_launched(below, draft, fillers):
            return True
    verb = node.head
    if is_speech(place.head.head):
        return True
    if verb.dep_ in {"acl", "relcl"} and verb.head.dep_ == "nsubj" and is_speech(verb.head.head):
        return verb.i not in {draft.trigger.i, clause_head(draft).i}
    own = verb.i == clause_head(draft).i or verb.i == draft.trigger.i
    actor = fillers.actor(node)
    # Witnesses are where it happened, officials are elsewhere.
    return node.dep_ == "nsubj" and not own and actor is not None and actor.type not in WITNESSES
