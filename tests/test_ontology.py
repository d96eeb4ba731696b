"""The ontology, the shapes and the crosswalk, checked in the manner of ROBOT's report."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import owlrl
import pytest
from pyoxigraph import RdfFormat
from pyoxigraph import parse as oxigraph_parse
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef

from kg.model import EVENT_GROUPS, GROUP_OF, ActorType, PlaceType, Stance, Status
from kg.resources import resource_folder
from tests.graph.test_validation import GOOD

BASE = "https://w3id.org/conflict-kg/"
ONTOLOGY = URIRef(f"{BASE}ontology")
CONFLICT = Namespace(f"{BASE}ontology#")
CROSSWALK = f"{BASE}crosswalk/"
SCHEMA = Namespace("https://schema.org/")
SEM = Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")
PROV = Namespace("http://www.w3.org/ns/prov#")
GEO = Namespace("http://www.opengis.net/ont/geosparql#")
GAF = Namespace("http://groundedannotationframework.org/gaf#")
OA = Namespace("http://www.w3.org/ns/oa#")
NIF = Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
OWLRL_ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
VANN = Namespace("http://purl.org/vocab/vann/")

FILES = ("conflict.ttl", "shapes.ttl", "crosswalk.ttl")
KINDS = (
    OWL.Class,
    OWL.ObjectProperty,
    OWL.DatatypeProperty,
    OWL.AnnotationProperty,
    OWL.NamedIndividual,
)
LINKS = (
    RDFS.subClassOf,
    RDFS.subPropertyOf,
    RDFS.domain,
    RDFS.range,
    OWL.disjointWith,
    OWL.inverseOf,
)
# What a `conflict:` name looks like in Turtle and in SPARQL, and its IRI in full.
MENTION = re.compile(r"(?:\bconflict:|https://w3id\.org/conflict-kg/ontology#)(\w+)")

ACLED_SUB_EVENTS = (
    "Government regains territory", "Non-state actor overtakes territory", "Armed clash",
    "Excessive force against protesters", "Protest with intervention", "Peaceful protest",
    "Violent demonstration", "Mob violence",
    "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
    "Remote explosive/landmine/IED", "Grenade",
    "Sexual violence", "Attack", "Abduction/forced disappearance",
    "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use", "Headquarters or base established",
    "Looting/property destruction", "Non-violent transfer of territory", "Other",
)  # fmt: skip
ACLED_EVENTS = (
    "Battles", "Protests", "Riots", "Explosions/Remote violence", "Violence against civilians",
    "Strategic developments",
)  # fmt: skip
PLOVER_TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
SCHEMES = {
    "acled": {*ACLED_SUB_EVENTS, *ACLED_EVENTS},
    "cameo": {f"{code:02}" for code in range(1, 21)},
    "ucdp": {"1", "2", "3"},
}
MATCHES = (SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch)


@pytest.fixture(scope="module")
def folder() -> Path:
    return resource_folder("ontology")


@pytest.fixture(scope="module")
def ontology(folder: Path) -> Graph:
    return Graph().parse(folder / "conflict.ttl")


@pytest.fixture(scope="module")
def crosswalk(folder: Path) -> Graph:
    return Graph().parse(folder / "crosswalk.ttl")


@pytest.fixture(scope="module")
def terms(ontology: Graph) -> set[URIRef]:
    """The declared terms of our namespace."""
    declared = {subject for kind in KINDS for subject in ontology.subjects(RDF.type, kind)}
    return {term for term in declared if isinstance(term, URIRef) and term in CONFLICT}


def local(node: object) -> str:
    return str(node).rpartition("#")[2]


def concepts(crosswalk: Graph, scheme: str) -> dict[str, URIRef]:
    """Return the concepts of a scheme by notation."""
    found = crosswalk.subjects(SKOS.inScheme, URIRef(CROSSWALK + scheme))
    return {str(crosswalk.value(concept, SKOS.notation)): URIRef(str(concept)) for concept in found}


def mentioned(folder: Path) -> set[str]:
    """Return the terms that the vocabulary's code and the saved queries use."""
    from kg.graph import vocabulary

    constants = [value for name, value in vars(vocabulary).items() if name in vocabulary.__all__]
    queries = sorted(resource_folder("queries").glob("**/*.rq"))
    sources = [Path(vocabulary.__file__).read_text(encoding="utf-8"), *(repr(value) for value in constants)]
    sources += [path.read_text(encoding="utf-8") for path in queries]
    return {name for source in sources for name in MENTION.findall(source)} | set(vocabulary.TERMS)


