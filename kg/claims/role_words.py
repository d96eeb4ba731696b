"""Small families of words that the reading of events asks for, such as what counts people or says that they leave."""

from __future__ import annotations

from functools import cache

from kg import lexicon

__all__ = ["words_of"]


@cache
def words_of(sense: str) -> frozenset[str]:
    """Return the words of a sense in `kg/lexicon/role_words.tsv`; raises KeyError for a sense that has none.

    >>> "dozen" in words_of("quantity")
    True
    """
    words = frozenset(row["word"] for row in lexicon.rows("role_words") if row["sense"] == sense)
    if not words:
        raise KeyError(sense)
    return words
