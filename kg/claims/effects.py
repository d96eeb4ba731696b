"""What single words and clauses do to the stance of a statement below them: auxiliaries, adverbs, marks, links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.claims.cues import is_kind, word_cue
from kg.language.clauses import agents, is_passive
from kg.language.texts import sentence_of

__all__ = [
    "TEMPORAL",
    "Effect",
    "adverbial",
    "aside",
    "cut_off",
    "hearsay",
    "infinitive",
    "modifiers",
    "presupposed",
    "shared_auxiliaries",
    "temporal",
    "unverified",
]

CONDITIONALS = frozenset(["if", "unless", "whether", "lest"])
TEMPORAL = frozenset(["after", "when", "since", "while", "as", "because", "where", "before", "once"])
FUTURE_MARKS = frozenset(["until", "till"])
RELATIVE = frozenset(["WDT", "WP", "WP$", "WRB"])


@dataclass(frozen=True, slots=True)
class Effect:
    """What one word above a trigger does: the stance it gives, its speakers, and the step that explains it.

    `told` says that the speakers vouch for all that stands below, what is taken for granted included.
    """

    stance: str
    sources: tuple[Token, ...]
    step: str
    told: bool = False


def infinitive(node: Token) -> bool:
    marks = {child.lemma_.lower() for child in node.children if child.dep_ == "aux"}
    return "to" in marks and "have" not in marks


def presupposed(node: Token) -> bool:
    """What a relative clause or "after", "when", "since" tells is taken for granted by what stands above it."""
    if node.dep_ == "relcl" and any(child.dep_ == "mark" for child in node.children):
        return False
    if node.dep_ == "acl" and node.head.dep_ == "dobj" and node.head.head.lemma_ == "have":
        # "It has troops deployed there": that is what it has.
        return False
    if node.dep_ in {"relcl", "amod"} or (
        node.dep_ == "acl" and node.tag_ in {"VBN", "VBG"} and node.head.pos_ != "VERB"
    ):
        return node.dep_ != "acl" or word_cue(node.head) is None
    return temporal(node)


def temporal(node: Token) -> bool:
    """Whether a clause tells when or why another thing happened."""
    return node.dep_ == "advcl" and any(
        child.lower_ in TEMPORAL and child.dep_ in {"mark", "advmod"} for child in node.children
    )


def aside(node: Token) -> bool:
    """A relative clause behind a comma is the report's own: "the rebels, who took Gao in March, said that"."""
    if node.dep_ != "relcl":
        return False
    first = min((token.i for token in node.subtree if token.tag_ in RELATIVE), default=0)
    while first > sentence_of(node).start and node.doc[first - 1].tag_ in {"IN", "TO"}:
        first -= 1
    return first > sentence_of(node).start and node.doc[first - 1].text == ","


def hearsay(trigger: Token) -> Iterator[Effect]:
    """What "reportedly" or "is feared" says of a whole sentence: what came before, what followed, where it was."""
    node, scene = trigger, False
    while node.head.i != node.i:
        above = node.head
        if node.dep_ == "relcl":
            if not any(child.lower_ in {"where", "when"} for child in node.children):
                return
            scene = True
        elif node.dep_ in {"ccomp", "acl"} or (node.dep_ == "pobj" and not scene):
            return
        if node.dep_ == "conj" and any(child.dep_ in {"nsubj", "nsubjpass"} for child in node.children):
            return
        if above.pos_ == "VERB" and (scene or node.dep_ in {"advcl", "conj"}):
            for child in above.children:
                cue = word_cue(child, "adverb") if child.dep_ == "advmod" else None
                if cue is not None and cue.stance == "Uncertain":
                    yield Effect("Uncertain", (), f"{child.text}: adverb")
                    return
            cue = word_cue(above)
            unsure = cue is not None and (
                cue.kind == "doubt"
                or (cue.kind == "speech" and any(child.dep_ in {"xcomp", "oprd"} for child in above.children))
            )
            if unsure and is_passive(above) and not any(agents(above)):
                yield Effect("Uncertain", (), f"{above.text}: hearsay")
                return
        node = above


