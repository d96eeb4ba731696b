"""Tells what differs between two graphs in the terms of the domain, and merges graphs into one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode, Triple

from kg.graph.named_graphs import Graphs, is_shared, united
from kg.graph.vocabulary import CONFLICT, DEFAULT_BASE, RDF, RDFS, SKOS, term

__all__ = ["ADDED", "REMOVED", "Change", "Changes", "Merged", "compare", "merge"]

ADDED = NamedNode(DEFAULT_BASE + "diff/added")
REMOVED = NamedNode(DEFAULT_BASE + "diff/removed")
TYPE = NamedNode(RDF + "type")
LABELS = (NamedNode(SKOS + "prefLabel"), NamedNode(RDFS + "label"))
KINDS = {term("Event"): "event", term("Claim"): "claim"}

# What is said of a claim or an event: the property and the value of each statement, in words.
Said: TypeAlias = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Told:
    """A claim or an event as people read of it."""

    what: str
    words: str
    said: Said


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """A claim or an event that is `added`, `removed` or `changed`, with its IRI and the words for it."""

    what: str
    kind: str
    node: str
    words: str

    def __str__(self) -> str:
        return f"{self.kind} {self.what} {self.node}: {self.words}"


@dataclass(frozen=True, slots=True)
class Changes:
    """What leads from one graph to another: in words, and as the triples that are added and removed."""

    told: tuple[Change, ...]
    added: frozenset[Triple]
    removed: frozenset[Triple]

    def graphs(self) -> Graphs:
        """Return the triples as two named graphs, ADDED and REMOVED."""
        return {ADDED: self.added, REMOVED: self.removed}


@dataclass(frozen=True, slots=True)
class Merged:
    """Graphs as one, and the names of the graphs that several of them have with different content."""

    graphs: Graphs
    differing: tuple[str, ...]


def compare(before: Graphs, after: Graphs) -> Changes:
    """Return what was added, removed and changed between two graphs, whatever graphs their triples stand in."""
    old, new = (frozenset().union(*graphs.values()) for graphs in (before, after))
    labels = {**_labels(old), **_labels(new)}
    was, now = _described(old, labels), _described(new, labels)
    told = []
    for node in was.keys() | now.keys():
        if node not in was:
            told.append(Change(now[node].what, "added", node, now[node].words))
        elif node not in now:
            told.append(Change(was[node].what, "removed", node, was[node].words))
        elif was[node].said != now[node].said:
            difference = _difference(was[node].said, now[node].said)
            told.append(Change(now[node].what, "changed", node, f"{now[node].words}: {difference}"))
    return Changes(tuple(sorted(told)), new - old, old - new)


def merge(datasets: Sequence[Graphs]) -> Merged:
    """Return graphs as one: each named graph is the union of those of its name, actors and places are told once.

    A graph of a report that two datasets have with different content, as when they were built by different versions,
    holds what both say, and is named in `differing`.
    """
    parts: dict[NamedNode, list[frozenset[Triple]]] = {}
    for graphs in datasets:
        for name, triples in graphs.items():
            parts.setdefault(name, []).append(triples)
    shared = {name for name in parts if is_shared(name)}
    whole = {
        name: united(*several) if name in shared else frozenset().union(*several) for name, several in parts.items()
    }
    differing = sorted(name.value for name, several in parts.items() if name not in shared and len(set(several)) > 1)
    return Merged(whole, tuple(differing))


def _labels(triples: Iterable[Triple]) -> dict[str, str]:
    return {
        str(triple.subject): triple.object.value
        for triple in triples
        if triple.predicate in LABELS and isinstance(triple.object, Literal)
    }


def _described(triples: frozenset[Triple], labels: Mapping[str, str]) -> dict[str, _Told]:
    """Return each claim and event by its IRI."""
    kinds = {
        triple.subject: KINDS[triple.object]
        for triple in triples
        if triple.predicate == TYPE and isinstance(triple.object, NamedNode) and triple.object in KINDS
    }
    figures: dict[object, dict[str, str]] = {}
    numbers = (term("measure"), term("minimum"), term("maximum"))
    for triple in triples:
        if isinstance(triple.object, Literal) and triple.predicate in numbers:
            figures.setdefault(triple.subject, {})[_short(triple.predicate, {})] = triple.object.value
    said: dict[object, set[tuple[str, str]]] = {node: set() for node in kinds}
    for triple in triples:
        if triple.subject in said:
            figure = figures.get(triple.object) if triple.predicate == term("figure") else None
            value = _figure(figure) if figure else _short(triple.object, labels)
            said[triple.subject].add((_short(triple.predicate, {}), value))
    return {
        str(node)[1:-1]: _Told(kind, _words(kind, said[node]), frozenset(said[node])) for node, kind in kinds.items()
    }


def _words(kind: str, said: Iterable[tuple[str, str]]) -> str:
    known = dict(sorted(said, reverse=True))
    if kind == "event":
        return f"{known.get('label', 'without a label')} ({known.get('status', 'without a status')})"
    source = f", according to {known['attributedTo']}" if "attributedTo" in known else ""
    return f"{known.get('classifiedAs', '')} {known.get('stance', '')}{source}: “{known.get('quote', '')}”"


def _difference(old: Said, new: Said) -> str:
    gone, come = sorted(old - new), sorted(new - old)
    names = sorted({name for name, _ in (*gone, *come)})
    parts = []
    for name in names:
        before = ", ".join(value for key, value in gone if key == name) or "nothing"
        after = ", ".join(value for key, value in come if key == name) or "nothing"
        parts.append(f"{name} {before} → {after}")
    return "; ".join(parts)


def _figure(figure: Mapping[str, str]) -> str:
    minimum, maximum = figure.get("minimum", ""), figure.get("maximum")
    upper = " or more" if maximum is None else "" if maximum == minimum else f" to {maximum}"
    return f"{minimum}{upper} {figure.get('measure', '')}"


def _short(node: object, labels: Mapping[str, str]) -> str:
    if isinstance(node, Literal):
        return node.value
    known = labels.get(str(node))
    iri = str(node)[1:-1]
    return known or (iri.removeprefix(CONFLICT) if iri.startswith(CONFLICT) else iri.rpartition("#")[2])
