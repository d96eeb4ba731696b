"""Each rule of the graph: a broken example is rejected under the rule's name, the good graph passes."""

from __future__ import annotations

from pathlib import Path

import pyshacl
import pytest
from pyoxigraph import Dataset, RdfFormat, Store
from rdflib import SH, Graph, URIRef
from rdflib import Dataset as RdflibDataset

from kg.graph import build_dataset
from kg.graph.files import GraphFileError
from kg.graph.validation import Violation, check_evidence, validate
from kg.model import EVENT_GROUPS, GROUP_OF, MEASURES, Stance, Status
from kg.resources import resource_folder
from tests.handmade import HandmadeReading, albu_kamal, contradiction

SHAPE = "https://w3id.org/conflict-kg/shapes#"
TEXT = "Rebels seized Upton on Monday, residents said, killing 12 guards. The army denied that Upton had fallen."
HEADER = """
@prefix conflict: <https://w3id.org/conflict-kg/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wgs: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <https://example.org/> .
"""
GOOD = f"""{HEADER}
<report/upton> a conflict:Report ;
    dcterms:identifier "upton" ;
    dcterms:issued "2014-05-06"^^xsd:date .

<event/1> a conflict:Capture , conflict:TerritorialEvent , conflict:Event ;
    rdfs:label "Capture of Upton, 5 May 2014"@en ;
    conflict:status conflict:Disputed ;
    conflict:initiator <actor/rebels> ;
    conflict:location <place/upton> ;
    conflict:earliest "2014-05-05"^^xsd:date ; conflict:latest "2014-05-06"^^xsd:date .

<claim/upton/0-64> a conflict:Claim ;
    conflict:reportedIn <report/upton> ;
    conflict:describes <event/1> ;
    conflict:classifiedAs conflict:Capture ;
    conflict:stance conflict:Affirmed ;
    conflict:attributedTo <actor/residents> ;
    conflict:initiator <actor/rebels> ;
    conflict:target <actor/army> ;
    conflict:location <place/upton> ;
    conflict:origin <place/mid> ;
    conflict:earliest "2014-05-05"^^xsd:date ; conflict:latest "2014-05-05"^^xsd:date ;
    conflict:figure <figure/1> ;
    conflict:trigger "seized" ;
    conflict:quote "{TEXT[0:64]}" ;
    conflict:start 0 ; conflict:end 64 ;
    conflict:confidence 0.9 .

<claim/upton/66-104> a conflict:Claim ;
    conflict:reportedIn <report/upton> ;
    conflict:describes <event/1> ;
    conflict:classifiedAs conflict:Capture ;
    conflict:stance conflict:Denied ;
    conflict:attributedTo <actor/army> ;
    conflict:trigger "fallen" ;
    conflict:quote "{TEXT[66:104]}" ;
    conflict:start 66 ; conflict:end 104 ;
    conflict:confidence 0.75 .

<figure/1> a conflict:Figure ;
    conflict:measure "killed" ; conflict:minimum 12 ; conflict:maximum 14 .

<actor/army> a conflict:StateForces , conflict:Actor ;
    skos:prefLabel "Erewhon Army"@en ; skos:altLabel "the army"@en ;
    conflict:country <place/erewhon> ;
    conflict:memberOf <actor/forces> ; conflict:alliedWith <actor/residents> .
<actor/forces> a conflict:StateForces , conflict:Actor ; skos:prefLabel "Erewhon Armed Forces"@en .
<actor/rebels> a conflict:ArmedGroup , conflict:Actor ;
    skos:prefLabel "rebels"@en ; conflict:unresolved true .
<actor/residents> a conflict:Population , conflict:Actor ; skos:prefLabel "residents"@en .

<place/upton> a conflict:Settlement , conflict:Place ;
    skos:prefLabel "Upton"@en ; skos:altLabel "Upton town"@en ;
    wgs:lat 51.25 ; wgs:long -1.5 ; geo:asWKT "POINT(-1.5 51.25)"^^geo:wktLiteral ;
    skos:exactMatch <https://sws.geonames.org/42/> , <http://www.wikidata.org/entity/Q42> ;
    conflict:within <place/mid> ; conflict:country <place/erewhon> .
<place/mid> a conflict:Region , conflict:Place ; skos:prefLabel "Midlands"@en ; conflict:within <place/erewhon> .
<place/erewhon> a conflict:Country , conflict:Place ; skos:prefLabel "Erewhon"@en .
"""
TWIN = '<report/2> a conflict:Report ; dcterms:identifier "upton" .\n'
FIRST, SECOND, EVENT = "claim/upton/0-64", "claim/upton/66-104", "event/1"


