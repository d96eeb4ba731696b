"""What the remembered rules give a Doc is what spaCy's own attribute ruler gives it."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language as Pipeline
from spacy.tokens import Doc

from kg.language import Language
from kg.language.remembered_rules import RememberedRules
from kg.model import Report


def attributes(doc: Doc) -> list[tuple[object, ...]]:
    return [(t.pos_, str(t.morph), t.lemma_, t.tag_, t.dep_, t.ent_type_, t.head.i, bool(t.is_sent_start)) for t in doc]


@pytest.mark.parametrize(
    "text",
    [
        "Troops seized the town, which they had lost; there's a truce.",
        "It ain't gonna end. I gotta go. Let's leave.  \n\n There are 3 dead.",
        "D'you know? He'd've gone, they wanna stay, 's all.",
        "   \n",
        "",
    ],
)
def test_rules_of_one_word_and_of_several(nlp: Pipeline, text: str) -> None:
    rules = RememberedRules.of(nlp.get_pipe("attribute_ruler"))
    assert rules is not None
    for _ in range(2):  # the second time from memory
        before = ["attribute_ruler", "lemmatizer", "ner"]
        doc = next(rules.pipe(nlp.pipe([text], disable=before)))
        doc = next(nlp.pipe([doc], disable=["tok2vec", "tagger", "parser", "attribute_ruler"]))
        assert attributes(doc) == attributes(nlp(text))


def test_annotated_reports(gold: Path) -> None:
    language = Language()
    reports = [
        Report(id=path.stem, text=path.read_text(encoding="utf-8")) for path in sorted(gold.glob("dev/*.txt"))[:12]
    ]
    remembered = [attributes(doc) for doc in language.pipe(reports)]
    language._rules = None
    assert remembered == [attributes(doc) for doc in language.pipe(reports)]


def test_rules_that_look_further_are_left_to_spacy(nlp: Pipeline) -> None:
    ruler = nlp.create_pipe("attribute_ruler")
    ruler.add([[{"TAG": "NN"}]], {"POS": "NOUN"})
    assert RememberedRules.of(ruler) is not None
    ruler.add([[{"ENT_TYPE": "GPE"}]], {"POS": "PROPN"})
    assert RememberedRules.of(ruler) is None
