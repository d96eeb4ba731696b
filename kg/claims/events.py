"""Makes drafts of claims: which trigger names which class of event, and which word only echoes another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import combinations

from spacy.tokens import Doc, Token

from kg import lexicon
from kg.claims.drafts import Draft
from kg.claims.fillers import Fillers
from kg.claims.refinement import by_authority, can_act, refined
from kg.claims.role_checks import of_quantity
from kg.claims.roles import ALONE, AMID_FIGHTING, fill
from kg.claims.triggers import Candidate, figurative_sentences, find_candidates
from kg.language.lemmas import lemma_of
from kg.language.texts import sentence_of
from kg.model import GROUP_OF

__all__ = ["Draft", "read_drafts"]

FORCE = frozenset(["ArmedEvent", "TerritorialEvent"])
# In how many sentences a report must tell of deeds of force before words that only hint at one are read so.
FORCEFUL_SENTENCES = 3
DEADLY = frozenset(["Battle", "Attack", "AirStrike", "Shelling", "Bombing", "ChemicalAttack"])
SPECIFIC = frozenset(["ChemicalAttack", "AirStrike", "Bombing", "Shelling", "SexualViolence", "Abduction"])
# One deed may be named by two words of different classes: "fired" and "poison gas", "negotiated" and "truce".
DEEDS = frozenset(["Attack", "AirStrike", "Shelling", "Bombing", "ChemicalAttack"])
BOTH = frozenset(["Arrest", "Abduction"])
SAME_DEED = frozenset(frozenset(pair) for pair in combinations(sorted(DEEDS), 2))


def read_drafts(doc: Doc, fillers: Fillers) -> tuple[Draft, ...]:
    """Return the drafts of a Doc's claims in the order of their triggers."""
    figurative = figurative_sentences(doc)
    candidates = {c.token.i: c for c in find_candidates(doc) if sentence_of(c.token).start not in figurative}
    found = _drafts(candidates, fillers, ALONE)
    if _tells_of_fighting(found):
        found = _drafts(candidates, fillers, AMID_FIGHTING)
    found = dict(_as_from_the_air(found))
    told = _as_told_before(found)
    return _without_echoes(tuple(_under_effort(draft, candidates, found) for draft in told))


def _drafts(candidates: Mapping[int, Candidate], fillers: Fillers, needed: Mapping[str, int]) -> dict[int, Draft]:
    drafts = ((i, _draft(c, fillers, needed)) for i, c in candidates.items() if can_act(c.token))
    return {i: draft for i, draft in drafts if draft is not None and not _is_state(draft)}


def _as_from_the_air(found: Mapping[int, Draft]) -> Iterator[tuple[int, Draft]]:
    """Yield the drafts with "will strike" an air strike where who strikes does so from the air elsewhere."""
    flying = {a.key for d in found.values() if d.event_class == "AirStrike" for a in d.initiator}
    for index, draft in found.items():
        striking = (
            draft.event_class == "Attack" and draft.trigger.pos_ == "VERB" and lemma_of(draft.trigger) == "strike"
        )
        if striking and any(actor.key in flying for actor in draft.initiator):
            yield index, replace(draft, event_class="AirStrike")
        else:
            yield index, draft


def _as_told_before(found: Mapping[int, Draft]) -> Iterator[Draft]:
    """Yield the drafts with each bare death in the class of the armed event told before it: "seven rebels died"."""
    armed = "Attack"
    for _, draft in sorted(found.items()):
        bare = draft.row.strength == "toll" and not draft.initiator and draft.event_class == "Attack"
        if draft.row.frame == "die" or bare:
            yield replace(draft, event_class=armed)
            continue
        if draft.event_class in DEADLY:
            armed = draft.event_class
        yield draft


def _tells_of_fighting(found: Mapping[int, Draft]) -> bool:
    """Whether a report tells of deeds of force in several sentences, apart from what it hints at."""
    forceful = {sentence_of(draft.trigger).start for draft in found.values() if GROUP_OF[draft.event_class] in FORCE}
    return len(forceful) >= FORCEFUL_SENTENCES


def _draft(candidate: Candidate, fillers: Fillers, needed: Mapping[str, int]) -> Draft | None:
    classes = {row.event_class for row in candidate.rows}
    # "A general strike" that fits no frame is no strike from the air.
    longest = max(len(row.words) for row in candidate.rows)
    rows = [row for row in candidate.rows if len(row.words) == longest or candidate.token.pos_ == "VERB"]
    for row in rows:
        draft = fill(candidate.token, row, fillers, needed)
        if draft is not None:
            # "Took into custody" and "took hostage" say themselves which it is.
            alike = {one.event_class for one in rows if (one.particles, one.objects) == (row.particles, row.objects)}
            open_to_both = classes >= BOTH and (not row.objects or alike >= BOTH)
            return refined(by_authority(draft) if open_to_both else draft)
    return None


def _under_effort(draft: Draft, candidates: Mapping[int, Candidate], found: Mapping[int, Draft]) -> Draft:
    """Return the fighting, where only the fighting's purpose says who and where: "fighting to oust them from it"."""
    effort = candidates.get(draft.trigger.head.i)
    if effort is None or effort.token.i in found or draft.trigger.tag_ != "VB" or not _is_purpose(draft.trigger):
        return draft
    row = effort.rows[0]
    if not {GROUP_OF[row.event_class], GROUP_OF[draft.event_class]} <= FORCE:
        return draft
    return replace(draft, trigger=effort.token, event_class=row.event_class, row=row)


