"""Who is meant by those who speak: "he", "several of whom", "Israeli figures", "the report"."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from kg.claims.demonyms import state_of
from kg.claims.fillers import Fillers
from kg.claims.quotations import Quotations
from kg.claims.speech import is_account, makers
from kg.language.clauses import agents, coordinated
from kg.language.texts import sentence_of
from kg.model import Actor, ActorType

__all__ = ["Speakers"]

FIRST_PERSON = frozenset(["i", "we", "us"])


class Speakers:
    """The speakers of one Doc, asked by the nouns that stand for them."""

    def __init__(self, fillers: Fillers, quotations: Quotations) -> None:
        self.fillers = fillers
        self.quotations = quotations

    def actors(self, tokens: Iterable[Token]) -> tuple[Actor, ...]:
        """Return the actors that speakers' nouns mean, with the bodies that persons speak for."""
        found: dict[str, Actor] = {}
        for token in tokens:
            for actor in self._of(token):
                found.setdefault(actor.key, actor)
                if actor.type is ActorType.PERSON:
                    for body in actor.speaks_for:
                        found.setdefault(body.key, body)
        return tuple(found.values())

    def _of(self, token: Token) -> tuple[Actor, ...]:
        """Return the actors that a speaker's noun means: "he" is who spoke last, "Israeli" the state."""
        if token.dep_ == "nsubj" and token.head.dep_ == "relcl" and any(t.lower_ == "whom" for t in token.subtree):
            # "Several of whom said": those of whom the clause tells.
            return self.fillers.actors(token.head.head)
        if token.pos_ == "PRON" and token.dep_ == "nsubj":
            last = self.quotations.last_speakers(token)
            if last:
                return last
        if token.lower_ in FIRST_PERSON and self.quotations.of(token) is None:
            # A report's own "we" is nobody else's word.
            return ()
        found = self.fillers.actors(token)
        if not found and is_account(token):
            return self._makers_of(token)
        if found or token.dep_ not in {"amod", "compound", "poss"}:
            return found
        return state_of(token, self.fillers)

    def _makers_of(self, document: Token) -> tuple[Actor, ...]:
        """Whose a document is that speaks: "a United Nations report", "the report", told before, "issued by"."""
        for noun in (document, *reversed(document.doc[: document.i])):
            if noun.lemma_ != document.lemma_ or noun.pos_ != document.pos_:
                continue
            issuers = (t for child in noun.children if child.dep_ == "acl" for t in agents(child))
            named = [t for one in (*makers(noun), *issuers) for t in coordinated(one) if not is_account(t)]
            if found := self.actors(named):
                return found
            if not any(child.lower_ in {"the", "this", "that"} for child in noun.children):
                return ()
        return ()

    def accountable(self, noun: Token) -> tuple[Token, ...]:
        """Return whose account it is: the noun itself, or the maker of a report or a count."""
        if self.fillers.actors(noun) or not is_account(noun):
            return (noun,)
        return tuple(makers(noun)) or (noun,)

    def nearest(self, verb: Token) -> tuple[Token, ...]:
        """Return the actor named last before a verb whose subject the parser lost."""
        for token in reversed(verb.doc[max(verb.i - 6, sentence_of(verb).start) : verb.i]):
            if token.pos_ in {"NOUN", "PROPN"} and self.fillers.actor(token) is not None:
                return (token,)
        return ()
