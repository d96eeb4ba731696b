"""Names, descriptions and pronouns linked to actors."""

from kg.actors.linking import ActorLinker

__all__ = ["ActorLinker"]
