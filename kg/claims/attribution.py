"""Reads stance and source of a statement on the way up from its trigger to the root of the sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from kg.claims.cues import Cue, is_kind, word_cue
from kg.claims.effects import (
    TEMPORAL,
    Effect,
    adverbial,
    aside,
    cut_off,
    hearsay,
    infinitive,
    modifiers,
    presupposed,
    shared_auxiliaries,
    temporal,
    unverified,
)
from kg.claims.fillers import Fillers
from kg.claims.predicates import light_verb
from kg.claims.quotations import Quotations
from kg.claims.refutations import denied_behind, lacks_truth, not_the_work, refuted
from kg.claims.speakers import Speakers
from kg.claims.speech import (
    closes,
    cue_above,
    is_account,
    is_negated,
    makers,
    opens,
    opens_next,
    parenthetical,
    regoverned,
    speaks,
    told_in,
    utterers,
)
from kg.language.clauses import agents, coordinated, is_passive, subjects
from kg.language.texts import sentence_of
from kg.model import GROUP_OF, Actor, Stance

__all__ = ["Attribution", "Attributor"]

COMPLEMENT_DEPS = frozenset(["ccomp", "xcomp", "pcomp", "acl", "dobj", "pobj", "nsubjpass", "oprd", "attr", "appos"])
DEEDS = frozenset(["ArmedEvent", "TerritorialEvent", "HumanitarianEvent"])
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


TOPIC = frozenset(["on", "about", "over"])
# The most words that a speaker's name may have before a headline's colon.
LABEL = 4
ANNOUNCING = Cue("plan", "Planned", "subject")
# "Unconfirmed reports spoke of clashes".
UNSURE = frozenset([Cue("adjective", "Uncertain", "none")])


class Attributor:
    """Reads stance and source with the fillers and quotations of one Doc."""

    def __init__(self, fillers: Fillers, quotations: Quotations) -> None:
        self.fillers = fillers
        self.quotations = quotations
        self.speakers = Speakers(fillers, quotations)

    def read(self, trigger: Token, event_class: str = "") -> Attribution:
        """Return the stance and the sources of the statement that a trigger makes of an event of a class."""
        effects = [*self._climb(trigger), *hearsay(trigger)]
        own = word_cue(trigger)
        if own is not None and own == ANNOUNCING and trigger.pos_ == "VERB" and GROUP_OF.get(event_class) in DEEDS:
            # "ordered reinforcements to the city": the order is the deed's announcement.
            effects.append(Effect("Planned", subjects(trigger), f"{trigger.text}: plan"))
        if not any(self.speakers.actors(effect.sources) for effect in effects):
            effects.extend(self._beyond_the_tree(trigger))
        if not any(effect.sources for effect in effects):
            effects.extend(self._in_headline(trigger))
        if any(effect.sources or effect.stance == "Uncertain" for effect in effects):
            effects.extend(unverified(trigger))
        if any(effect.step.endswith("judged") for effect in effects):
            effects = [
                replace(effect, sources=(), stance="" if effect.step.endswith("speech") else effect.stance)
                for effect in effects
            ]
        else:
            quotation = self.quotations.of(trigger)
            if quotation is not None and not any(
                not quotation.start <= token.idx < quotation.end for effect in effects for token in effect.sources
            ):
                effects.append(Effect("", quotation.speakers, "stands in a quotation"))
        effects = _denied(effects)
        sources = self.speakers.actors(token for effect in effects for token in effect.sources)
        steps = tuple(effect.step for effect in effects if effect.step)
        return Attribution(_combine(effects), sources, steps, any(step.endswith("attempt") for step in steps))

    def _beyond_the_tree(self, trigger: Token) -> Iterator[Effect]:
        """What the order of words says where the tree does not: ", a senator fears."; "said in a message that"."""
        if any(aside(token) or temporal(token) for token in (trigger, *trigger.ancestors)):
            return
        for verb in sentence_of(trigger):
            cue = word_cue(verb)
            if verb.pos_ != "VERB" or cue is None or cue.kind not in {"speech", "doubt"} or verb.i == trigger.i:
                continue
            speakers = tuple(child for child in verb.children if child.dep_ == "nsubj" and self.fillers.actors(child))
            if not speakers or self.quotations.of(verb) is not None:
                continue
            if closes(verb, speakers[0], trigger) or opens(verb, trigger):
                yield Effect(cue.stance, speakers, f"{verb.text}: {cue.kind}, by the order of words", told=True)
                return
        for token in trigger.doc[trigger.i + 1 : sentence_of(trigger).end]:
            speakers = tuple(self._named_at_the_end(token, trigger))
            if speakers:
                yield Effect("", speakers, f"{token.text}: speech, by the order of words", told=True)
                return

    def _named_at_the_end(self, token: Token, trigger: Token) -> Iterator[Token]:
        """Who speaks in ", the ministry said." or counts in ", by the ministry's count", whatever hangs on what."""
        doc = token.doc
        if token.lower_ in {"by", "according"} and doc[token.i - 1].text == "," and token.i - 1 > trigger.i:
            if any(not word.is_punct for word in doc[token.right_edge.i + 1 : sentence_of(token).end]):
                return
            holders = token.children if token.lower_ == "by" else (t for c in token.children for t in c.children)
            for noun in (noun for noun in holders if noun.dep_ == "pobj"):
                if token.lower_ == "according" or is_account(noun):
                    yield from (t for t in self.speakers.accountable(noun) if self.speakers.actors([t]))
            return
        if not speaks(token) or self.quotations.of(token) is not None:
            return
        comma = next((i for i in range(token.i - 1, trigger.i, -1) if doc[i].text == ","), trigger.i)
        name = [t for t in doc[comma + 1 : token.i] if t.pos_ in {"NOUN", "PROPN"}]
        if comma == trigger.i or not name or any(t.pos_ == "VERB" for t in doc[comma + 1 : token.i]):
            return
        yield from [noun for noun in reversed(name) if self.fillers.actors(noun)][:1]

    def _in_headline(self, trigger: Token) -> Iterator[Effect]:
        """Who speaks in "Police: three killed in raid" and "Three killed in raid: police"."""
        sentence = sentence_of(trigger)
        colon = next((token for token in sentence if token.text == ":"), None)
        if colon is None:
            return
        first, last = (sentence.start, colon.i) if trigger.i > colon.i else (colon.i + 1, sentence.end)
        words = [token for token in trigger.doc[first:last] if token.is_alpha]
        if 0 < len(words) <= LABEL and all(token.pos_ in {"NOUN", "PROPN", "ADJ", "DET"} for token in words):
            yield Effect("", tuple(words[-1:]), "speaks by a colon", told=True)

    def _climb(self, trigger: Token) -> Iterator[Effect]:
        yield from modifiers(trigger)
        for child in trigger.rights if trigger.pos_ == "NOUN" else ():
            cue = word_cue(child) if child.dep_ in {"acl", "relcl"} else None
            if cue is not None and cue.kind == "accusation":
                # "An attack that the army blames on the rebels".
                accusers = tuple(agents(child)) if is_passive(child) else subjects(child)
                yield Effect("", accusers, f"{child.text}: accusation")
        node = trigger
        carrier = light_verb(trigger) if trigger.pos_ != "VERB" else None
        if carrier is not None:
            cue = word_cue(carrier)
            if cue is None or cue.kind != "speech":
                # "No one has claimed the attack": it happened all the same.
                yield from modifiers(carrier, trigger)
            governing = trigger.dep_ != "nsubj" and not is_kind(carrier, "deed")
            if cue is not None and governing and cue.kind in {"plan", "denial", "negation", "doubt"}:
                yield from self._governed(carrier, cue, trigger)
            node = carrier
        yield from self._beside(node)
        seen = {node.i}
        granted = own = False
        while node.head.i != node.i and node.head.i not in seen:
            above = regoverned(node)
            if above is not None:
                node = above
                seen.add(node.i)
                yield from self._beside(node)
                continue
            above = node.head
            seen.add(above.i)
            granted = granted or presupposed(node) or self._suffered(node)
            own = own or aside(node)
            for effect in self._upward(node, above):
                if effect.step.endswith("judged"):
                    yield effect
                    return
                if effect.stance == "Uncertain" and node.pos_ == "NOUN" and trigger not in coordinated(node):
                    # "Reports of violations of the ceasefire" leave the ceasefire certain.
                    effect = replace(effect, stance="")
                if not granted:
                    yield effect
                    continue
                said = effect.step.endswith("beside") and all(t.i < node.left_edge.i for t in effect.sources)
                told = effect.told and not own and not (said and temporal(node))
                yield Effect("", effect.sources if told else (), effect.step)
            node = above

    def _suffered(self, node: Token) -> bool:
        """Whether an event is taken for granted: "the victims of the attack", "to escape the fighting"."""
        above = node.head
        if node.dep_ == "dobj":
            return is_kind(above, "flight")
        of = node.dep_ == "pobj" and above.lower_ in {"of", "in"} and above.head.pos_ == "NOUN"
        return of and word_cue(above.head) is None and bool(self.fillers.actors(above.head))

    def _upward(self, node: Token, above: Token) -> Iterator[Effect]:
        if above.pos_ in {"ADP", "SCONJ"} and node.dep_ in {"pobj", "pcomp"} and above.head.i != above.i:
            fronted = above.i < above.head.i and above.head.pos_ in {"VERB", "AUX"}
            rejected = above.lower_ == "as" and (cue := word_cue(above.head)) is not None and cue.kind == "denial"
            if rejected or (above.lower_ in GOVERNING and not fronted):
                # "At talks in Luanda the two agreed": what opens the sentence is not what they agreed on.
                yield from self._through(node, above.head)
            elif above.lower_ in {"in", "to"} and lacks_truth(above.head):
                yield Effect("Denied", (), f"no {above.head.text}: negation")
            elif above.lower_ == "without":
                yield Effect("Denied", (), "without: negation")
        else:
            yield from self._step(node, above)
        if above.pos_ in {"VERB", "AUX"}:
            yield from self._beside(above)

    def _step(self, node: Token, above: Token) -> Iterator[Effect]:
        if node.dep_ == "conj":
            own = word_cue(node)
            speaks = own is not None and own.kind in {"speech", "denial", "accusation"}
            if (
                above.pos_ in {"VERB", "AUX"}
                and not speaks
                and not any(c.dep_ in {"nsubj", "nsubjpass"} for c in node.children)
            ):
                yield from shared_auxiliaries(node, above)
            return
        if node.dep_ in {"advcl", "ccomp"} and (noun := told_in(node, above)) is not None:
            yield from self._governed(noun, word_cue(noun) or ANNOUNCING, node)
            return
        denied = denied_behind(node, above)
        if node.dep_ == "advcl" and not denied:
            yield from adverbial(node)
            return
        if above.lemma_ == "be":
            yield from refuted(node, above)
        if node.dep_ not in COMPLEMENT_DEPS and not denied:
            return
        if cut_off(node, above):
            return
        if node.dep_ == "ccomp" and any(c.lower_ in {"whether", "if"} and c.dep_ == "mark" for c in node.children):
            yield Effect("Uncertain", (), "whether")
            if above.pos_ == "AUX":
                return
        cue = cue_above(above)
        if cue is not None and cue.kind == "speech" and node.dep_ == "dobj" and is_kind(node, "involvement"):
            # "Claimed responsibility for the raid" says who did it; that it happened is the report's own word.
            return
        if above.lemma_ == "be" and node.dep_ == "xcomp" and any(c.lower_ == "to" for c in node.children):
            yield Effect("Planned", (), "is to")
        elif cue is not None:
            yield from self._governed(above, cue, node)
        elif node.dep_ in {"xcomp", "acl"} and infinitive(node) and above.pos_ in {"VERB", "NOUN", "ADJ"}:
            yield Effect("Planned", (), f"to, behind {above.text}: purpose")
        raising = cue is not None and (
            cue.kind in {"transparent", "negation", "doubtful"} or (cue.kind == "plan" and node.dep_ == "xcomp")
        )
        if raising and above.pos_ in {"VERB", "AUX", "ADJ"} and node.dep_ in {"xcomp", "ccomp", "oprd"}:
            yield from modifiers(above)

    def _through(self, node: Token, above: Token) -> Iterator[Effect]:
        """What a verb or noun does to what it governs by a preposition: "called for", "accused of", "threat of"."""
        cue = word_cue(above)
        if cue is None and above.pos_ == "VERB" and node.head.lower_ in {"by", "with"} and is_passive(above):
            # "Will be struck with missiles", "were not hit by shells".
            yield from modifiers(above)
        if above.pos_ == "NOUN" and cue is not None and cue.kind == "speech" and node.head.lower_ in TOPIC:
            # "A statement on the ceasefire" says only of what it speaks.
            return
        if above.dep_ == "attr":
            yield from not_the_work(above.head)
        if cue is not None and (cue.kind not in {"speech", "emotive"} or node.head.lower_ in JUDGING):
            yield from self._governed(above, cue, node)

    def _governed(self, verb: Token, cue: Cue, node: Token) -> Iterator[Effect]:
        if cue.kind == "emotive":
            # What is condemned or welcomed is taken for granted; nobody is its source.
            yield Effect("", (), f"{verb.text}: judged")
            return
        speakers: tuple[Token, ...] = ()
        passive = verb.pos_ == "VERB" and is_passive(verb)
        if cue.source == "subject":
            if verb.pos_ in {"VERB", "AUX"} or cue_above(verb) is not word_cue(verb):
                speakers = (
                    tuple(agents(verb))
                    if passive
                    else subjects(regoverned(verb) or verb) or self.speakers.nearest(verb)
                )
            else:
                speakers = tuple(makers(verb)) or utterers(verb)
        stance = cue.stance
        if cue.kind == "speech" and verb.pos_ == "NOUN" and self._is_hearsay(verb, speakers, node):
            stance = "Uncertain"
        perfect = any(child.lemma_ == "have" and child.dep_ == "aux" for child in node.children)
        infinitive = any(child.lower_ == "to" and child.dep_ == "aux" for child in node.children)
        if cue.kind == "speech":
            unsaid = passive and not speakers
            told_of = node.dep_ == "xcomp" or (
                node.dep_ == "nsubjpass" and any(child.dep_ == "xcomp" for child in verb.children)
            )
            ordered = infinitive and not perfect and not (unsaid and is_kind(verb, "held"))
            if ordered and node.dep_ in {"xcomp", "ccomp", "advcl"}:
                stance = "Planned"
            elif (unsaid and told_of) or (verb.lemma_ == "say" and passive):
                stance = "Uncertain"
        elif cue.kind == "plan" and (
            perfect or (node.dep_ == "ccomp" and not infinitive and verb.lemma_ in {"warn", "insist"})
        ):
            stance = ""
        if any(word_cue(child, "adjective") in UNSURE for speaker in speakers for child in speaker.children):
            stance = stance or "Uncertain"
        if cue.kind in {"speech", "accusation", "denial"} and is_negated(verb):
            if cue.kind == "denial" or is_kind(verb, "check"):
                # "Neither confirmed nor denied", "could not confirm".
                yield Effect("Uncertain", speakers, f"{verb.text}: left open", told=True)
            return
        yield Effect(stance, speakers, f"{verb.text}: {cue.kind}", told=cue.kind in {"speech", "accusation"})

    def _is_hearsay(self, noun: Token, speakers: tuple[Token, ...], node: Token) -> bool:
        """Whether nobody vouches for what is told: "reports of rape", "reports, as yet unconfirmed, that"."""
        if any(word_cue(token, "adjective") in UNSURE for token in noun.doc[noun.i + 1 : node.left_edge.i]):
            return True
        if is_kind(noun, "hearsay") and (node.head.lower_ == "of" or node.dep_ == "advcl"):
            return not self.speakers.actors(makers(noun))
        vague = is_kind(noun, "hearsay") or any(child.lower_ == "no" for child in noun.children)
        return vague and not speakers and node.dep_ in {"acl", "ccomp", "advcl"}

    def _beside(self, verb: Token) -> Iterator[Effect]:
        before = (child for child in verb.head.children if verb.dep_ == "conj" and opens_next(child, verb.head))
        for child in (*verb.children, *before):
            if child.lower_ == "according":
                nouns = (t for inner in child.children if inner.lower_ == "to" for t in inner.children)
                named = (noun for noun in nouns if noun.dep_ == "pobj")
                speakers = tuple(token for noun in named for token in self.speakers.accountable(noun))
                yield Effect("", speakers, "according to", told=True)
            elif child.dep_ in {"prep", "agent"} and child.lower_ == "by" and not opens_next(child, verb):
                counts = (noun for noun in child.children if noun.dep_ == "pobj" and is_account(noun))
                speakers = tuple(token for noun in counts for token in makers(noun))
                if speakers:
                    yield Effect("", speakers, "by an account", told=True)
            elif child.dep_ in {"parataxis", "advcl", "dep", "ccomp"} and child.pos_ == "VERB":
                cue = word_cue(child)
                if cue is None or cue.kind != "speech" or any(c.dep_ in {"ccomp", "dobj"} for c in child.children):
                    continue
                if any(c.dep_ == "mark" and c.lower_ in TEMPORAL and child.i < c.i for c in verb.children):
                    # "..., she said, a day after rebels captured the town": the parser makes the clause the main one.
                    continue
                marked = child.i > verb.i and any(c.lower_ == "as" for c in child.children)
                if child.dep_ in {"parataxis", "dep"} or marked or parenthetical(child):
                    yield Effect("", subjects(child), f"{child.text}: beside", told=True)


def _denied(effects: list[Effect]) -> list[Effect]:
    """ "Ethiopia rejects Eritrean claims that": the denial is the word of who denies, not of whom it answers."""
    denials = [number for number, effect in enumerate(effects) if effect.step.endswith(": denial") and effect.sources]
    first = denials[0] if denials else 0
    return [replace(effect, sources=()) if number < first else effect for number, effect in enumerate(effects)]


def _combine(effects: list[Effect]) -> Stance:
    stances = [effect.stance for effect in effects if effect.stance]
    if "Uncertain" in stances and "Denied" not in stances[1:]:
        return Stance.UNCERTAIN
    if stances.count("Denied") % 2:
        return Stance.DENIED
    if "Planned" in stances:
        return Stance.PLANNED
    return Stance.AFFIRMED