def unverified(trigger: Token) -> Iterator[Effect]:
    """What is said of a statement behind it: "a claim that could not be verified", "the report is unconfirmed"."""
    sentence = sentence_of(trigger)
    following = sentence.end < len(trigger.doc) and sentence_of(trigger.doc[sentence.end])
    for token in (*trigger.doc[trigger.i + 1 : sentence.end], *(following or ())):
        if not _unchecked(token):
            continue
        for subject in (child for child in token.children if child.dep_ in {"nsubj", "nsubjpass"}):
            said = token.head if subject.tag_ in RELATIVE or subject.lower_ == "that" else subject
            here = sentence_of(token).start == sentence.start
            if token.dep_ == "relcl" and here and trigger.i < said.i == token.head.i and _is_statement(said):
                yield Effect("Uncertain", (), f"{token.text}: unverified")
                return
            back = subject.lower_ in {"this", "that", "it", "which"} or (
                _is_statement(subject) and any(c.lower_ in {"the", "this", "that", "these"} for c in subject.children)
            )
            if token.dep_ != "relcl" and back and subject.i > trigger.i and (here or token.dep_ in {"ROOT", "xcomp"}):
                yield Effect("Uncertain", (), f"{token.text}: unverified")
                return


def _is_statement(noun: Token) -> bool:
    cue = word_cue(noun)
    return noun.pos_ == "NOUN" and cue is not None and cue.kind in {"speech", "accusation", "doubt"}


def _unchecked(verb: Token) -> bool:
    """Whether a verb says that nobody could check: "cannot be verified", "has yet to be confirmed"."""
    if not is_kind(verb, "check"):
        return False
    for node in (verb, verb.head):
        if any(child.dep_ == "neg" or child.lower_ in {"yet", "impossible"} for child in node.children):
            return True
        if verb.dep_ not in {"xcomp", "conj"}:
            break
    return False


def cut_off(node: Token, above: Token) -> bool:
    """A semicolon ends the reach of whatever governs, though the parser may hang one statement on the other."""
    first, last = sorted((node.i, above.i))
    return any(token.text == ";" for token in node.doc[first:last])


def modifiers(token: Token, below: Token | None = None) -> Iterator[Effect]:
    """Yield what auxiliaries, negations and adverbs do to a word; what they do to `below` it is told already."""
    for child in token.children:
        if child == below:
            continue
        if child.dep_ == "aux":
            cue = word_cue(child, "modal")
            if cue is not None:
                yield Effect(cue.stance, (), f"{child.text}: modal")
        elif child.dep_ == "neg":
            yield Effect("Denied", (), f"{child.text}: negation")
        elif child.dep_ in {"advmod", "amod", "det", "mark", "cc", "preconj"}:
            if child.lower_ in {"no", "neither", "never"}:
                yield Effect("Denied", (), f"{child.text}: negation")
                continue
            cue = word_cue(child, "adverb" if child.dep_ == "advmod" else "adjective")
            if cue is not None and cue.kind in {"adverb", "adjective"} and child.lower_ not in {"not", "n't"}:
                yield Effect(cue.stance, (), f"{child.text}: {cue.kind}")
        elif child.dep_ in {"nsubj", "nsubjpass", "dobj"} and any(
            (c.dep_ == "det" and c.lower_ in {"no", "neither"}) or _is_not_one(c) for c in child.children
        ):
            yield Effect("Denied", (), "no: negation")
        elif child.dep_ in {"nsubj", "nsubjpass"} and child.lower_ in {"nobody", "none", "nothing"}:
            yield Effect("Denied", (), f"{child.text}: negation")


def _is_not_one(number: Token) -> bool:
    """ "Not one civilian", "not a single shot"."""
    before = number.doc[number.i - 1] if number.i else number
    single = number.lower_ == "one" or (number.lower_ == "a" and number.doc[number.i + 1].lower_ == "single")
    return single and before.lower_ == "not"


def shared_auxiliaries(node: Token, above: Token) -> Iterator[Effect]:
    if any(child.dep_ == "aux" for child in node.children) or node.tag_ not in {"VB", "VBN"}:
        return
    for effect in modifiers(above):
        if effect.step.endswith(("modal", "negation")):
            yield effect
    if node.tag_ == "VB":
        cue = word_cue(above.head)
        if above.dep_ == "xcomp" and cue is not None and cue.kind == "plan":
            return


def adverbial(node: Token) -> Iterator[Effect]:
    words = {child.lower_ for child in node.children if child.dep_ in {"mark", "advmod"}}
    if words & CONDITIONALS:
        yield Effect("Uncertain", (), "conditional")
    elif words & FUTURE_MARKS or (node.tag_ == "VB" and any(c.lower_ == "to" for c in node.children)):
        yield Effect("Planned", (), "purpose")
