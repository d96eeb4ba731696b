"""Says which state's government a demonym stands for: "Egyptian mediation", "according to Israeli figures"."""

from __future__ import annotations

from collections import Counter
from functools import cache

from spacy.tokens import Token

from kg import lexicon
from kg.claims.fillers import Fillers
from kg.model import Actor

__all__ = ["state_of"]


def state_of(token: Token, fillers: Fillers) -> tuple[Actor, ...]:
    """Return the government of the country that a word names or is the adjective of, or nothing."""
    state = fillers.state(token, armed=False)
    if state is None and fillers.states is not None and (code := _demonyms().get(token.text)) is not None:
        state = fillers.states.government(code)
    return (state,) if state is not None else ()


@cache
def _demonyms() -> dict[str, str]:
    """The country codes of the adjectives that belong to one country only."""
    pairs = [(word, row["code"]) for row in lexicon.rows("countries") for word in row["demonyms"].split("|")]
    counts = Counter(word for word, _ in pairs)
    return {word: code for word, code in pairs if counts[word] == 1}