def but(old: str, new: str) -> str:
    """Return the good graph with one passage replaced: the first, where the two claims share it."""
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def parsed(turtle: str) -> Graph:
    return Graph().parse(data=turtle, format="turtle")


# The rule, the node that breaks it, what is replaced in the good graph, and by what.
BROKEN = [
    ("claim-report", FIRST, "conflict:reportedIn <report/upton> ;", ""),
    ("claim-report", FIRST, "conflict:reportedIn <report/upton> ;", "conflict:reportedIn <report/other> ;"),
    ("claim-event", FIRST, "conflict:describes <event/1> ;", ""),
    ("claim-event", FIRST, "conflict:describes <event/1> ;", "conflict:describes <event/1> , <event/2> ;"),
    ("claim-class", FIRST, "conflict:classifiedAs conflict:Capture ;", ""),
    ("claim-class", FIRST, "conflict:classifiedAs conflict:Capture", "conflict:classifiedAs conflict:TerritorialEvent"),
    ("claim-class", FIRST, "conflict:classifiedAs conflict:Capture", "conflict:classifiedAs conflict:Conquest"),
    ("claim-stance", FIRST, "conflict:stance conflict:Affirmed ;", ""),
    ("claim-stance", FIRST, "conflict:stance conflict:Affirmed", "conflict:stance conflict:Asserted"),
    ("claim-quote", FIRST, f'conflict:quote "{TEXT[0:64]}" ;', ""),
    ("claim-quote", FIRST, f'"{TEXT[0:64]}"', '""'),
    ("claim-quote", FIRST, f'"{TEXT[0:64]}"', f'"{TEXT[0:64]}"@en'),
    ("claim-trigger", FIRST, 'conflict:trigger "seized" ;', ""),
    ("claim-trigger", FIRST, '"seized"', '" "'),
    ("claim-start", FIRST, "conflict:start 0 ;", ""),
    ("claim-start", FIRST, "conflict:start 0 ;", "conflict:start -1 ;"),
    ("claim-start", FIRST, "conflict:start 0 ;", "conflict:start 0.0 ;"),
    ("claim-end", FIRST, "conflict:end 64 ;", ""),
    ("claim-end", FIRST, "conflict:end 64 ;", 'conflict:end "64" ;'),
    ("claim-confidence", FIRST, "conflict:confidence 0.9 .", "."),
    ("claim-confidence", FIRST, "conflict:confidence 0.9", "conflict:confidence 1.1"),
    ("claim-confidence", FIRST, "conflict:confidence 0.9", "conflict:confidence 9e-1"),
    ("claim-source", FIRST, "attributedTo <actor/residents>", "attributedTo <place/upton>"),
    ("claim-type", FIRST, "<claim/upton/0-64> a conflict:Claim ;", "<claim/upton/0-64>"),
    ("claim-span", FIRST, "conflict:start 0 ;", "conflict:start 64 ;"),
    ("claim-quote-length", FIRST, "conflict:end 64 ;", "conflict:end 65 ;"),
    ("claim-trigger-in-quote", FIRST, '"seized"', '"captured"'),
    ("role-actor", FIRST, "<actor/rebels> ;\n    conflict:target", "<place/mid> ;\n    conflict:target"),
    ("role-actor", FIRST, "conflict:target <actor/army>", "conflict:target <actor/nobody>"),
    ("role-actor", FIRST, "conflict:target <actor/army>", 'conflict:supporter "the army"'),
    ("role-actor", EVENT, "conflict:initiator <actor/rebels>", "conflict:initiator <event/1>"),
    ("role-place", EVENT, "conflict:location <place/upton>", "conflict:location <actor/army>"),
    ("role-place", FIRST, "conflict:origin <place/mid>", "conflict:origin <place/nowhere>"),
    ("role-place", FIRST, "conflict:origin <place/mid>", "conflict:destination <actor/army>"),
    ("period-earliest", EVENT, '"2014-05-05"^^xsd:date', '"2014"^^xsd:gYear'),
    ("period-earliest", EVENT, '"2014-05-05"^^xsd:date', '"2014-05-35"^^xsd:date'),
    ("period-earliest", EVENT, '"2014-05-05"^^xsd:date', '"2014-05-05"^^xsd:date , "2014-05-04"^^xsd:date'),
    ("period-latest", EVENT, '"2014-05-06"^^xsd:date .\n\n<claim', '"2014-05"^^xsd:gYearMonth .\n\n<claim'),
    ("period-latest", EVENT, '"2014-05-06"^^xsd:date .\n\n<claim', '"2014-05-06" .\n\n<claim'),
    ("period-bounds", EVENT, 'conflict:earliest "2014-05-05"^^xsd:date ;', ""),
    ("period-bounds", FIRST, 'conflict:latest "2014-05-05"^^xsd:date ;', ""),
    ("period-order", EVENT, '"2014-05-05"^^xsd:date', '"2014-05-07"^^xsd:date'),
    ("figure-link", FIRST, "conflict:figure <figure/1>", "conflict:figure <figure/2>"),
    ("event-claim", "event/9", "<figure/1> a", "<event/9> a conflict:Event .\n<figure/1> a"),
    ("event-label", EVENT, 'rdfs:label "Capture of Upton, 5 May 2014"@en ;', ""),
    ("event-label", EVENT, "5 May 2014", '5 May 2014"@en , "Fall of Upton'),
    ("event-status", EVENT, "conflict:status conflict:Disputed ;", ""),
    ("event-status", EVENT, "conflict:status conflict:Disputed ;", "conflict:status conflict:Affirmed ;"),
    ("event-status", EVENT, "conflict:Disputed ;", "conflict:Disputed , conflict:Denied ;"),
    ("event-superclasses", EVENT, "conflict:Capture , conflict:TerritorialEvent ,", "conflict:Capture ,"),
    ("event-superclasses", EVENT, "conflict:TerritorialEvent , conflict:Event ;", "conflict:TerritorialEvent ;"),
    ("event-superclasses", EVENT, "conflict:Capture , conflict:Terr", "conflict:Battle , conflict:Terr"),
    ("event-one-class", EVENT, "conflict:Capture , conflict:Terr", "conflict:Capture , conflict:Siege , conflict:Terr"),
    ("event-class", EVENT, "conflict:Capture , conflict:Terr", "conflict:Terr"),
    ("figure-measure", "figure/1", 'conflict:measure "killed" ;', ""),
    ("figure-measure", "figure/1", '"killed"', '"slain"'),
    ("figure-measure", "figure/1", '"killed"', '"killed"@en'),
    ("figure-minimum", "figure/1", "conflict:minimum 12 ;", ""),
    ("figure-minimum", "figure/1", "conflict:minimum 12 ;", "conflict:minimum -12 ;"),
    ("figure-maximum", "figure/1", "conflict:maximum 14 .", "conflict:maximum 14.5 ."),
    ("figure-order", "figure/1", "conflict:maximum 14 .", "conflict:maximum 11 ."),
    ("figure-use", "figure/1", "conflict:figure <figure/1> ;", ""),
    ("report-identifier", "report/upton", 'dcterms:identifier "upton" ;', ""),
    ("report-identifier-unique", "report/2", "<event/1> a", f"{TWIN}<event/1> a"),
    ("report-issued", "report/upton", '"2014-05-06"^^xsd:date', '"2014-05-06T10:00:00"^^xsd:dateTime'),
    ("label", "actor/army", 'skos:prefLabel "Erewhon Army"@en ;', ""),
    ("label", "actor/army", '"Erewhon Army"@en ;', '"Erewhon Army"@en , "Army"@en ;'),
    ("label", "place/mid", 'skos:prefLabel "Midlands"@en', 'skos:prefLabel ""@en'),
    ("other-label", "place/upton", '"Upton town"@en', '"Upton"@en'),
    ("country", "actor/army", "conflict:country <place/erewhon>", "conflict:country <place/mid>"),
    ("unresolved", "actor/rebels", "conflict:unresolved true", "conflict:unresolved false"),
    ("unresolved", "actor/rebels", "conflict:unresolved true", 'conflict:unresolved "true"'),
    ("member-of", "actor/army", "conflict:memberOf <actor/forces>", "conflict:memberOf <place/mid>"),
    ("allied-with", "actor/army", "conflict:alliedWith <actor/residents>", "conflict:alliedWith <actor/9>"),
    ("actor-superclass", "actor/forces", ", conflict:Actor ; skos:prefLabel", "; skos:prefLabel"),
    ("actor-class", "actor/forces", "<actor/forces> a conflict:StateForces ,", "<actor/forces> a"),
    ("place-superclass", "place/mid", "conflict:Region , conflict:Place", "conflict:Region"),
    ("place-class", "place/mid", "conflict:Region , conflict:Place", "conflict:Place"),
    ("within", "place/mid", "conflict:within <place/erewhon>", "conflict:within <actor/army>"),
    ("within-cycle", "place/mid", "conflict:within <place/erewhon>", "conflict:within <place/upton>"),
    ("within-cycle", "place/mid", "conflict:within <place/erewhon>", "conflict:within <place/mid>"),
    ("latitude", "place/upton", "wgs:lat 51.25", "wgs:lat 91.25"),
    ("latitude", "place/upton", "wgs:lat 51.25", "wgs:lat 5125e-2"),
    ("latitude", "place/upton", "wgs:lat 51.25", "wgs:lat 51.25 , 51.26"),
    ("longitude", "place/upton", "wgs:long -1.5", "wgs:long -181.5"),
    ("longitude", "place/upton", "wgs:long -1.5", 'wgs:long "-1.5"'),
    ("coordinates-pair", "place/upton", "wgs:long -1.5 ;", ""),
    ("coordinates-wkt", "place/upton", 'geo:asWKT "POINT(-1.5 51.25)"^^geo:wktLiteral ;', ""),
    ("wkt-form", "place/upton", '"POINT(-1.5 51.25)"', '"-1.5 51.25"'),
    ("wkt-form", "place/upton", "^^geo:wktLiteral", ""),
    ("wkt-form", "place/upton", "wgs:lat 51.25 ; wgs:long -1.5 ;", ""),
    ("wkt-agrees", "place/upton", "POINT(-1.5 51.25)", "POINT(51.25 -1.5)"),
    ("unresolved-linked", "place/upton", "a conflict:Settlement", "conflict:unresolved true ; a conflict:Settlement"),
    ("exact-match", "place/upton", "https://sws.geonames.org/42/", "https://www.geonames.org/42/"),
    ("exact-match", "place/upton", "https://sws.geonames.org/42/", "https://sws.geonames.org/42"),
    ("exact-match", "place/upton", "http://www.wikidata.org/entity/Q42", "https://www.wikidata.org/wiki/Q42"),
    ("exact-match", "place/upton", "<http://www.wikidata.org/entity/Q42>", '"Q42"'),
    ("same-as", "place/upton", "a conflict:Settlement", "owl:sameAs <place/mid> ; a conflict:Settlement"),
]  # fmt: skip
# What follows from the stances of the two claims.
STATUS = [
    (("Affirmed",), "Asserted"),
    (("Denied",), "Denied"),
    (("Uncertain",), "Unconfirmed"),
    (("Planned",), "Planned"),
    (("Affirmed", "Affirmed"), "Asserted"),
    (("Affirmed", "Denied"), "Disputed"),
    (("Affirmed", "Uncertain"), "Asserted"),
    (("Affirmed", "Planned"), "Asserted"),
    (("Affirmed", "Denied", "Planned"), "Disputed"),
    (("Denied", "Planned"), "Disputed"),
    (("Denied", "Uncertain"), "Disputed"),
    (("Uncertain", "Planned"), "Unconfirmed"),
]