@pytest.mark.parametrize("name", FILES)
def test_file_parses_alike_in_two_libraries(folder: Path, name: str) -> None:
    read = list(oxigraph_parse(path=folder / name, format=RdfFormat.TURTLE))
    assert len(Graph().parse(folder / name)) == len(read) > 0


@pytest.mark.parametrize("name", FILES)
def test_header_is_complete(folder: Path, name: str) -> None:
    graph = Graph().parse(folder / name)
    (header,) = graph.subjects(RDF.type, OWL.Ontology)
    required = (
        DCTERMS.title,
        DCTERMS.description,
        DCTERMS.license,
        DCTERMS.creator,
        DCTERMS.created,
        DCTERMS.modified,
        OWL.versionIRI,
        OWL.versionInfo,
        VANN.preferredNamespacePrefix,
        VANN.preferredNamespaceUri,
    )
    assert [one for one in required if len(list(graph.objects(header, one))) != 1] == []
    assert str(graph.value(header, OWL.versionIRI)) == f"{header}/{graph.value(header, OWL.versionInfo)}"
    assert isinstance(graph.value(header, DCTERMS.license), URIRef)


def test_header_names_the_namespace(ontology: Graph) -> None:
    assert str(ontology.value(ONTOLOGY, VANN.preferredNamespacePrefix)) == "conflict"
    assert str(ontology.value(ONTOLOGY, VANN.preferredNamespaceUri)) == str(CONFLICT)


@pytest.mark.parametrize("required", [RDFS.label, SKOS.definition, RDFS.isDefinedBy])
def test_each_term_has_exactly_one(ontology: Graph, terms: set[URIRef], required: URIRef) -> None:
    assert sorted(local(term) for term in terms if len(list(ontology.objects(term, required))) != 1) == []


def test_each_term_is_defined_by_the_ontology(ontology: Graph, terms: set[URIRef]) -> None:
    assert {ontology.value(term, RDFS.isDefinedBy) for term in terms} == {ONTOLOGY}


@pytest.mark.parametrize("text", [RDFS.label, SKOS.definition])
def test_texts_are_unique_trimmed_and_english(ontology: Graph, terms: set[URIRef], text: URIRef) -> None:
    texts = [value for term in terms for value in ontology.objects(term, text)]
    folded = Counter(str(value).casefold() for value in texts)
    assert [value for value, count in folded.items() if count > 1] == []
    assert [value for value in texts if not isinstance(value, Literal) or value.language != "en"] == []
    assert [str(value) for value in texts if str(value) != " ".join(str(value).split())] == []


def test_definitions_are_sentences_and_do_not_repeat_the_label(ontology: Graph, terms: set[URIRef]) -> None:
    definitions = {str(ontology.value(term, SKOS.definition)): str(ontology.value(term, RDFS.label)) for term in terms}
    assert [text for text in definitions if not text.endswith(".") or not text[0].isupper()] == []
    assert [text for text, label in definitions.items() if text.rstrip(".").casefold() == label.casefold()] == []


def test_labels_are_the_names_in_words(ontology: Graph, terms: set[URIRef]) -> None:
    def squeezed(text: str) -> str:
        return text.replace(" ", "").casefold()

    prefixes = ("", "has", "in")
    strange = [
        local(term)
        for term in terms
        if squeezed(str(ontology.value(term, RDFS.label))) not in {p + local(term).casefold() for p in prefixes}
    ]
    assert strange == []


