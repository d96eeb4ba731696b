"""Whom pronouns and definite descriptions mean."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg.coreference import Resolver
from kg.model import Actor, MentionKind, Report

if TYPE_CHECKING:
    from kg.pipeline import Pipeline


def resolver(pipeline: Pipeline, text: str) -> tuple[Resolver, object]:
    report = Report(id="r", text=text, issued=date(2016, 5, 11))
    doc = pipeline.language.doc(report)
    mentions = pipeline.mentions(doc, report.issued)
    places = [mention for mention in mentions if mention.kind is MentionKind.PLACE]
    return Resolver(doc, mentions, places), doc


def meant(pipeline: Pipeline, text: str, word: str) -> list[str]:
    """Return the keys of the actors that the last token with this form means."""
    found, doc = resolver(pipeline, text)
    token = [token for token in doc if token.text == word][-1]  # type: ignore[attr-defined]
    return [actor.key for actor in found.actors_of(token)]


@pytest.mark.parametrize(
    ("text", "word", "key"),
    [
        ("Hamas denied that it had fired the rocket.", "it", "hamas"),
        ("Hamas accused Egypt of torture. It demanded an inquiry.", "It", "hamas"),
        ("Syrian troops took the town. They burned it down.", "They", "sy-armed-forces"),
        ("The Taliban said that their men had left.", "their", "taliban"),
        ("Boko Haram attacked the village. Its fighters burned 40 houses.", "fighters", "boko-haram"),
        ("President Paul Biya met envoys. He called for talks.", "He", "paul-biya"),
        ("Ms Angela Merkel met Paul Biya. He left on Monday.", "He", "paul-biya"),
        ("Turkish jets struck Hamas in the hills. The army said they had destroyed its hideouts.", "its", "hamas"),
        ("Boko Haram, which attacked Bama, fled.", "which", "boko-haram"),
        ("Soldiers from Chad who crossed the border fled.", "who", "td-armed-forces"),
    ],
)
def test_pronouns(pipeline: Pipeline, text: str, word: str, key: str) -> None:
    assert key in meant(pipeline, text, word)


@pytest.mark.parametrize(
    ("text", "word", "key"),
    [
        ("FARC guerrillas attacked a post. The rebels killed two officers.", "rebels", "farc"),
        ("Boko Haram freed 82 girls. The jihadists kept the others.", "jihadists", "boko-haram"),
        ("Islamic State lost Raqa. The group still holds the valley.", "group", "islamic-state"),
        ("Militants of al-Shabaab stormed a hotel. The attackers killed ten.", "attackers", "al-shabaab"),
        ("The FARC fought the AUC. The paramilitaries retreated.", "paramilitaries", "auc"),
        ("Médecins Sans Frontières runs a clinic. The charity said it was hit.", "charity", "medecins-sans-frontieres"),
    ],
)
def test_definite_descriptions(pipeline: Pipeline, text: str, word: str, key: str) -> None:
    known = meant(pipeline, text, word)
    assert known, text
    assert known[0].startswith(key) or key in _names(pipeline, known[0])


def _names(pipeline: Pipeline, key: str) -> set[str]:
    actor = pipeline.authority.actor(key)
    return {name.lower() for name in (actor.label, *actor.names)}


def test_the_report_s_own_wording_decides_between_groups(pipeline: Pipeline) -> None:
    text = "Tuareg rebels of the Azawad Front (AZF) fought Ansar Dine. The rebels won. The jihadists fled."
    assert meant(pipeline, text, "rebels") == ["azawad-front"]
    assert meant(pipeline, text, "jihadists") == ["ansar-dine"]


def test_both_sides_are_two_actors(pipeline: Pipeline) -> None:
    text = "A truce between Israel and Hamas ended. Both sides blamed each other."
    assert set(meant(pipeline, text, "sides")) == {"il-government", "hamas"}


def test_they_are_all_who_were_coordinated(pipeline: Pipeline) -> None:
    text = "French and Malian troops and allied militiamen took Gao. They moved on to Kidal."
    assert set(meant(pipeline, text, "They")) == {"fr-armed-forces", "ml-armed-forces", "allied-militiamen"}


def test_his_men_are_those_whom_he_leads(pipeline: Pipeline) -> None:
    text = "Abubakar Shekau, the leader of Boko Haram, spoke. He threatened that his men would bomb Abuja."
    assert meant(pipeline, text, "men") == ["boko-haram"]


def test_an_object_is_not_its_own_subject(pipeline: Pipeline) -> None:
    text = "The Taliban took Kunduz. American commandos drove them out."
    assert meant(pipeline, text, "them") == ["taliban"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("It is raining in Goma. Hamas denied it.", "It"),
        ("A market burned. It was empty.", "It"),
    ],
)
def test_a_pronoun_without_an_actor_means_none(pipeline: Pipeline, text: str, word: str) -> None:
    assert meant(pipeline, text, word) == []


def test_quantities_are_looked_through(pipeline: Pipeline) -> None:
    assert meant(pipeline, "Hundreds of villagers fled.", "Hundreds") == ["civilians"]


def test_a_token_within_a_name_means_the_named(pipeline: Pipeline) -> None:
    found, doc = resolver(pipeline, "Islamic State fled from Raqqa.")
    assert isinstance(found.actor_of(doc[0]), Actor)  # type: ignore[index]
    assert found.place_at(doc[4]) is not None  # type: ignore[index]
    assert found.actor_of(doc[2]) is None  # type: ignore[index]
