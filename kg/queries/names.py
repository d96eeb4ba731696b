"""Finds the actor, place or event that is meant by a label, an alias, a Q-number, a key or an IRI."""

from __future__ import annotations

import re
import unicodedata

from kg.graph.vocabulary import CONFLICT, QID, RDFS, SKOS, wikidata
from kg.queries.sources import Answering
from kg.queries.values import Iri, nearest
from kg.stores.query_text import QueryError

__all__ = ["find"]

NAMES = """
PREFIX conflict: <{conflict}>
PREFIX skos: <{skos}>
PREFIX rdfs: <{rdfs}>
SELECT DISTINCT ?node ?name ?link WHERE {{
  ?node a conflict:{kind} .
  {{ ?node {label} ?name }} UNION {{ ?node skos:altLabel ?name }} UNION {{ ?node skos:exactMatch ?link }}
}}
ORDER BY ?node ?name ?link
"""
LABELS = {"actor": "skos:prefLabel", "place": "skos:prefLabel", "event": "rdfs:label"}
# Accents, and the half rings of transliterations.
DROPPED = ("Mn", "Lm")
APOSTROPHES = re.compile("['`\u2018\u2019]")
SEPARATORS = re.compile(r"[\W_]+")


def find(source: Answering, type: str, name: str) -> tuple[str, ...]:
    """Return the IRIs of all actors, places or events (`type`) of a graph that a name can mean, sorted.

    The name is an IRI of the graph or one that it links to, a Q-number, a label or an alias in any case and with
    or without accents, or the last part of an IRI. Raises QueryError for an unknown one, with the nearest names.
    """
    query = NAMES.format(conflict=CONFLICT, skos=SKOS, rdfs=RDFS, kind=type.capitalize(), label=LABELS[type])
    rows = source.answer(query).rows
    item = wikidata(name)
    wanted = name if item is None else item.value
    folded = folded_name(name)
    found = (
        {node for node, _, link in rows if wanted in (node, link)}
        or {node for node, label, _ in rows if label is not None and folded and folded_name(str(label)) == folded}
        or {node for node, _, _ in rows if str(node).endswith(f"/{type}/{name}")}
    )
    if not found:
        known = {folded_name(str(label)): str(label) for _, label, _ in sorted(rows, key=str) if label is not None}
        hint = "" if QID.fullmatch(name) else nearest(folded, known)
        raise QueryError(f"no {type} {name!r} in this graph{hint}")
    return tuple(sorted(str(node) for node in found if isinstance(node, Iri)))


def folded_name(name: str) -> str:
    """Return a name without case, accents, punctuation and a leading article.

    >>> folded_name("The Ḥashd al-Shaʿbī")
    'hashd al shabi'
    """
    letters = (letter for letter in unicodedata.normalize("NFKD", name) if unicodedata.category(letter) not in DROPPED)
    return SEPARATORS.sub(" ", APOSTROPHES.sub("", "".join(letters).casefold())).strip().removeprefix("the ")