def test_no_term_has_two_domains_or_ranges(ontology: Graph, terms: set[URIRef]) -> None:
    doubled = [
        local(term)
        for term in terms
        for axiom in (RDFS.domain, RDFS.range)
        if len(list(ontology.objects(term, axiom))) > 1
    ]
    assert doubled == []


def test_each_property_says_what_it_joins(ontology: Graph, terms: set[URIRef]) -> None:
    properties = {
        term
        for term in terms
        for kind in (OWL.ObjectProperty, OWL.DatatypeProperty)
        if (term, RDF.type, kind) in ontology
    }
    without = [
        local(term)
        for term in properties
        if not any(ontology.objects(term, RDFS.domain)) and not any(ontology.objects(term, SCHEMA.domainIncludes))
    ]
    without += [
        local(term)
        for term in properties
        if not any(ontology.objects(term, RDFS.range)) and not any(ontology.objects(term, SCHEMA.rangeIncludes))
    ]
    assert without == []


def test_each_term_is_of_one_kind(ontology: Graph, terms: set[URIRef]) -> None:
    kinds = {local(term): [kind for kind in KINDS if (term, RDF.type, kind) in ontology] for term in terms}
    assert {name: found for name, found in kinds.items() if len(found) != 1} == {}


def test_no_term_of_ours_is_mentioned_undeclared(folder: Path, terms: set[URIRef]) -> None:
    declared = {local(term) for term in terms}
    found = {
        name: sorted(set(MENTION.findall((folder / name).read_text(encoding="utf-8"))) - declared) for name in FILES
    }
    assert found == {name: [] for name in FILES}


def test_axioms_point_at_declared_terms(ontology: Graph) -> None:
    declared = {subject for kind in KINDS for subject in ontology.subjects(RDF.type, kind)}
    targets = {target for link in LINKS for target in ontology.objects(None, link)}
    assert sorted(str(target) for target in targets - declared if target not in XSD) == []


def test_other_vocabularies_annotations_are_declared(ontology: Graph) -> None:
    built_in = {RDF.type, *LINKS, RDFS.label, RDFS.seeAlso, RDFS.isDefinedBy, OWL.versionIRI, OWL.versionInfo}
    declared = set(ontology.subjects(RDF.type, OWL.AnnotationProperty))
    assert sorted(map(str, set(ontology.predicates()) - declared - built_in)) == []


def test_ranges_are_datatypes_of_owl(ontology: Graph) -> None:
    # xsd:date is not one of them: a reasoner such as HermiT refuses an ontology that states it in an axiom.
    ranges = {target for target in ontology.objects(None, RDFS.range) if target in XSD}
    assert ranges == {XSD.string, XSD.integer, XSD.decimal, XSD.boolean}


def test_hierarchies_have_no_cycle(ontology: Graph, terms: set[URIRef]) -> None:
    looped = [
        local(term)
        for term in terms
        for link in (RDFS.subClassOf, RDFS.subPropertyOf)
        for parent in ontology.objects(term, link)
        if term in ontology.transitive_objects(parent, link)
    ]
    assert looped == []


def closed(turtle: str, folder: Path) -> Graph:
    """Return a graph with the ontology and all that follows from both under OWL 2 RL."""
    graph = Graph().parse(folder / "conflict.ttl").parse(data=turtle, format="turtle")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return graph


def test_reasoning_takes_no_claim_for_an_event(folder: Path) -> None:
    graph = closed(GOOD, folder)
    assert set(graph.objects(None, OWLRL_ERROR)) == set()
    assert {str(event) for event in graph.subjects(RDF.type, SEM.Event)} == {"https://example.org/event/1"}
    assert len(set(graph.objects(URIRef("https://example.org/event/1"), GAF.denotedBy))) == 2
    upton, erewhon = URIRef("https://example.org/place/upton"), URIRef("https://example.org/place/erewhon")
    assert (upton, CONFLICT.within, erewhon) in graph


def test_reasoning_finds_a_claim_that_is_an_event(folder: Path) -> None:
    graph = closed(GOOD.replace("a conflict:Claim ;", "a conflict:Claim , conflict:Event ;"), folder)
    assert set(graph.objects(None, OWLRL_ERROR)) != set()