def constraints() -> set[str]:
    """Return the names of the rules that are SPARQL constraints."""
    shapes = Graph().parse(resource_folder("ontology") / "shapes.ttl")
    return {str(shape).removeprefix(SHAPE) for shape in shapes.subjects(SH.sparql)}


def by_pyshacl_alone(graph: Graph, rule: str | None = None) -> set[tuple[str, str]]:
    """Return node and rule of what pySHACL finds with the file of shapes as it is, or with the one shape."""
    shapes = Graph().parse(resource_folder("ontology") / "shapes.ttl")
    chosen = [SHAPE + rule] if rule else None
    _, results, _ = pyshacl.validate(graph, shacl_graph=shapes, use_shapes=chosen)
    assert isinstance(results, Graph)
    return {
        (str(results.value(result, SH.focusNode)), str(results.value(result, SH.sourceShape)).removeprefix(SHAPE))
        for result in results.subjects(SH.sourceShape)
    }


def test_good_graph_breaks_no_rule() -> None:
    assert validate(parsed(GOOD)) == ()


@pytest.mark.parametrize(("rule", "node", "old", "new"), BROKEN)
def test_broken_graph_is_rejected_under_the_name_of_the_rule(rule: str, node: str, old: str, new: str) -> None:
    found = validate(parsed(but(old, new)))
    assert (f"https://example.org/{node}", rule) in {(one.node, one.rule) for one in found}