def _is_state(draft: Draft) -> bool:
    """ "Displaced people" says who they are, not that they fled just now."""
    if draft.event_class == "Displacement":
        return draft.trigger.dep_ == "amod"
    # "A truce, brokered by Norway": who brokers stands by the truce's claim.
    brokered = draft.trigger.tag_ == "VBN" and draft.trigger.dep_ in {"acl", "advcl"}
    return draft.event_class == "Negotiation" and brokered and lemma_of(draft.trigger) in _mediating()


@cache
def _mediating() -> frozenset[str]:
    return frozenset(row["lemma"] for row in lexicon.rows("support") if row["kind"] == "mediate")


def _is_purpose(verb: Token) -> bool:
    return verb.dep_ in {"acl", "xcomp", "advcl", "relcl"} and any(child.lower_ == "to" for child in verb.children)


def _without_echoes(drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    """Return the drafts less those that another word of the same clause makes: "agreed on a truce" is one claim."""
    by_token = {draft.trigger.i: draft for draft in drafts}
    for draft in drafts:
        if draft.trigger.pos_ not in {"VERB", "AUX"} and draft.row.objects and draft.trigger.i in by_token:
            # "The use of sarin": one word more for the same deed.
            for argument in draft.arguments:
                if lemma_of(argument.token) in draft.row.objects and argument.token.i in by_token:
                    del by_token[argument.token.i]
        if draft.trigger.pos_ not in {"VERB", "AUX"} or draft.trigger.i not in by_token or draft.row.frame == "die":
            # Who died in a strike is its toll, which the casualties see to.
            continue
        home = _home(draft, by_token)
        if home is not None:
            by_token[home.trigger.i] = _joined(home, draft)
            del by_token[draft.trigger.i]
            continue
        for argument in draft.arguments:
            other = by_token.get(argument.token.i)
            if other is not None and _echoes(draft, other, argument.function):
                by_token[draft.trigger.i] = _joined(by_token[draft.trigger.i], other)
                del by_token[other.trigger.i]
    return tuple(_caused(draft, by_token) for draft in by_token.values())


def _home(draft: Draft, by_token: Mapping[int, Draft]) -> Draft | None:
    """Return the draft of a noun that a verb's draft only tells more of, or None.

    "Mines laid by the rebels", "fighting to oust them", "conducted a strike to target the gunmen", "shells hit a
    school", "hit a mine laid by the rebels".
    """
    trigger = draft.trigger
    noun = by_token.get(trigger.head.i)
    if trigger.dep_ == "acl" and noun is not None and noun.trigger.pos_ != "VERB":
        same_group = GROUP_OF[noun.event_class] == GROUP_OF[draft.event_class]
        if same_group or (trigger.tag_ == "VB" and _by_force(noun, draft)):
            return noun
    if trigger.dep_ == "acl" and noun is None:
        above = by_token.get(trigger.head.head.i)
        carried = above is not None and above.event_class == draft.event_class == "AidDelivery"
        if above is not None and above is not draft and (carried or lemma_of(trigger.head) in above.row.objects):
            return above
    if trigger.tag_ == "VBG" and trigger.dep_ == "advcl":
        above = by_token.get(trigger.head.i)
        if above is not None and above.event_class == draft.event_class and draft.place in {None, above.place}:
            # "Abducted two nurses, marching them off".
            return above
    if trigger.tag_ == "VB" and _is_purpose(trigger):
        above = by_token.get(trigger.head.i)
        if above is not None and above.event_class == draft.event_class == "Displacement":
            # "Fled to escape the fighting": one flight.
            return above
        for child in trigger.head.children:
            served = by_token.get(child.i) if child.dep_ in {"dobj", "nsubjpass"} else None
            if served is not None and served is not draft and {draft.event_class, served.event_class} <= DEEDS:
                return served
    if draft.event_class != "AidDelivery":
        for argument in draft.arguments:
            doer = by_token.get(argument.token.i) if argument.function == "subject" else None
            if doer is not None and doer.trigger.pos_ != "VERB" and _alike(draft, doer):
                return doer
    return None


def _echoes(draft: Draft, other: Draft, function: str) -> bool:
    """Whether a noun names again the deed of the verb that governs it: "launched an attack", "laid siege"."""
    if lemma_of(other.trigger) in draft.row.objects:
        return True
    if draft.event_class == other.event_class == "AidDelivery":
        return True
    return function != "subject" and other.trigger.pos_ != "VERB" and _alike(draft, other)


def _alike(one: Draft, other: Draft) -> bool:
    return one.event_class == other.event_class or {one.event_class, other.event_class} in SAME_DEED


def _caused(draft: Draft, drafts: Mapping[int, Draft]) -> Draft:
    """Return a draft whose subject is another event with that event as its cause, and with who did that."""
    if draft.trigger.pos_ != "VERB":
        return draft
    for argument in draft.arguments:
        if argument.function != "subject":
            continue
        for token in (argument.token, *of_quantity(argument.token)):
            cause = drafts.get(token.i)
            if cause is not None and cause is not draft:
                # Who fights each other drives nobody out on purpose.
                doers = () if cause.event_class == "Battle" else cause.initiator
                return replace(draft, cause=cause.trigger, initiator=draft.initiator or doers)
    return draft


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
