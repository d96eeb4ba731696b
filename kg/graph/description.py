"""Describes an exported dataset in VoID and DCAT: what it counts, what it rests on, its licence, what made it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from kg.graph.named_graphs import Graphs, base_of
from kg.graph.vocabulary import CONFLICT, DCTERMS, PREFIXES, RDF, XSD, absolute_iri, term

__all__ = ["LICENCE", "describe"]

# What is told of places comes from GeoNames, whose licence asks for a mention of it.
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"
PROV = "http://www.w3.org/ns/prov#"
SCHEMA = "https://schema.org/"
SPDX = "http://spdx.org/rdf/terms#"
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
DESCRIBING = {"dcat": DCAT, "prov": PROV, "schema": SCHEMA, "spdx": SPDX, "void": VOID}
TYPE = NamedNode(RDF + "type")


@dataclass(frozen=True, slots=True)
class _Describing:
    """Makes statements about a dataset and its parts."""

    dataset: NamedNode

    def part(self, name: str) -> NamedNode:
        return NamedNode(f"{self.dataset.value}#{name}")

    def number(self, node: NamedNode, name: str, value: int) -> Triple:
        return Triple(node, NamedNode(VOID + name), Literal(value))


def describe(
    graphs: Graphs, version: str, *, title: str = "", licence: str = LICENCE, exported: Path | None = None
) -> bytes:
    """Return the description of a dataset as Turtle, the same for the same dataset.

    `version` is that of this program, `exported` the file in which the dataset is given away. Raises ValueError for a
    licence that is no IRI.
    """
    terms = absolute_iri(licence)
    if terms is None:
        raise ValueError(f"{licence!r} is no licence: give its IRI, such as {LICENCE}")
    triples: frozenset[Triple] = frozenset().union(*graphs.values())
    about = _Describing(NamedNode(base_of(graphs) + "dataset"))
    told = {
        *_dataset(about, title, terms, version, base_of(graphs)),
        *_counts(about, triples),
        *_sources(about, triples),
        *_times(about, triples),
        *_graphs(about, graphs),
        *(_distribution(about, exported, terms) if exported else ()),
    }
    ordered = sorted(told, key=lambda triple: (triple.subject != about.dataset, str(triple)))
    prefixes = {**{name: PREFIXES[name] for name in ("conflict", "dcterms", "xsd")}, **DESCRIBING}
    lines = (serialize(ordered, format=RdfFormat.TURTLE, prefixes=prefixes) or b"").splitlines(keepends=True)
    # The writer declares prefixes in an order that changes from run to run.
    return b"".join((*sorted(lines[: len(prefixes)]), *lines[len(prefixes) :]))


def _dataset(about: _Describing, title: str, licence: NamedNode, version: str, base: str) -> Iterator[Triple]:
    node, tool = about.dataset, about.part("tool")
    yield Triple(node, TYPE, NamedNode(VOID + "Dataset"))
    yield Triple(node, TYPE, NamedNode(DCAT + "Dataset"))
    name = title or "Claims and events read from reports on armed conflict"
    yield Triple(node, NamedNode(DCTERMS + "title"), Literal(name, language="en"))
    yield Triple(node, NamedNode(DCTERMS + "license"), licence)
    yield Triple(node, NamedNode(VOID + "vocabulary"), NamedNode(CONFLICT))
    yield Triple(node, NamedNode(VOID + "uriSpace"), Literal(base))
    yield Triple(node, NamedNode(PROV + "wasAttributedTo"), tool)
    yield Triple(tool, TYPE, NamedNode(PROV + "SoftwareAgent"))
    yield Triple(tool, NamedNode(SCHEMA + "name"), Literal("conflict-kg"))
    yield Triple(tool, NamedNode(SCHEMA + "softwareVersion"), Literal(version))


def _counts(about: _Describing, triples: frozenset[Triple]) -> Iterator[Triple]:
    classes = Counter(triple.object for triple in triples if triple.predicate == TYPE)
    properties = Counter(triple.predicate for triple in triples)
    node = about.dataset
    yield about.number(node, "triples", len(triples))
    yield about.number(node, "entities", len({triple.subject for triple in triples if triple.predicate == TYPE}))
    yield about.number(node, "distinctSubjects", len({triple.subject for triple in triples}))
    yield about.number(node, "distinctObjects", len({triple.object for triple in triples}))
    yield about.number(node, "classes", len(classes))
    yield about.number(node, "properties", len(properties))
    for name, number in classes.items():
        if isinstance(name, NamedNode):
            part = about.part(f"class-{_local(name)}")
            yield Triple(node, NamedNode(VOID + "classPartition"), part)
            yield Triple(part, NamedNode(VOID + "class"), name)
            yield about.number(part, "entities", number)
    for name, number in properties.items():
        part = about.part(f"property-{_local(name)}")
        yield Triple(node, NamedNode(VOID + "propertyPartition"), part)
        yield Triple(part, NamedNode(VOID + "property"), name)
        yield about.number(part, "triples", number)


def _sources(about: _Describing, triples: frozenset[Triple]) -> Iterator[Triple]:
    publishers = (triple.object for triple in triples if triple.predicate.value == DCTERMS + "publisher")
    for publisher in publishers:
        yield Triple(about.dataset, NamedNode(DCTERMS + "contributor"), publisher)
    for triple in triples:
        if triple.predicate == TYPE and triple.object == term("Report"):
            yield Triple(about.dataset, NamedNode(DCTERMS + "source"), triple.subject)
            yield Triple(about.dataset, NamedNode(PROV + "wasDerivedFrom"), triple.subject)


def _times(about: _Describing, triples: frozenset[Triple]) -> Iterator[Triple]:
    days = sorted(
        triple.object.value
        for triple in triples
        if triple.predicate in (term("earliest"), term("latest")) and isinstance(triple.object, Literal)
    )
    if days:
        period = about.part("period")
        yield Triple(about.dataset, NamedNode(DCTERMS + "temporal"), period)
        yield Triple(period, TYPE, NamedNode(DCTERMS + "PeriodOfTime"))
        for name, day in (("startDate", days[0]), ("endDate", days[-1])):
            yield Triple(period, NamedNode(DCAT + name), Literal(day, datatype=NamedNode(XSD + "date")))


def _graphs(about: _Describing, graphs: Graphs) -> Iterator[Triple]:
    for name, triples in graphs.items():
        yield Triple(about.dataset, NamedNode(VOID + "subset"), name)
        yield Triple(name, TYPE, NamedNode(VOID + "Dataset"))
        yield about.number(name, "triples", len(triples))


def _distribution(about: _Describing, exported: Path, licence: NamedNode) -> Iterator[Triple]:
    content, node, checksum = exported.read_bytes(), about.part("file"), about.part("checksum")
    yield Triple(about.dataset, NamedNode(DCAT + "distribution"), node)
    yield Triple(node, TYPE, NamedNode(DCAT + "Distribution"))
    yield Triple(node, NamedNode(DCTERMS + "title"), Literal(exported.name))
    yield Triple(node, NamedNode(DCTERMS + "license"), licence)
    yield Triple(node, NamedNode(DCAT + "byteSize"), Literal(len(content)))
    format = RdfFormat.from_extension(exported.suffix.removeprefix("."))
    if format is not None:
        yield Triple(node, NamedNode(DCAT + "mediaType"), NamedNode(MEDIA_TYPES + format.media_type))
    yield Triple(node, NamedNode(SPDX + "checksum"), checksum)
    yield Triple(checksum, NamedNode(SPDX + "algorithm"), NamedNode(SPDX + "checksumAlgorithm_sha256"))
    yield Triple(checksum, NamedNode(SPDX + "checksumValue"), Literal(sha256(content).hexdigest()))


def _local(name: NamedNode) -> str:
    """Return what tells a class or a property among those of the dataset, as a fragment."""
    for prefix, namespace in {**PREFIXES, **DESCRIBING, "rdf": RDF}.items():
        if name.value.startswith(namespace):
            return f"{prefix}-{name.value.removeprefix(namespace)}"
    return sha256(name.value.encode()).hexdigest()[:16]
