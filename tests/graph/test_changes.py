"""What differs between graphs, what becomes of them when they are merged or converted, and how they are described."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse

from kg.cli import main
from kg.graph import build_dataset, serialize
from kg.graph.changes import ADDED, REMOVED, compare, merge
from kg.graph.description import describe
from kg.graph.named_graphs import Graphs, read_graphs
from kg.graph.vocabulary import Naming
from kg.model import Actor, ActorType, Figure, Stance, Status
from tests.copies import copies
from tests.handmade import HandmadeReading, albu_kamal, contradiction

EVENT = "https://w3id.org/conflict-kg/event/raqa-shelling-1"
CLAIM = "https://w3id.org/conflict-kg/claim/raqa-shelling/0-47"


def kg(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def graphs_of(*readings: HandmadeReading, base: str = "") -> Graphs:
    return build_dataset(readings, base).graphs if base else build_dataset(readings).graphs


def with_event(**changes: object) -> HandmadeReading:
    told = contradiction()
    return replace(told, events=(replace(told.events[0], **changes),))


def with_claim(**changes: object) -> HandmadeReading:
    told = contradiction()
    claims = (replace(told.claims[0], **changes), told.claims[1])
    return replace(told, claims=claims, events=(replace(told.events[0], claims=claims),))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ([], [], []),
        ([contradiction()], [contradiction()], []),
        (
            [],
            [contradiction()],
            [
                f"added claim {CLAIM}: Shelling Affirmed, according to Islamic State: "
                "“The army shelled Raqa on 3 May, killing 9 to 12”",
                "added claim https://w3id.org/conflict-kg/claim/raqa-shelling/79-103: Shelling Denied, "
                "according to Syrian Armed Forces: “it shelled Raqa on 3 May”",
                f"added event {EVENT}: Shelling of Raqa, 3 May 2017 (Disputed)",
            ],
        ),
        (
            [contradiction()],
            [with_event(status=Status.DENIED)],
            [f"changed event {EVENT}: Shelling of Raqa, 3 May 2017 (Denied): status Disputed → Denied"],
        ),
        (
            [contradiction()],
            [
                with_event(
                    figures=(Figure("killed", 9, None),),
                    target=(Actor(key="x", label="Men", type=ActorType.POPULATION),),
                )
            ],
            [
                f"changed event {EVENT}: Shelling of Raqa, 3 May 2017 (Disputed): "
                "figure 9 to 12 killed → 9 or more killed; target nothing → Men"
            ],
        ),
        (
            [contradiction()],
            [with_claim(stance=Stance.UNCERTAIN)],
            [
                f"changed claim {CLAIM}: Shelling Uncertain, according to Islamic State: "
                "“The army shelled Raqa on 3 May, killing 9 to 12”: stance Affirmed → Uncertain"
            ],
        ),
    ],
)
def test_differences_in_words(
    before: Sequence[HandmadeReading], after: Sequence[HandmadeReading], told: list[str]
) -> None:
    changes = compare(graphs_of(*before), graphs_of(*after))
    assert [str(change) for change in changes.told] == told
    back = compare(graphs_of(*after), graphs_of(*before))
    assert (back.added, back.removed) == (changes.removed, changes.added)
    assert len(back.told) == len(told)


def test_differences_as_rdf_lead_from_one_graph_to_the_other() -> None:
    old, new = graphs_of(contradiction()), graphs_of(with_event(status=Status.DENIED), albu_kamal())
    changes = compare(old, new).graphs()
    before, after = (frozenset().union(*graphs.values()) for graphs in (old, new))
    assert (before - changes[REMOVED]) | changes[ADDED] == after
    assert changes[REMOVED] <= before
    assert not changes[ADDED] & before


def test_shards_of_a_corpus_merge_to_the_whole() -> None:
    merged = merge([graphs_of(albu_kamal()), graphs_of(contradiction()), graphs_of(albu_kamal())])
    assert merged.graphs == graphs_of(albu_kamal(), contradiction())
    assert merged.differing == ()


def test_a_report_that_differs_is_named_and_kept_whole() -> None:
    merged = merge([graphs_of(contradiction()), graphs_of(with_event(status=Status.DENIED))])
    assert merged.differing == ("https://w3id.org/conflict-kg/graph/report/raqa-shelling",)
    (name,) = map(NamedNode, merged.differing)
    statuses = {t.object for t in merged.graphs[name] if t.predicate.value.endswith("#status")}
    assert len(statuses) == 2


def test_an_actor_is_told_once_with_one_preferred_name() -> None:
    renamed = replace(contradiction().claims[0].source[0], label="Daesh", names=("IS",))
    merged = merge([graphs_of(contradiction()), graphs_of(with_claim(source=(renamed,)))])
    actor = Naming().actor("islamic-state")
    names = {(t.predicate.value[-9:], t.object.value) for t in merged.graphs[Naming().authority] if t.subject == actor}
    assert {name for name in names if name[0] == "prefLabel"} == {("prefLabel", "Daesh")}
    assert (".core#altLabel"[-9:], "Islamic State") in {(kind[-9:], value) for kind, value in names}


@pytest.mark.parametrize("base", ["", "https://example.org/kg/", "urn:kg:"])
@pytest.mark.parametrize("format", ["turtle", "ntriples", "jsonld", "trig", "nquads"])
def test_a_file_without_named_graphs_is_sorted_into_them_again(tmp_path: Path, format: str, base: str) -> None:
    dataset = build_dataset([albu_kamal(), contradiction()], base) if base else copies(2)
    path = tmp_path / ("graph" + {"turtle": ".ttl", "ntriples": ".nt", "jsonld": ".jsonld"}.get(format, ".trig"))
    path.write_bytes(serialize(dataset, "trig" if path.suffix == ".trig" else format))
    assert read_graphs(path) == dataset.graphs


@pytest.mark.parametrize("suffix", [".ttl", ".trig", ".nq", ".nt", ".jsonld"])
def test_convert_and_back_gives_the_same_bytes(tmp_path: Path, suffix: str) -> None:
    first, other, again = tmp_path / "a.trig", tmp_path / f"b{suffix}", tmp_path / "c.trig"
    first.write_bytes(serialize(build_dataset([albu_kamal(), contradiction()]), "trig"))
    assert kg("convert", first, "-o", other).exit_code == 0
    assert kg("convert", other, "-o", again).exit_code == 0
    assert again.read_bytes() == first.read_bytes()


def test_diff_and_merge_from_the_command_line(tmp_path: Path) -> None:
    paths = [tmp_path / "a.ttl", tmp_path / "b.trig", tmp_path / "c.nq", tmp_path / "d.trig"]
    paths[0].write_bytes(serialize(build_dataset([albu_kamal()]), "turtle"))
    paths[1].write_bytes(serialize(build_dataset([contradiction()]), "trig"))
    merged = kg("merge", *paths[:2], "-o", paths[2])
    assert (merged.exit_code, merged.stderr) == (
        0,
        f"{paths[2]}: {len(build_dataset([albu_kamal(), contradiction()]))} triples\n",
    )
    result = kg("diff", paths[0], paths[2], "-o", paths[3])
    assert result.exit_code == 1
    assert f"added event {EVENT}: Shelling of Raqa, 3 May 2017 (Disputed)\n" in result.stdout
    assert "3 claims and events: " in result.stderr
    assert {name.value for name in read_graphs(paths[3])} == {ADDED.value}
    same = kg("diff", paths[2], paths[2])
    assert (same.exit_code, same.stdout) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["diff", "none.ttl", "none.ttl"], "none.ttl: no such file"),
        (["merge", "{graph}", "-o", "{tmp}/x.doc"], "x.doc: the suffix tells no format"),
        (["convert", "{graph}", "-o", "{tmp}/none/x.nt"], "there is no folder"),
        (["convert", "{graph}"], "give -o OUT, or --describe TTL"),
        (
            ["convert", "{graph}", "--describe", "{tmp}/d.ttl", "--licence", "free"],
            "'free' is no licence: give its IRI",
        ),
    ],
)
def test_what_cannot_run_ends_with_2(tmp_path: Path, arguments: list[str], message: str) -> None:
    graph = tmp_path / "graph.ttl"
    graph.write_bytes(serialize(build_dataset([contradiction()]), "turtle"))
    result = kg(*(argument.format(graph=graph, tmp=tmp_path) for argument in arguments))
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_description_counts_and_names_what_the_dataset_holds(tmp_path: Path) -> None:
    path, described = tmp_path / "graph.trig", tmp_path / "description.ttl"
    dataset = build_dataset([albu_kamal(), contradiction()])
    path.write_bytes(serialize(dataset, "trig"))
    assert kg("convert", path, "--describe", described, "--title", "Two reports").exit_code == 0
    store = Store()
    store.load(path=described, format=RdfFormat.TURTLE)
    asked = """
        PREFIX void: <http://rdfs.org/ns/void#> PREFIX dcterms: <http://purl.org/dc/terms/>
        PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX prov: <http://www.w3.org/ns/prov#>
        PREFIX spdx: <http://spdx.org/rdf/terms#> PREFIX schema: <https://schema.org/>
        PREFIX conflict: <https://w3id.org/conflict-kg/ontology#>
        SELECT ?title ?licence ?triples ?claims ?quotes ?reports ?from ?to ?size ?name WHERE {
          ?dataset a void:Dataset, dcat:Dataset ; dcterms:title ?title ; dcterms:license ?licence ;
            void:triples ?triples ;
            void:classPartition [ void:class conflict:Claim ; void:entities ?claims ] ;
            void:propertyPartition [ void:property conflict:quote ; void:triples ?quotes ] ;
            dcterms:temporal [ dcat:startDate ?from ; dcat:endDate ?to ] ; prov:wasAttributedTo [ schema:name ?name ;
            schema:softwareVersion ?version ] ; dcat:distribution [ dcat:byteSize ?size ; spdx:checksum [] ] .
          { SELECT (COUNT(*) AS ?reports) WHERE { ?any dcterms:source ?report } }
        }"""
    (row,) = store.query(asked)  # type: ignore[misc, union-attr]
    claims = len(albu_kamal().claims) + 2
    values = [term.value for term in row]
    assert values[:6] == [
        "Two reports",
        "https://creativecommons.org/licenses/by/4.0/",
        str(len(dataset.triples())),
        str(claims),
        str(claims),
        "2",
    ]
    assert values[7:] == ["2017-11-08", str(path.stat().st_size), "conflict-kg"]


def test_a_description_is_the_same_each_time_and_has_no_blank_nodes() -> None:
    graphs = graphs_of(albu_kamal(), contradiction())
    assert describe(graphs, "1") == describe(dict(reversed(graphs.items())), "1")
    quads = list(parse(describe(graphs, "1"), format=RdfFormat.TURTLE))
    assert not any("BlankNode" in type(node).__name__ for quad in quads for node in (quad.subject, quad.object))
    counted = sum(
        int(quad.object.value)
        for quad in quads
        if isinstance(quad.object, Literal) and quad.predicate.value.endswith("#triples") and quad.subject in graphs
    )
    assert counted == sum(map(len, graphs.values()))