def test_each_shape_has_a_broken_example() -> None:
    shapes = Graph().parse(resource_folder("ontology") / "shapes.ttl")
    rules = {str(shape).removeprefix(SHAPE) for shape in shapes.subjects(SH.message) if str(shape).startswith(SHAPE)}
    assert rules | constraints() == {rule for rule, *_ in BROKEN} | {"event-status-derived", "blank-node"}


def test_each_message_says_what_is_wrong_and_the_cure() -> None:
    shapes = Graph().parse(resource_folder("ontology") / "shapes.ttl")
    messages = [str(message) for message in shapes.objects(None, SH.message)]
    assert [message for message in messages if ": " not in message or not message.endswith(".")] == []
    assert len(set(messages)) == len(messages)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("conflict:start 0 ;", "conflict:start 64 ;", "The quote starts at 64 and ends at 64: "),
        ("conflict:Disputed", "conflict:Denied", "but the stances of its claims make it conflict:Disputed: "),
        ('"2014-05-05"^^xsd:date', '"2014"^^xsd:gYear', 'Found: "2014"^^xsd:gYear.'),
        ("conflict:stance conflict:Affirmed", "conflict:stance conflict:Asserted", "Found: conflict:Asserted."),
        ('"killed"', '"slain"', 'Found: "slain".'),
    ],
)  # fmt: skip
def test_message_names_what_was_found(old: str, new: str, message: str) -> None:
    assert [one for one in validate(parsed(but(old, new))) if message in one.message]


