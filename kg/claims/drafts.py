"""A claim in the making: the value that the claim rooms pass on before stance, place and time are known."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from kg.claims.predicates import Argument
from kg.claims.triggers import TriggerRow
from kg.model import Actor, Place

__all__ = ["Draft"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim in the making: its trigger, its class and what the frame could fill.

    `arguments` are the arguments of the trigger, `counted` the token whose number a figure is read from, `fallbacks`
    how many roles were not read off the tree alone. `cause` is the trigger of the event that did this one: "the strike"
    in "the strike destroyed a hospital".
    """

    trigger: Token
    event_class: str
    row: TriggerRow
    arguments: tuple[Argument, ...]
    initiator: tuple[Actor, ...] = ()
    target: tuple[Actor, ...] = ()
    supporter: tuple[Actor, ...] = ()
    place: Place | None = None
    origin: Place | None = None
    destination: Place | None = None
    counted: Token | None = None
    fallbacks: int = 0
    steps: tuple[str, ...] = ()
    cause: Token | None = None
