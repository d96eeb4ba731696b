"""Tells where a statement is said to be false: "is untrue", "was not the work of", "no truth in", "denied having"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.claims.cues import is_kind, word_cue
from kg.claims.effects import Effect
from kg.claims.speech import is_account, is_negated

__all__ = ["denied_behind", "lacks_truth", "not_the_work", "refuted"]


def refuted(said: Token, verb: Token) -> Iterator[Effect]:
    """Yield what a form of "be" denies of its subject, or of the clause behind it."""
    if said.dep_ == "nsubj":
        yield from not_the_work(verb)
        yield from _is_false(said, verb)
    elif said.dep_ in {"ccomp", "csubj"} and any(is_kind(child, "falsehood") for child in verb.children):
        # "It is untrue that troops crossed the border".
        yield Effect("" if is_negated(verb) else "Denied", (), "untrue: negation")


def not_the_work(verb: Token) -> Iterator[Effect]:
    """ "The massacre was not the work of the rebels": so that they did it is denied."""
    if any(child.dep_ == "neg" for child in verb.children) and any(
        child.dep_ == "attr" and is_kind(child, "authorship") for child in verb.children
    ):
        yield Effect("Denied", (), "not the work of: negation")


def _is_false(noun: Token, verb: Token) -> Iterator[Effect]:
    """ "Reports that troops crossed the border are baseless": that they did is denied."""
    if not is_account(noun) and word_cue(noun) is None:
        return
    if any(is_kind(child, "falsehood") for child in verb.children) and not is_negated(verb):
        yield Effect("Denied", (), "false: negation")


def lacks_truth(noun: Token) -> bool:
    """ "There is no truth in", "no substance to"."""
    return is_kind(noun, "truth") and any(child.lower_ == "no" for child in noun.children)


def denied_behind(node: Token, above: Token) -> bool:
    """ "Denied on Monday having sent troops": the parser hangs what is denied on the verb as a circumstance."""
    cue = word_cue(above) if node.dep_ == "advcl" and above.i < node.i else None
    if cue is None or cue.kind != "denial" or any(child.dep_ == "dobj" for child in above.children):
        return False
    return any(child.dep_ == "aux" and child.lower_ == "having" for child in node.children)