@pytest.mark.parametrize(("stances", "status"), STATUS)
@pytest.mark.parametrize("given", ["Asserted", "Disputed", "Denied", "Unconfirmed", "Planned"])
def test_status_must_be_the_one_that_the_stances_give(stances: tuple[str, ...], status: str, given: str) -> None:
    event = f"<event/2> a conflict:Event ; conflict:status conflict:{given} ."
    claims = (
        f"<claim/{n}> conflict:describes <event/2> ; conflict:stance conflict:{s} ." for n, s in enumerate(stances)
    )
    found = validate(parsed("\n".join((HEADER, event, *claims))))
    derived = [one.node for one in found if one.rule == "event-status-derived"]
    assert derived == ([] if given == status else ["https://example.org/event/2"])


@pytest.mark.parametrize(
    "statement",
    [
        "<claim/1> conflict:figure [ conflict:measure 'killed' ] .",
        "[] a conflict:Event .",
        "<report/1> dcterms:publisher [ rdfs:label 'Agency' ] .",
        "<place/1> rdfs:seeAlso [] .",
    ],
)
def test_blank_nodes_are_rejected(statement: str) -> None:
    assert "blank-node" in {one.rule for one in validate(parsed(HEADER + statement))}


@pytest.mark.parametrize("value", ["<<( <actor/army> <actor/army> <actor/army> )>>", '"army"@en--ltr'])
def test_terms_that_only_rdf_1_2_knows_are_rejected(value: str) -> None:
    store = Store()
    turtle = but("<event/1> a", f"<actor/army> rdfs:seeAlso {value} . <event/1> a")
    store.load(turtle.encode(), format=RdfFormat.TURTLE, base_iri="https://example.org/")
    assert [(one.node, one.rule) for one in validate(store)] == [("https://example.org/actor/army", "rdf-1.1")]


@pytest.mark.parametrize("rule", sorted(constraints()))
def test_constraint_finds_the_same_through_pyshacl(rule: str) -> None:
    blank = [(rule, "", "<report/upton> a", "<place/mid> conflict:country [] . <report/upton> a")]
    status = [(rule, "", "conflict:stance conflict:Affirmed", "conflict:stance conflict:Denied")]
    examples = {"blank-node": blank, "event-status-derived": status}
    _, _, old, new = next(case for case in examples.get(rule, BROKEN) if case[0] == rule)
    graph = parsed(but(old, new))
    ours = {(one.node, one.rule) for one in validate(graph) if one.rule == rule}
    theirs = by_pyshacl_alone(graph, rule)
    if rule == "blank-node":
        assert len(ours) == len(theirs) == 1
    else:
        assert ours == theirs != set()


def test_pyshacl_alone_accepts_the_good_graph() -> None:
    assert by_pyshacl_alone(parsed(GOOD)) == set()


