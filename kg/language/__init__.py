"""The text as spaCy reads it: Docs with offsets kept, and what every later room asks of a parse."""

from kg.language.docs import DEFAULT_MODEL, Language, ModelNotFound

__all__ = ["DEFAULT_MODEL", "Language", "ModelNotFound"]
