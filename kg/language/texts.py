"""The text of a Doc, put together once: spaCy joins it anew each time that it is asked for."""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Doc

__all__ = ["text_of"]


# A text is asked for some hundred times while its report is being read, and never afterwards.
@lru_cache(maxsize=2)
def text_of(doc: Doc) -> str:
    """Return the text of a Doc."""
    return str(doc.text)
