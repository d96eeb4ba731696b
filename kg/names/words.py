"""Splits names and texts into words that compare alike whatever their case, accents, hyphens and transliteration."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

__all__ = ["Form", "Likeness", "Word", "fold", "name_key", "slug", "words"]

PLAIN = str.maketrans(
    dict.fromkeys("\u2018\u2019\u02bc\u02bf\u02be\u02bb`\u00b4\u2032", "'")
    | {"\u0131": "i", "\u0142": "l", "\u0111": "d", "\u00f8": "o"}
)
HYPHENS = frozenset("-\u2010\u2011\u2013\u2014")
PIECE = re.compile(r"'s(?!\w)|\w+(?:\.\w+|'(?!s\b)\w+)*|[^\w\s]")
JOINERS = HYPHENS | frozenset("/.'")
ASSIMILATED = frozenset({"al", "el", "ad", "an", "ar", "as", "ash", "at", "az", "ul", "ur", "us", "ud"})
DOUBLED = re.compile(r"(.)\1+")
SPELLINGS = (("defense", "defence"), ("isation", "ization"), ("programme", "program"), ("center", "centre"))
SIMPLER = (("ou", "u"), ("oo", "u"), ("ee", "i"), ("y", "i"), ("q", "k"))
VOWELS = str.maketrans({"e": "i", "o": "u"})
# Short words are compared as they are written: four is not the Fur, whatever ou and u are in other names.
LONGEST_LITERAL = 4


class Form(Enum):
    """How a word is written: war, War, WAR or DoD."""

    LOWER = 0
    TITLE = 1
    UPPER = 2


class Likeness(Enum):
    """How alike two spellings must be: the same word, nearly so, or the same name in another transliteration."""

    SAME = 0
    NEAR = 1
    TRANSLITERATED = 2


class Word(NamedTuple):
    """A word as names are compared: `fold` has no case and no accents, `keys` are equal for words of each likeness.

    `token` is the index of the token that holds it; `joined` says that a hyphen stands before it.
    """

    fold: str
    keys: tuple[str, str, str]
    form: Form
    token: int
    joined: bool


def fold(text: str) -> str:
    """Return text without case, accents, full stops and apostrophes.

    >>> fold("Médecins Sans Frontières"), fold("U.S.")
    ('medecins sans frontieres', 'us')
    """
    return " ".join(word.fold for word in words([text]))


def name_key(text: str) -> tuple[str, ...]:
    """Return what names that differ only in transliteration share.

    >>> name_key("Jaysh al-Islam") == name_key("Jaish el-Islam")
    True
    """
    return tuple(word.keys[Likeness.TRANSLITERATED.value] for word in words([text]))


def slug(text: str) -> str:
    """Return text as it may stand in a key.

    >>> slug("Jama'at Nasr al-Islam (JNIM)")
    'jamaat-nasr-al-islam-jnim'
    """
    return re.sub(r"[^a-z0-9]+", "-", fold(text).replace(" 's", "s")).strip("-")


def words(tokens: Sequence[str]) -> tuple[Word, ...]:
    """Return the words of tokens: hyphens and slashes separate words, other punctuation stands as a word of its own."""
    pieces = [(piece, index) for index, token in enumerate(tokens) for piece in _pieces(token)]
    found: list[Word] = []
    behind = False
    for (piece, index), (following, _) in pairwise((*pieces, ("", 0))):
        hyphen_before, behind = behind, piece in HYPHENS
        if piece in JOINERS:
            continue
        folded, keys, form = _word(piece)
        hyphen_behind = following in HYPHENS
        if folded in ("al", "el") or (hyphen_behind and form is not Form.UPPER and folded in ASSIMILATED):
            keys = (keys[0], keys[1], "al")
        elif folded == "i" and hyphen_before and hyphen_behind:
            keys = (keys[0], keys[1], "e")
        found.append(Word(folded, keys, form, index, hyphen_before))
    return tuple(found)


@lru_cache(maxsize=20_000)
def _pieces(token: str) -> tuple[str, ...]:
    if token.isspace():
        return ("\n",) if token.count("\n") > 1 else ()
    return tuple(PIECE.findall(_plain(token)))


def _plain(text: str) -> str:
    if text.isascii():
        return text.replace("`", "'")
    decomposed = unicodedata.normalize("NFKD", text.translate(PLAIN))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


@lru_cache(maxsize=20_000)
def _word(piece: str) -> tuple[str, tuple[str, str, str], Form]:
    upper = len(piece) > 1 and (piece.isupper() or sum(map(str.isupper, piece)) > 1)
    form = Form.UPPER if upper else Form.TITLE if piece[0].isupper() else Form.LOWER
    folded = piece if piece == "'s" else piece.casefold().replace(".", "").replace("'", "").replace("&", "and")
    return folded, _keys(folded), form


def _keys(folded: str) -> tuple[str, str, str]:
    """Return a key for each likeness; those of different likeness never equal one another."""
    same = folded
    for american, british in SPELLINGS:
        same = same.replace(american, british)
    if len(folded) <= LONGEST_LITERAL:
        return f"={same}", f"~{same}", same
    near = same
    for spelling, simpler in SIMPLER:
        near = near.replace(spelling, simpler)
    near = DOUBLED.sub(r"\1", near)
    return f"={same}", f"~{near}", DOUBLED.sub(r"\1", near.translate(VOWELS))
