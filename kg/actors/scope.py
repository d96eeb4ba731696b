"""Keeps actors that are known only by a description apart from those of other reports."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Actor

__all__ = ["within_report"]


def within_report(actor: Actor, report: str) -> Actor:
    """Return an actor as a report means it: "the rebels" of another report are other people.

    >>> from kg.model import ActorType
    >>> within_report(Actor(key="rebels", label="rebels", type=ActorType.ARMED_GROUP, unresolved=True), "gao").key
    'gao/rebels'
    """
    described = actor.unresolved and actor.label[:1].islower()
    return replace(actor, key=f"{report}/{actor.key}") if described else actor
