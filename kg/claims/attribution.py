"""Reads stance and source of a statement on the way up from its trigger to the root of the sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from kg.claims.cues import Cue, word_cue
from kg.claims.fillers import Fillers
from kg.claims.predicates import light_verb
from kg.claims.quotations import Quotations
from kg.language.clauses import agents, is_passive, subjects
from kg.model import GROUP_OF, Actor, ActorType, Stance

__all__ = ["Attribution", "Attributor"]

COMPLEMENT_DEPS = frozenset(["ccomp", "xcomp", "pcomp", "acl", "dobj", "pobj", "nsubjpass", "oprd", "attr", "appos"])
DEEDS = frozenset(["ArmedEvent", "TerritorialEvent", "HumanitarianEvent"])
CONDITIONALS = frozenset(["if", "unless", "whether", "lest"])
TEMPORAL = frozenset(["after", "when", "since", "while", "as", "because", "where", "before", "once"])
FUTURE_MARKS = frozenset(["until", "till"])
JUDGING = frozenset(["of", "about", "by", "at", "for", "with", "over", "on"])
# A verb of speech or will governs what stands behind these prepositions: "called for", "accused of", "agreed on".
GOVERNING = frozenset(["of", "for", "from", "about", "at", "by", "on", "over", "to", "with"])


@dataclass(frozen=True, slots=True)
class Attribution:
    """The stance of a statement, those to whom it is attributed, and the steps by which that was read.

    `attempted` says that the event was only tried.
    """

    stance: Stance
    sources: tuple[Actor, ...]
    steps: tuple[str, ...]
    attempted: bool = False


@dataclass(frozen=True, slots=True)
class _Effect:
    stance: str
    sources: tuple[Token, ...]
    step: str
    told: bool = False


ANNOUNCING = Cue("plan", "Planned", "subject")
# "Unconfirmed reports spoke of clashes".
UNSURE = frozenset([Cue("adjective", "Uncertain", "none")])


class Attributor:
    """Reads stance and source with the fillers and quotations of one Doc."""

    def __init__(self, fillers: Fillers, quotations: Quotations) -> None:
        self.fillers = fillers
        self.quotations = quotations

    def read(self, trigger: Token, event_class: str = "") -> Attribution:
        """Return the stance and the sources of the statement that a trigger makes of an event of a class."""
        effects = list(self._climb(trigger))
        own = word_cue(trigger)
        if own is not None and own == ANNOUNCING and trigger.pos_ == "VERB" and GROUP_OF.get(event_class) in DEEDS:
            # "ordered reinforcements to the city": the order is the deed's announcement.
            effects.append(_Effect("Planned", subjects(trigger), f"{trigger.text}: plan"))
        if not any(self._actors(effect.sources) for effect in effects):
            effects.extend(self._beyond_the_tree(trigger))
        if any(effect.step.endswith("judged") for effect in effects):
            effects = [replace(effect, sources=()) for effect in effects]
        else:
            quotation = self.quotations.of(trigger)
            if quotation is not None and not any(
                not quotation.start <= token.idx < quotation.end for effect in effects for token in effect.sources
            ):
                effects.append(_Effect("", quotation.speakers, "stands in a quotation"))
        sources = self._actors(token for effect in effects for token in effect.sources)
        steps = tuple(effect.step for effect in effects if effect.step)
        return Attribution(_combine(effects), sources, steps, any(step.endswith("attempt") for step in steps))

    def _beyond_the_tree(self, trigger: Token) -> Iterator[_Effect]:
        """What the order of words says where the tree does not: ", a senator fears."; "said in a message that"."""
        for verb in trigger.sent:
            cue = word_cue(verb)
            if verb.pos_ != "VERB" or cue is None or cue.kind not in {"speech", "doubt"} or verb.i == trigger.i:
                continue
            speakers = tuple(child for child in verb.children if child.dep_ == "nsubj" and self.fillers.actors(child))
            if not speakers or self.quotations.of(verb) is not None:
                continue
            if _closes(verb, speakers[0], trigger) or _opens(verb, trigger):
                yield _Effect(cue.stance, speakers, f"{verb.text}: {cue.kind}, by the order of words", told=True)
                return

    def _actors(self, tokens: Iterable[Token]) -> tuple[Actor, ...]:
        found: dict[str, Actor] = {}
        for token in tokens:
            for actor in self.fillers.actors(token):
                found.setdefault(actor.key, actor)
                if actor.type is ActorType.PERSON:
                    for body in actor.speaks_for:
                        found.setdefault(body.key, body)
        return tuple(found.values())

    def _climb(self, trigger: Token) -> Iterator[_Effect]:
        yield from _modifiers(trigger)
        node = trigger
        carrier = light_verb(trigger) if trigger.pos_ != "VERB" else None
        if carrier is not None:
            yield from _modifiers(carrier)
            cue = word_cue(carrier)
            if cue is not None and trigger.dep_ != "nsubj" and cue.kind in {"plan", "denial", "negation", "doubt"}:
                yield from self._governed(carrier, cue, trigger)
            node = carrier
        yield from self._beside(node)
        seen = {node.i}
        presupposed = False
        while node.head.i != node.i and node.head.i not in seen:
            above = node.head
            seen.add(above.i)
            presupposed = presupposed or _presupposed(node)
            for effect in self._upward(node, above):
                if effect.step.endswith("judged"):
                    yield effect
                    return
                yield effect if not presupposed else _Effect("", effect.sources if effect.told else (), effect.step)
            node = above

    def _upward(self, node: Token, above: Token) -> Iterator[_Effect]:
        if above.pos_ in {"ADP", "SCONJ"} and node.dep_ in {"pobj", "pcomp"} and above.head.i != above.i:
            if above.lower_ in GOVERNING:
                yield from self._through(node, above.head)
            elif above.lower_ == "without":
                yield _Effect("Denied", (), "without: negation")
        else:
            yield from self._step(node, above)
        if above.pos_ in {"VERB", "AUX"}:
            yield from self._beside(above)

    def _step(self, node: Token, above: Token) -> Iterator[_Effect]:
        if node.dep_ == "conj":
            if above.pos_ in {"VERB", "AUX"} and not any(c.dep_ in {"nsubj", "nsubjpass"} for c in node.children):
                yield from _shared_auxiliaries(node, above)
            return
        if node.dep_ == "advcl":
            yield from _adverbial(node)
            return
        if node.dep_ not in COMPLEMENT_DEPS:
            return
        if _cut_off(node, above):
            return
        if node.dep_ == "ccomp" and any(c.lower_ in {"whether", "if"} and c.dep_ == "mark" for c in node.children):
            yield _Effect("Uncertain", (), "whether")
        cue = word_cue(above)
        if above.lemma_ == "be" and node.dep_ == "xcomp" and any(c.lower_ == "to" for c in node.children):
            yield _Effect("Planned", (), "is to")
        elif cue is not None:
            yield from self._governed(above, cue, node)
        elif node.dep_ in {"xcomp", "acl"} and _infinitive(node) and above.pos_ in {"VERB", "NOUN", "ADJ"}:
            yield _Effect("Planned", (), f"to, behind {above.text}: purpose")
        raising = cue is not None and (
            cue.kind in {"transparent", "negation", "doubtful"} or (cue.kind == "plan" and node.dep_ == "xcomp")
        )
        if raising and above.pos_ in {"VERB", "AUX", "ADJ"} and node.dep_ in {"xcomp", "ccomp", "oprd"}:
            yield from _modifiers(above)

    def _through(self, node: Token, above: Token) -> Iterator[_Effect]:
        """What a verb or noun does to what it governs by a preposition: "called for", "accused of", "threat of"."""
        cue = word_cue(above)
        if cue is not None and (cue.kind not in {"speech", "emotive"} or node.head.lower_ in JUDGING):
            yield from self._governed(above, cue, node)

    def _governed(self, verb: Token, cue: Cue, node: Token) -> Iterator[_Effect]:
        if cue.kind == "emotive":
            # What is condemned or welcomed is taken for granted; nobody is its source.
            yield _Effect("", (), f"{verb.text}: judged")
            return
        speakers: tuple[Token, ...] = ()
        passive = verb.pos_ == "VERB" and is_passive(verb)
        if cue.source == "subject":
            if verb.pos_ in {"VERB", "AUX"}:
                speakers = tuple(agents(verb)) if passive else subjects(verb) or self._nearest(verb)
            else:
                speakers = tuple(_makers(verb))
        stance = cue.stance
        if cue.kind == "speech" and verb.pos_ == "NOUN" and not speakers and node.dep_ in {"acl", "ccomp"}:
            stance = "Uncertain"
        perfect = any(child.lemma_ == "have" and child.dep_ == "aux" for child in node.children)
        infinitive = any(child.lower_ == "to" and child.dep_ == "aux" for child in node.children)
        if cue.kind == "speech":
            if infinitive and not perfect and node.dep_ in {"xcomp", "ccomp", "advcl"}:
                stance = "Planned"
            elif (passive and node.dep_ in {"xcomp"} and not speakers) or (verb.lemma_ == "say" and passive):
                stance = "Uncertain"
        elif cue.kind == "plan" and (
            perfect or (node.dep_ == "ccomp" and not infinitive and verb.lemma_ in {"warn", "insist"})
        ):
            stance = ""
        if any(word_cue(child, "adjective") in UNSURE for speaker in speakers for child in speaker.children):
            stance = stance or "Uncertain"
        if any(child.dep_ == "neg" for child in verb.children) and cue.kind in {"speech", "accusation"}:
            return
        yield _Effect(stance, speakers, f"{verb.text}: {cue.kind}", told=cue.kind in {"speech", "accusation"})

    def _nearest(self, verb: Token) -> tuple[Token, ...]:
        """The actor named last before a verb whose subject the parser lost."""
        for token in reversed(verb.doc[max(verb.i - 6, verb.sent.start) : verb.i]):
            if token.pos_ in {"NOUN", "PROPN"} and self.fillers.actor(token) is not None:
                return (token,)
        return ()

    def _beside(self, verb: Token) -> Iterator[_Effect]:
        for child in verb.children:
            if child.lower_ == "according":
                for inner in child.children:
                    if inner.lower_ == "to":
                        yield _Effect(
                            "", tuple(t for t in inner.children if t.dep_ == "pobj"), "according to", told=True
                        )
            elif child.dep_ in {"parataxis", "advcl", "dep", "ccomp"} and child.pos_ == "VERB" and child.i > verb.i:
                cue = word_cue(child)
                if cue is None or cue.kind != "speech" or any(c.dep_ in {"ccomp", "dobj"} for c in child.children):
                    continue
                marked = any(c.lower_ == "as" for c in child.children)
                if child.dep_ in {"parataxis", "dep"} or marked:
                    yield _Effect("", subjects(child), f"{child.text}: beside", told=True)


def _closes(verb: Token, speaker: Token, trigger: Token) -> bool:
    """Whether a verb of speech closes the sentence behind what is said: ", the senator said on Monday."."""
    first = min(token.i for token in speaker.subtree)
    if first <= trigger.i or verb.doc[first - 1].text not in {",", '"', "''"}:
        return False
    return not any(child.dep_ in {"ccomp", "xcomp", "dobj"} and child.i > verb.i for child in verb.children)


def _opens(verb: Token, trigger: Token) -> bool:
    """Whether what is said begins with "that" shortly behind a verb of speech."""
    if verb.i >= trigger.i:
        return False
    marks = [token for token in verb.doc[verb.i + 1 : min(verb.i + 9, trigger.i)] if token.lower_ == "that"]
    return any(mark.dep_ == "mark" for mark in marks)


def _infinitive(node: Token) -> bool:
    marks = {child.lemma_.lower() for child in node.children if child.dep_ == "aux"}
    return "to" in marks and "have" not in marks


def _presupposed(node: Token) -> bool:
    """What a relative clause or "after", "when", "since" tells is taken for granted by what stands above it."""
    if node.dep_ == "relcl" and any(child.dep_ == "mark" for child in node.children):
        return False
    if node.dep_ in {"relcl", "amod"} or (
        node.dep_ == "acl" and node.tag_ in {"VBN", "VBG"} and node.head.pos_ != "VERB"
    ):
        return node.dep_ != "acl" or word_cue(node.head) is None
    return node.dep_ == "advcl" and any(
        child.lower_ in TEMPORAL and child.dep_ in {"mark", "advmod"} for child in node.children
    )


def _cut_off(node: Token, above: Token) -> bool:
    """A semicolon ends the reach of whatever governs, though the parser may hang one statement on the other."""
    first, last = sorted((node.i, above.i))
    return any(token.text == ";" for token in node.doc[first:last])


def _combine(effects: list[_Effect]) -> Stance:
    stances = [effect.stance for effect in effects if effect.stance]
    if "Uncertain" in stances and "Denied" not in stances[1:]:
        return Stance.UNCERTAIN
    if stances.count("Denied") % 2:
        return Stance.DENIED
    if "Planned" in stances:
        return Stance.PLANNED
    return Stance.AFFIRMED


def _modifiers(token: Token) -> Iterator[_Effect]:
    for child in token.children:
        if child.dep_ == "aux":
            cue = word_cue(child, "modal")
            if cue is not None:
                yield _Effect(cue.stance, (), f"{child.text}: modal")
        elif child.dep_ == "neg":
            yield _Effect("Denied", (), f"{child.text}: negation")
        elif child.dep_ in {"advmod", "amod", "det", "mark", "cc", "preconj"}:
            if child.lower_ in {"no", "neither", "never"}:
                yield _Effect("Denied", (), f"{child.text}: negation")
                continue
            cue = word_cue(child, "adverb" if child.dep_ == "advmod" else "adjective")
            if cue is not None and cue.kind in {"adverb", "adjective"} and child.lower_ not in {"not", "n't"}:
                yield _Effect(cue.stance, (), f"{child.text}: {cue.kind}")
        elif child.dep_ in {"nsubj", "nsubjpass", "dobj"} and any(
            c.dep_ == "det" and c.lower_ in {"no", "neither"} for c in child.children
        ):
            yield _Effect("Denied", (), "no: negation")
        elif child.dep_ in {"nsubj", "nsubjpass"} and child.lower_ in {"nobody", "none", "nothing"}:
            yield _Effect("Denied", (), f"{child.text}: negation")


def _shared_auxiliaries(node: Token, above: Token) -> Iterator[_Effect]:
    if any(child.dep_ == "aux" for child in node.children) or node.tag_ not in {"VB", "VBN"}:
        return
    for effect in _modifiers(above):
        if effect.step.endswith(("modal", "negation")):
            yield effect
    if node.tag_ == "VB":
        cue = word_cue(above.head)
        if above.dep_ == "xcomp" and cue is not None and cue.kind == "plan":
            return


def _adverbial(node: Token) -> Iterator[_Effect]:
    words = {child.lower_ for child in node.children if child.dep_ in {"mark", "advmod"}}
    if words & CONDITIONALS:
        yield _Effect("Uncertain", (), "conditional")
    elif words & FUTURE_MARKS or (node.tag_ == "VB" and any(c.lower_ == "to" for c in node.children)):
        yield _Effect("Planned", (), "purpose")


def _makers(noun: Token) -> Iterator[Token]:
    for child in noun.children:
        if child.dep_ in {"poss", "compound", "amod"}:
            yield child
        elif child.dep_ in {"prep", "agent"} and child.lower_ in {"by", "from", "of"}:
            yield from (inner for inner in child.children if inner.dep_ == "pobj")
