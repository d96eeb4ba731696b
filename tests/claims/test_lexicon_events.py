"""The words that name events: their form, their order, and that every example shows its row's trigger."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from kg import lexicon
from kg.claims.triggers import object_nouns
from kg.model import EVENT_GROUPS, GROUP_OF, MEASURES

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Token

Row = dict[str, str]

TRIGGERS = lexicon.rows("triggers")
CASUALTIES = lexicon.rows("casualties")
INSTRUMENTS = lexicon.rows("instruments")
DOMAINS = lexicon.rows("domains")
KEYS = {
    "triggers": ("class", "pos", "lemma", "particle", "object"),
    "casualties": ("lemma", "pos", "particle", "measure", "counted"),
    "instruments": ("noun",),
    "domains": ("word",),
    "event_quantities": ("noun",),
    "intransitive_verbs": ("lemma",),
    "light_verbs": ("verb", "particle", "subject", "object"),
    "object_families": ("family", "noun"),
    "responsibility": ("verb", "word", "preposition", "doer"),
    "role_words": ("sense", "word"),
    "scene_limits": ("name",),
}
# Words of every war report: alone or in pairs they must not make a sentence figurative.
PLAIN_WORDS = ("market", "election", "stadium", "court", "film", "flood", "cholera", "bill")
INNOCENT = (
    "Shells hit a market in Omdurman.",
    "Gunmen attacked a polling station ahead of the election.",
    "A bomb went off outside a court in Quetta.",
    "Rebels seized the football stadium of the town.",
    "Militants stormed a theatre and took the audience hostage.",
    "The fighting has displaced families in a district that cholera had reached before.",
    "The army pounded the town as the flood rose.",
    "A senator was shot dead on his way to parliament.",
)
FIGURATIVE = (
    "The striker scored twice as the club won the league title.",
    "Cricketers from Lahore launched an assault on the bowlers of Karachi.",
    "Shares came under fire as inflation rose.",
    "The party won a landslide victory in the north.",
    "Lawmakers killed the bill after a long debate on the budget.",
    "The company won a court battle over the patent.",
    "A hurricane battered the coast and drove families from their homes.",
    "Vaccinators are fighting an outbreak of measles.",
    "Critics attacked the sequel of the film.",
)


def identity(row: Row) -> str:
    """Return what names a trigger row in a failing test."""
    return "-".join(filter(None, (row["class"], row["pos"], row["lemma"], row["particle"], row["object"][:20])))


@pytest.mark.parametrize("name", KEYS)
def test_rows_are_sorted_and_unique(name: str) -> None:
    keys = [tuple(row[column] for column in KEYS[name]) for row in lexicon.rows(name)]
    assert keys == sorted(keys)
    assert not [key for key, count in Counter(keys).items() if count > 1]


@pytest.mark.parametrize("name", KEYS)
def test_cells_are_clean(name: str) -> None:
    for row in lexicon.rows(name):
        for column, cell in row.items():
            assert cell == " ".join(cell.split()), (name, row)
            if column not in {"example", "class"} and not column.startswith("measure"):
                assert cell == cell.lower(), (name, row)


@pytest.mark.parametrize(
    ("column", "allowed"),
    [
        ("class", set(GROUP_OF)),
        ("pos", {"verb", "noun", "adjective"}),
        ("strength", {"amid", "cargo", "context", "strong", "toll", "typed", "pair"}),
        ("measure", {"", *MEASURES}),
        ("frame", {row["frame"] for row in lexicon.rows("frames")}),
    ],
)
def test_trigger_cells_come_from_closed_lists(column: str, allowed: set[str]) -> None:
    assert {row[column] for row in TRIGGERS} <= allowed


def test_object_alternatives_are_sorted_single_words() -> None:
    for row in TRIGGERS:
        words = row["object"].split("|") if row["object"] else []
        assert words == sorted(set(words)), identity(row)
        assert not any(" " in word for word in words), identity(row)
        assert "|" not in row["particle"], identity(row)


def test_verbs_of_several_words_are_hyphenated() -> None:
    several = [row for row in TRIGGERS if row["pos"] == "verb" and " " in row["lemma"]]
    # "Leave or die", "let go": the word before the verb, not a verb of several words.
    led = [row for row in several if row["lemma"].split(" ")[0] in {"or", "let"}]
    assert [identity(row) for row in several if " - " not in row["lemma"] and row not in led] == []


@pytest.mark.parametrize(("event_class", "measure"), [("Displacement", "displaced"), ("Evacuation", "evacuated")])
def test_whoever_is_moved_is_counted(event_class: str, measure: str) -> None:
    assert not [identity(row) for row in TRIGGERS if row["class"] == event_class and row["measure"] != measure]


@pytest.mark.parametrize("event_class", sorted(GROUP_OF))
def test_every_class_has_verbs_and_nouns(event_class: str) -> None:
    counts = Counter(row["pos"] for row in TRIGGERS if row["class"] == event_class)
    assert counts["verb"] >= 4
    assert counts["noun"] >= 5


def test_the_lexicon_is_large() -> None:
    assert len(TRIGGERS) >= 600
    assert set(GROUP_OF) == {name for names in EVENT_GROUPS.values() for name in names}


def test_examples_contain_their_trigger(nlp: Language) -> None:
    missing = []
    docs = nlp.pipe([row["example"] for row in TRIGGERS])
    for row, doc in zip(TRIGGERS, docs, strict=True):
        if not (_has_words(row["lemma"].split(" "), list(doc)) and _has_context(row, list(doc))):
            missing.append(f"{identity(row)}: {row['example']}")
    assert missing == []


def test_examples_are_of_their_own() -> None:
    repeated = Counter((row["class"], row["pos"], row["lemma"], row["example"]) for row in TRIGGERS)
    assert [key for key, count in repeated.items() if count > 1] == []


@pytest.mark.parametrize("row", CASUALTIES, ids=lambda row: "-".join((row["lemma"], row["pos"], row["particle"])))
def test_casualty_rows(row: Row, nlp: Language) -> None:
    assert row["measure"] in MEASURES
    assert row["counted"] in {"object", "subject", "self"}
    assert row["pos"] in {"verb", "noun", "adjective"}
    assert _has_words(row["lemma"].split(" "), list(nlp(row["example"])))


def test_instrument_classes_and_ranks() -> None:
    by_class = {row["class"]: int(row["rank"]) for row in INSTRUMENTS}
    assert all(int(row["rank"]) == by_class[row["class"]] for row in INSTRUMENTS)
    order = ["ChemicalAttack", "AirStrike", "Shelling", "Bombing", "Attack"]
    assert sorted(by_class, key=by_class.__getitem__) == order


def test_domain_cells() -> None:
    assert {row["weight"] for row in DOMAINS} == {"veto", "hint", "argument"}
    vetoes = {row["word"] for row in DOMAINS if row["weight"] == "veto"}
    assert vetoes.isdisjoint(PLAIN_WORDS)
    assert vetoes.isdisjoint(row["lemma"] for row in TRIGGERS)


@pytest.mark.parametrize("text", INNOCENT)
def test_reports_of_violence_are_not_vetoed(text: str, nlp: Language) -> None:
    assert not _figurative(text, nlp)


@pytest.mark.parametrize("text", FIGURATIVE)
def test_other_fields_are_vetoed(text: str, nlp: Language) -> None:
    assert _figurative(text, nlp)


def _forms(token: Token) -> set[str]:
    lemma = token.lemma_.lower()
    # The model lemmatizes a few regular verbs wrongly ("cordoned": "cordone"), so stems count too.
    return {token.lower_, lemma, token.lower_.removesuffix("s"), _stem(token.lower_)}


def _stem(word: str) -> str:
    for ending in ("ing", "ed"):
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            return stem[:-1] if stem[-1:] == stem[-2:-1] else stem
    return word


def _has_words(words: list[str], tokens: list[Token]) -> bool:
    for start in range(len(tokens) - len(words) + 1):
        window = tokens[start : start + len(words)]
        if all(_fits(word, token) for word, token in zip(words, window, strict=True)):
            return True
    return False


def _fits(word: str, token: Token) -> bool:
    forms = _forms(token)
    irregular = {"slay": "slew", "retake": "retook", "overtake": "overtook"}
    return word in forms or word.removesuffix("e") in forms or word[:-1] + "i" in forms or irregular.get(word) in forms


def _has_context(row: Row, tokens: list[Token]) -> bool:
    words = {form for token in tokens for form in _forms(token)}
    return set(row["particle"].split(" ")) - {""} <= words and (
        not row["object"] or bool(object_nouns(row["object"]) & words)
    )


def _figurative(text: str, nlp: Language) -> bool:
    from kg.claims.triggers import figurative_sentences

    return bool(figurative_sentences(nlp(text)))