def test_lists_in_the_shapes_are_those_of_the_model() -> None:
    shapes = Graph().parse(resource_folder("ontology") / "shapes.ttl")
    listed = {
        rule: [str(item).rpartition("#")[2] for item in shapes.items(shapes.value(URIRef(SHAPE + rule), SH["in"]))]
        for rule in ("claim-class", "claim-stance", "event-status", "figure-measure")
    }
    assert listed == {
        "claim-class": list(GROUP_OF),
        "claim-stance": list(Stance),
        "event-status": list(Status),
        "figure-measure": list(MEASURES),
    }


@pytest.mark.parametrize("name", list(GROUP_OF))
def test_every_event_class_needs_its_group_and_event(name: str) -> None:
    whole = f"a conflict:{name} , conflict:{GROUP_OF[name]} , conflict:Event"
    right = but("a conflict:Capture , conflict:TerritorialEvent , conflict:Event", whole)
    other = next(group for group in EVENT_GROUPS if group != GROUP_OF[name])
    assert validate(parsed(right)) == ()
    assert "event-superclasses" in {one.rule for one in validate(parsed(right.replace(GROUP_OF[name], other)))}


def test_graph_comes_as_a_file_a_store_or_a_dataset(tmp_path: Path) -> None:
    turtle = but("conflict:start 0 ;", "conflict:start 64 ;")
    expected = validate(parsed(turtle))
    file = tmp_path / "graph.ttl"
    file.write_text(turtle, encoding="utf-8")
    store = Store()
    store.load(turtle.encode(), format=RdfFormat.TURTLE, base_iri="https://example.org/")
    named = RdflibDataset()
    for number, triple in enumerate(parsed(turtle)):
        named.graph(URIRef(f"https://example.org/graph/{number % 3}")).add(triple)
    assert expected
    assert [validate(source) for source in (file, str(file), store, Dataset(store), named)] == [expected] * 5


@pytest.mark.parametrize("reading", [albu_kamal(), contradiction()], ids=lambda reading: reading.report.id)
def test_graphs_of_true_readings_break_no_rule(reading: HandmadeReading) -> None:
    graph = Dataset(build_dataset([reading]).quads())
    assert len(graph) > 0
    assert validate(graph) == ()
    assert check_evidence(graph, {reading.report.id: reading.report.text}) == ()


def test_unreadable_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "graph.ttl"
    file.write_text("<a> <b>", encoding="utf-8")
    with pytest.raises(GraphFileError, match=r"graph\.ttl"):
        validate(file)


@pytest.mark.parametrize(
    ("old", "new", "texts", "found"),
    [
        ("upton", "upton", {"upton": TEXT}, []),
        ("upton", "upton", {}, [("evidence-text", FIRST), ("evidence-text", SECOND)]),
        ("upton", "upton", {"upton": TEXT.replace("12", "13")}, [("evidence-quote", FIRST)]),
        ("upton", "upton", {"upton": " " + TEXT}, [("evidence-quote", FIRST), ("evidence-quote", SECOND)]),
        ("conflict:start 0 ;", "conflict:start -104 ;", {"upton": TEXT}, [("evidence-quote", FIRST)]),
        ("start 0 ; conflict:end 64", "start 1 ; conflict:end 65", {"upton": TEXT}, [("evidence-quote", FIRST)]),
        ("conflict:end 64", "conflict:end 6400", {"upton": TEXT}, [("evidence-quote", FIRST)]),
    ],
)  # fmt: skip
def test_quote_must_stand_in_its_report(
    old: str, new: str, texts: dict[str, str], found: list[tuple[str, str]]
) -> None:
    violations = check_evidence(parsed(but(old, new)), texts)
    assert [(one.rule, one.node) for one in violations] == [
        (rule, f"https://example.org/{node}") for rule, node in found
    ]


def test_offsets_count_code_points() -> None:
    text = "\U0001f600 Zoë was seized."
    graph = but(TEXT[0:64], text[2:]).replace(
        "conflict:start 0 ; conflict:end 64", f"conflict:start 2 ; conflict:end {len(text)}"
    )
    assert [one.node for one in check_evidence(parsed(graph), {"upton": text})] == [f"https://example.org/{SECOND}"]
    assert validate(parsed(graph)) == ()


def test_violations_are_sorted_values() -> None:
    found = validate(parsed(GOOD.replace("conflict:start", "conflict:begin")))
    assert list(found) == sorted(set(found))
    assert found[0] == Violation(found[0].node, "claim-start", found[0].message)
