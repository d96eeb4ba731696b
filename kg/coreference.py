"""Answers whom a word means - a name, a description, a pronoun - from the mentions that were linked in a Doc."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from kg.model import Actor, Mention, MentionKind, Place
from kg.noun_phrases import is_quantity, words_of

__all__ = ["Resolver"]

RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})


class Resolver:
    """Answers which actors a noun, a name or a pronoun means, from the mentions that were linked in a Doc."""

    def __init__(self, doc: Doc, mentions: Iterable[Mention], places: Iterable[Mention] = ()) -> None:
        self._doc = doc
        self._actors = _by_head(doc, mentions)
        self._places = {
            token.i: mention.value
            for mention in places
            if isinstance(mention.value, Place)
            for token in _tokens(doc, mention)
        }

    def actors_of(self, token: Token) -> tuple[Actor, ...]:
        """Return the actors that the phrase headed by a token means; more than one for "both sides".

        Looks through "part of", "hundreds of" and relative pronouns to what they stand for.
        """
        found = self._actors.get(token.i, ())
        if found:
            return found
        if token.lower_ in RELATIVE and token.tag_ in {"WP", "WDT", "WP$"}:
            antecedent = _antecedent(token)
            return self.actors_of(antecedent) if antecedent is not None else ()
        for child in token.rights:
            if (
                child.dep_ == "prep"
                and child.lower_ == "of"
                and (is_quantity(token) or token.lower_ in words_of("part"))
            ):
                for inner in child.rights:
                    if inner.dep_ == "pobj" and inner.i != token.i:
                        return self.actors_of(inner)
        return ()

    def actor_of(self, token: Token) -> Actor | None:
        """Return the actor that the phrase headed by a token means, or None."""
        return next(iter(self.actors_of(token)), None)

    def place_at(self, token: Token) -> Place | None:
        """Return the place whose name holds a token, or None."""
        return self._places.get(token.i)


def _antecedent(token: Token) -> Token | None:
    node = token
    while node.head.i != node.i:
        if node.dep_ in {"relcl", "acl"}:
            return node.head if node.head.i < token.i else None
        node = node.head
    return None


def _tokens(doc: Doc, mention: Mention) -> Iterator[Token]:
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    return iter(span if span is not None else ())


def _by_head(doc: Doc, mentions: Iterable[Mention]) -> dict[int, tuple[Actor, ...]]:
    """Return the actors by token: a phrase's own for its head, a name's for each of its words that head no phrase."""
    heads: dict[int, list[Actor]] = {}
    words: dict[int, tuple[int, Actor]] = {}
    for mention in mentions:
        if mention.kind is not MentionKind.ACTOR or not isinstance(mention.value, Actor):
            continue
        tokens = list(_tokens(doc, mention))
        if not tokens:
            continue
        head = doc[tokens[0].i : tokens[-1].i + 1].root
        known = heads.setdefault(head.i, [])
        if mention.value not in known:
            known.append(mention.value)
        for token in tokens:
            if token.i not in words or len(tokens) < words[token.i][0]:
                words[token.i] = (len(tokens), mention.value)
    found: dict[int, tuple[Actor, ...]] = {index: (actor,) for index, (_, actor) in words.items()}
    found.update({index: tuple(actors) for index, actors in heads.items()})
    return found
