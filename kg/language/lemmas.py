"""The dictionary form of a word, with the forms that the model's lemmatizer gets wrong set right."""

from __future__ import annotations

from functools import cache, lru_cache

from spacy.tokens import Doc, Token

from kg import lexicon

__all__ = ["lemma_of", "lemmas_of"]


@cache
def _mended() -> dict[str, str]:
    return {row["form"]: row["lemma"] for row in lexicon.rows("verb_lemmas")}


def lemma_of(token: Token) -> str:
    """Return a token's lemma in lower case; capitals in headlines fall back to the word itself."""
    return lemmas_of(token.doc)[token.i]


# A word is asked for its lemma a dozen times while its report is being read, and never afterwards.
@lru_cache(maxsize=2)
def lemmas_of(doc: Doc) -> tuple[str, ...]:
    """Return the lemmas of a Doc's tokens as `lemma_of` gives them."""
    return tuple(map(_lemma, doc))


def _lemma(token: Token) -> str:
    mended = _mended().get(token.lower_)
    if mended is not None:
        return mended
    lemma = token.lemma_.lower()
    if lemma.endswith("s") and token.tag_ == "NNPS" and token.pos_ == "PROPN":
        return lemma[:-1]
    return lemma