def test_page_for_people_names_each_term(folder: Path, terms: set[URIRef]) -> None:
    page = (Path(__file__).parent.parent / "docs" / "ontology.md").read_text(encoding="utf-8")
    assert sorted({local(term) for term in terms} - set(re.findall(r"\w+", page))) == []


def test_ontology_has_no_blank_node(ontology: Graph) -> None:
    assert [node for triple in ontology for node in triple if not isinstance(node, URIRef | Literal)] == []


@pytest.mark.parametrize(
    ("parent", "children"),
    [
        *((group, set(names)) for group, names in EVENT_GROUPS.items()),
        ("Event", set(EVENT_GROUPS)),
        ("Actor", set(ActorType)),
        ("Place", set(PlaceType)),
    ],
)
def test_subclasses_are_those_of_the_model(ontology: Graph, parent: str, children: set[str]) -> None:
    assert {local(child) for child in ontology.subjects(RDFS.subClassOf, CONFLICT[parent])} == children


@pytest.mark.parametrize(("name", "members"), [("Stance", Stance), ("Status", Status)])
def test_individuals_are_those_of_the_model(ontology: Graph, name: str, members: type[Stance | Status]) -> None:
    found = set(ontology.subjects(RDF.type, CONFLICT[name]))
    assert {local(one) for one in found} == set(members)
    assert all((one, RDF.type, OWL.NamedIndividual) in ontology for one in found)


@pytest.mark.parametrize(
    ("name", "link", "other"),
    [
        ("Event", RDFS.subClassOf, SEM.Event),
        ("Actor", RDFS.subClassOf, SEM.Actor),
        ("Actor", RDFS.subClassOf, PROV.Agent),
        ("Place", RDFS.subClassOf, SEM.Place),
        ("Place", RDFS.subClassOf, GEO.Feature),
        ("Report", RDFS.subClassOf, SCHEMA.NewsArticle),
        ("Report", RDFS.subClassOf, PROV.Entity),
        ("Claim", RDFS.subClassOf, SCHEMA.Claim),
        ("Claim", RDFS.subClassOf, PROV.Entity),
        ("participant", SKOS.closeMatch, SEM.hasActor),
        ("initiator", RDFS.subPropertyOf, CONFLICT.participant),
        ("target", RDFS.subPropertyOf, CONFLICT.participant),
        ("supporter", RDFS.subPropertyOf, CONFLICT.participant),
        ("location", SKOS.closeMatch, SEM.hasPlace),
        ("origin", RDFS.subPropertyOf, CONFLICT.location),
        ("destination", RDFS.subPropertyOf, CONFLICT.location),
        ("earliest", SKOS.closeMatch, SEM.hasEarliestBeginTimeStamp),
        ("latest", SKOS.closeMatch, SEM.hasLatestEndTimeStamp),
        ("attributedTo", RDFS.subPropertyOf, PROV.wasAttributedTo),
        ("reportedIn", RDFS.subPropertyOf, PROV.wasQuotedFrom),
        ("describedBy", RDFS.subPropertyOf, GAF.denotedBy),
        ("describes", OWL.inverseOf, CONFLICT.describedBy),
        ("quote", SKOS.closeMatch, OA.exact),
        ("quote", SKOS.closeMatch, NIF.anchorOf),
        ("start", SKOS.closeMatch, NIF.beginIndex),
        ("end", SKOS.closeMatch, NIF.endIndex),
    ],
)
def test_term_is_aligned(ontology: Graph, name: str, link: URIRef, other: URIRef) -> None:
    assert (CONFLICT[name], link, other) in ontology


@pytest.mark.parametrize("stance", Stance)
def test_stances_are_aligned_with_factuality(ontology: Graph, stance: str) -> None:
    values = {local(value) for value in ontology.objects(CONFLICT[stance], SKOS.closeMatch)}
    assert values
    assert values <= {"CERTAIN", "PROBABLE", "POSSIBLE", "POSITIVE", "NEGATIVE"}


