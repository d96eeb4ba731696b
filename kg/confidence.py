"""How sure a claim is, from what its reading had to lean on."""

from __future__ import annotations

from kg.attribution import Attribution
from kg.events import Draft

__all__ = ["confidence"]


def confidence(draft: Draft, attribution: Attribution) -> float:
    """Return a number between 0 and 1 for a claim: lower for weak triggers, missing roles and fallbacks."""
    value = {"strong": 0.9, "typed": 0.8, "pair": 0.75}.get(draft.row.strength, 0.7)
    if not draft.initiator and not draft.target:
        value -= 0.2
    value -= 0.1 * min(draft.fallbacks, 2)
    return round(max(value, 0.1), 2)
