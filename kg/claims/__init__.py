"""Claims read from linked mentions - event, roles, place, time, stance, source, figures - and joined into events."""

from kg.claims.reading import read_claims

__all__ = ["read_claims"]
