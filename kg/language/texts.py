"""The text and the sentences of a Doc, found once: spaCy joins and looks for them anew each time it is asked."""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Doc, Span, Token

__all__ = ["sentence_of", "text_of"]


# A text is asked for some hundred times while its report is being read, and never afterwards.
@lru_cache(maxsize=2)
def text_of(doc: Doc) -> str:
    """Return the text of a Doc."""
    return str(doc.text)


def sentence_of(part: Token | Span) -> Span:
    """Return the sentence of a token, or that in which a span begins."""
    return _sentences(part.doc)[part.i if isinstance(part, Token) else part.start]


@lru_cache(maxsize=2)
def _sentences(doc: Doc) -> tuple[Span, ...]:
    return tuple(sentence for sentence in doc.sents for _ in range(len(sentence)))
