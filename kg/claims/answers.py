"""Finds denials and blame that name no event: "something which the army denied", "police blamed the rebels"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from kg.claims.attribution import Attributor
from kg.claims.cues import is_kind, word_cue
from kg.claims.evidence import TRIMMED
from kg.claims.role_words import words_of
from kg.language.clauses import agents, coordinated, is_passive, prepositional, subjects
from kg.language.lemmas import lemma_of
from kg.language.texts import sentence_of, text_of
from kg.model import GROUP_OF, Claim, Stance

__all__ = ["answers"]

POINTING = frozenset(["the", "this", "that", "these", "those", "such", "all", "any", "both"])
PRONOUNS = frozenset(["it", "this", "that"])
# For these somebody is to blame.
BLAMED = frozenset(["ArmedEvent", "HumanitarianEvent"])
# A bare denial is less sure to answer the claim before it than one that says again what did not happen.
LESS_SURE = 0.8


@dataclass(frozen=True, slots=True)
class _Reply:
    """A denial or blame, the word that stands for what is denied or who is blamed, and its first and last token."""

    verb: Token
    said: Token
    first: int
    last: int


def answers(doc: Doc, claims: Sequence[tuple[Token, Claim]], attributor: Attributor) -> tuple[Claim, ...]:
    """Return the claims that such denials and blame make: of the event told last."""
    ordered = sorted(claims, key=lambda pair: pair[0].i)
    found = (
        *(_answer(denial, ordered, attributor) for denial in _denials(doc)),
        *(_blamed(blame, ordered, attributor) for blame in _blames(doc)),
    )
    return tuple(claim for claim in found if claim is not None)


def _told_before(reply: _Reply, claims: Sequence[tuple[Token, Claim]]) -> tuple[Token, Claim] | None:
    """Return the event that was told last, in this sentence or the one before, unless the clause tells one itself."""
    if any(reply.first <= trigger.i <= reply.last for trigger, _ in claims):
        return None
    doc = reply.verb.doc
    sentence = sentence_of(reply.verb)
    before = sentence_of(doc[sentence.start - 1]).start if sentence.start else sentence.start
    told = next((pair for pair in reversed(claims) if before <= pair[0].i < reply.first), None)
    return None if told is None or "\n\n" in text_of(doc)[told[0].idx : reply.said.idx] else told


def _blamed(blame: _Reply, claims: Sequence[tuple[Token, Claim]], attributor: Attributor) -> Claim | None:
    told = _told_before(blame, claims)
    if told is None or told[1].stance is not Stance.AFFIRMED or GROUP_OF.get(told[1].event_class) not in BLAMED:
        return None
    doers = tuple(actor for noun in coordinated(blame.said) for actor in attributor.fillers.actors(noun))
    sources = attributor.speakers.actors(subjects(blame.verb))
    if not doers or not sources:
        return None
    claim = told[1]
    return replace(
        _said_again(claim, blame),
        source=sources,
        initiator=doers,
        target=(),
        trigger=blame.verb.text,
        trigger_start=blame.verb.idx,
        reading=(f"{claim.event_class}: told before, for which {blame.verb.text!r} names who did it",),
    )


def _said_again(claim: Claim, reply: _Reply) -> Claim:
    """Return what was told before with the words of a reply, which gives neither its day nor its figures again."""
    doc = reply.verb.doc
    start, end = doc[reply.first].idx, doc[reply.last].idx + len(doc[reply.last])
    return replace(
        claim,
        quote=text_of(doc)[start:end],
        start=start,
        end=end,
        trigger=reply.said.text,
        trigger_start=reply.said.idx,
        confidence=round(claim.confidence * LESS_SURE, 2),
        period=None,
        figures=(),
    )


def _answer(denial: _Reply, claims: Sequence[tuple[Token, Claim]], attributor: Attributor) -> Claim | None:
    answered = _told_before(denial, claims)
    if answered is None:
        return None
    sentence = sentence_of(denial.verb)
    trigger, claim = answered
    deniers = tuple(agents(denial.verb)) if is_passive(denial.verb) else subjects(denial.verb)
    sources = attributor.speakers.actors(deniers)
    beside = sentence_of(trigger).start == sentence.start
    if (
        not (sources or (beside and deniers))
        or not (claim.source or beside or _is_part(denial.said))
        or claim.stance in {Stance.DENIED, Stance.PLANNED}
    ):
        return None
    return replace(
        _said_again(claim, denial),
        stance=Stance.DENIED,
        source=sources,
        initiator=sources if _is_part(denial.said) else claim.initiator,
        reading=(f"{claim.event_class}: denied by {denial.verb.text!r} of {denial.said.text!r}, told before",),
    )


def _denials(doc: Doc) -> Iterator[_Reply]:
    for verb in doc:
        cue = word_cue(verb) if verb.pos_ == "VERB" else None
        if cue is None or cue.kind != "denial" or any(child.dep_ == "neg" for child in verb.children):
            continue
        noun = verb.head
        if verb.dep_ == "relcl" and (noun.pos_ == "PRON" or _is_statement(noun)):
            yield _Reply(verb, noun, *_trimmed(doc, noun.left_edge.i, noun.right_edge.i))
        elif verb.dep_ == "relcl" and noun.pos_ in {"PROPN", "VERB"} and _of_which(verb):
            yield _Reply(verb, verb, *_trimmed(doc, verb.left_edge.i, verb.right_edge.i))
        elif verb.dep_ != "relcl":
            said = next((child for child in verb.children if child.dep_ == "dobj" and _points_back(child)), None)
            if said is not None:
                first = min((noun.left_edge.i for noun in subjects(verb) if noun.head.i == verb.i), default=verb.i)
                yield _Reply(verb, said, *_trimmed(doc, first, said.right_edge.i))


def _blames(doc: Doc) -> Iterator[_Reply]:
    """Yield who is blamed where nothing says what for: "police blamed the rebels"."""
    for verb in doc:
        if verb.pos_ != "VERB" or lemma_of(verb) not in words_of("blaming") or is_passive(verb):
            continue
        said = next((child for child in verb.children if child.dep_ == "dobj"), None)
        named = any(child.dep_ in {"prep", "ccomp", "xcomp", "neg", "aux"} for child in verb.children)
        if said is not None and not named and not any(function == "for" for function, _ in prepositional(said)):
            first = min((noun.left_edge.i for noun in subjects(verb) if noun.head.i == verb.i), default=verb.i)
            yield _Reply(verb, said, *_trimmed(doc, first, said.right_edge.i))


def _trimmed(doc: Doc, first: int, last: int) -> tuple[int, int]:
    while first < last and (doc[first].is_punct or doc[first].lower_ in TRIMMED):
        first += 1
    while last > first and (doc[last].is_punct or doc[last].is_space):
        last -= 1
    return first, last


def _of_which(verb: Token) -> bool:
    return any(child.dep_ in {"dobj", "nsubjpass"} and child.lower_ == "which" for child in verb.children)


def _points_back(noun: Token) -> bool:
    if noun.lower_ in PRONOUNS:
        return True
    return _is_part(noun) or (_is_statement(noun) and any(child.lower_ in POINTING for child in noun.children))


def _is_part(noun: Token) -> bool:
    """ "Denied any involvement", "denied responsibility for the attack"."""
    return is_kind(noun, "involvement")


def _is_statement(noun: Token) -> bool:
    cue = word_cue(noun)
    return noun.pos_ == "NOUN" and (
        is_kind(noun, "hearsay") or (cue is not None and cue.kind in {"accusation", "doubt"})
    )
