"""The dictionary form of a word, with the forms that the model's lemmatizer gets wrong set right."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from kg import lexicon

__all__ = ["lemma_of"]


@cache
def _mended() -> dict[str, str]:
    return {row["form"]: row["lemma"] for row in lexicon.rows("verb_lemmas")}


def lemma_of(token: Token) -> str:
    """Return a token's lemma in lower case; capitals in headlines fall back to the word itself."""
    mended = _mended().get(token.lower_)
    if mended is not None:
        return mended
    lemma = token.lemma_.lower()
    if token.pos_ == "PROPN" and token.tag_ == "NNPS" and lemma.endswith("s"):
        return lemma[:-1]
    return lemma
