"""Toponyms linked to the gazetteer."""

from kg.places.linking import PlaceLinker

__all__ = ["PlaceLinker"]