def test_what_claims_and_events_share_has_no_domain(ontology: Graph) -> None:
    shared = ("initiator", "target", "supporter", "location", "origin", "destination", "earliest", "latest", "figure")
    for name in shared:
        assert ontology.value(CONFLICT[name], RDFS.domain) is None
        assert set(ontology.objects(CONFLICT[name], SCHEMA.domainIncludes)) == {CONFLICT.Claim, CONFLICT.Event}


def test_each_term_that_code_and_queries_use_exists(folder: Path, terms: set[URIRef]) -> None:
    assert sorted(mentioned(folder) - {local(term) for term in terms}) == []


def test_each_term_is_used_or_marked_abstract(folder: Path, ontology: Graph, terms: set[URIRef]) -> None:
    from kg.graph.vocabulary import TERMS

    abstract = {local(term) for term in ontology.subjects(CONFLICT.abstract, Literal(True))}
    assert sorted({local(term) for term in terms} - mentioned(folder) - abstract) == []
    assert sorted(abstract & set(TERMS)) == []


@pytest.mark.parametrize(("scheme", "notations"), SCHEMES.items())
def test_schemes_hold_their_categories(crosswalk: Graph, scheme: str, notations: set[str]) -> None:
    assert set(concepts(crosswalk, scheme)) == notations


def test_plover_holds_its_types_and_their_modes(crosswalk: Graph) -> None:
    found = concepts(crosswalk, "plover")
    top = {name for name, concept in found.items() if (concept, SKOS.topConceptOf, None) in crosswalk}
    assert top == set(PLOVER_TYPES)
    for name in set(found) - top:
        parent = crosswalk.value(found[name], SKOS.broader)
        assert parent == found[name.partition(" ")[0]]


def test_each_acled_sub_event_lies_below_an_event_type(crosswalk: Graph) -> None:
    found = concepts(crosswalk, "acled")
    parents = {
        str(crosswalk.value(crosswalk.value(found[name], SKOS.broader), SKOS.notation)) for name in ACLED_SUB_EVENTS
    }
    assert parents == set(ACLED_EVENTS)


@pytest.mark.parametrize("scheme", ["acled", "plover", "cameo", "ucdp"])
def test_each_category_is_reached_or_out_of_scope_with_the_reason(crosswalk: Graph, scheme: str) -> None:
    for notation, concept in concepts(crosswalk, scheme).items():
        matched = {local(subject) for match in MATCHES for subject in crosswalk.subjects(match, concept)}
        reasons = list(crosswalk.objects(concept, CONFLICT.outOfScope))
        assert bool(matched) != bool(reasons), notation
        assert matched <= set(GROUP_OF), notation
        assert all(str(reason).endswith(".") for reason in reasons), notation


@pytest.mark.parametrize("name", list(GROUP_OF))
def test_each_event_class_has_its_categories(crosswalk: Graph, name: str) -> None:
    matched = {target for match in MATCHES for target in crosswalk.objects(CONFLICT[name], match)}
    schemes = {str(crosswalk.value(target, SKOS.inScheme)).removeprefix(CROSSWALK) for target in matched}
    assert {"acled", "plover", "cameo"} <= schemes
    events = {str(crosswalk.value(target, SKOS.notation)) for target in matched}
    assert events & set(ACLED_EVENTS)
    assert events & set(ACLED_SUB_EVENTS)


def test_no_category_is_matched_in_two_ways(crosswalk: Graph) -> None:
    pairs = Counter((subject, target) for match in MATCHES for subject, target in crosswalk.subject_objects(match))
    assert [pair for pair, count in pairs.items() if count > 1] == []


def test_concepts_have_unique_labels_and_a_definition(crosswalk: Graph) -> None:
    found = set(crosswalk.subjects(RDF.type, SKOS.Concept))
    assert [one for one in found for text in (SKOS.prefLabel, SKOS.definition) if not crosswalk.value(one, text)] == []
    labels = Counter(str(label).casefold() for one in found for label in crosswalk.objects(one, SKOS.prefLabel))
    assert [label for label, count in labels.items() if count > 1] == []
