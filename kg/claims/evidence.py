"""Cuts the exact words of a report that a claim rests on."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Token

from kg.claims.circumstances import clause_head
from kg.claims.events import Draft
from kg.claims.predicates import responsible
from kg.language.clauses import objects
from kg.language.texts import sentence_of

__all__ = ["clause_span", "trigger_span"]

TRIMMED = frozenset([",", ";", ":", "-", "--", "–", "—", '"', "''", "``", "'", "and", "but", "or", "(", ")"])


def clause_span(draft: Draft, others: Collection[int]) -> tuple[int, int]:
    """Return the character span of the clause that makes a claim.

    `others` are the token numbers of the heads of other claims' clauses, which are cut off where they hang on this one.
    """
    head = clause_head(draft)
    left, right = head.i, head.i
    kept = {head.i, draft.trigger.i}
    _collect(head, kept, others)
    if head.i != draft.trigger.i:
        _collect(draft.trigger, kept, others)
    doc, sentence = head.doc, sentence_of(head)
    while left - 1 in kept or (left - 1 >= sentence.start and left - 2 in kept and not doc[left - 1].is_alpha):
        left -= 1
    while right + 1 in kept or (right + 1 < sentence.end and right + 2 in kept and not doc[right + 1].is_alpha):
        right += 1
    left, right = min(left, draft.trigger.i), max(right, draft.trigger.i)
    # "Rebels claimed responsibility for the raid": the words that say who did it are evidence too.
    doers = responsible(draft.trigger) if draft.trigger.pos_ == "NOUN" else ()
    named = [doer for doer in doers if sentence_of(doer) == sentence]
    if head.pos_ == "VERB":
        # What was taken is evidence too where the parser took it for who speaks.
        named += [thing for thing in objects(head) if thing.head.i == head.head.i and thing.i > head.i]
    left, right = min((left, *(doer.left_edge.i for doer in named))), max((right, *(doer.i for doer in named)))
    while left < min(head.i, draft.trigger.i) and (doc[left].lower_ in TRIMMED or doc[left].is_space):
        left += 1
    while right > max(head.i, draft.trigger.i) and (doc[right].lower_ in TRIMMED or doc[right].is_space):
        right -= 1
    return doc[left].idx, doc[right].idx + len(doc[right])


def trigger_span(draft: Draft) -> tuple[int, int]:
    """Return the character span of a draft's trigger words."""
    first = draft.trigger.i - len(draft.row.words) + 1
    token = draft.trigger
    last = token.i
    following = token.doc[token.i + 1 : token.i + 1 + len(draft.row.particles)]
    if draft.row.particles and tuple(word.lower_ for word in following) == draft.row.particles:
        last += len(draft.row.particles)
    return token.doc[first].idx, token.doc[last].idx + len(token.doc[last])


def _collect(node: Token, kept: set[int], others: Collection[int]) -> None:
    for child in node.children:
        if child.i in others and child.dep_ in {"conj", "advcl", "parataxis", "ccomp", "relcl", "acl"}:
            continue
        if child.dep_ == "parataxis" or (
            child.dep_ == "cc" and any(c.i in others for c in node.rights if c.dep_ == "conj")
        ):
            continue
        kept.add(child.i)
        _collect(child, kept, others)
