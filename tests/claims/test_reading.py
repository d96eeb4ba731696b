"""What a sentence claims in all: several claims of one clause, and who says or denies them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.readings import claims, deeds, names

if TYPE_CHECKING:
    from kg.pipeline import Pipeline

SEVERAL: list[tuple[str, list[str]]] = [
    (
        "An air strike destroyed a hospital in Goma and killed 12 people.",
        ["AirStrike > civilians @ Goma", "Destruction @ Goma"],
    ),
    ("Rebels captured Goma and burned houses.", ["Capture: rebels @ Goma", "Destruction: rebels @ Goma"]),
    ("Rebels shelled Goma and then withdrew to Bukavu.", ["Shelling: rebels @ Goma", "Withdrawal: rebels @ Bukavu"]),
    ("Rebels shelled and captured Goma.", ["Shelling: rebels @ Goma", "Capture: rebels @ Goma"]),
    ("Rebels attacked Goma while gunmen shelled Bukavu.", ["Attack: rebels @ Goma", "Shelling: gunmen @ Bukavu"]),
    (
        "Rebels who captured Goma in May attacked Bukavu on Sunday.",
        ["Capture: rebels @ Goma", "Attack: rebels @ Bukavu"],
    ),
    ("Rebels, who had seized Goma, shelled Bukavu.", ["Capture: rebels @ Goma", "Shelling: rebels @ Bukavu"]),
    ("Rebels shelled Bukavu after capturing Goma.", ["Shelling: rebels @ Bukavu", "Capture: rebels @ Goma"]),
    (
        "Rebels attacked Goma, forcing thousands of people to flee.",
        ["Attack: rebels @ Goma", "Displacement > civilians @ Goma"],
    ),
    ("The attack on Goma forced 3,000 people to flee.", ["Attack @ Goma", "Displacement > civilians @ Goma"]),
    ("Rebels shelled Goma; gunmen attacked Bukavu.", ["Shelling: rebels @ Goma", "Attack: gunmen @ Bukavu"]),
    # One deed that two words of a clause name is one claim.
    ("UNITA fighters launched an attack on Huambo.", ["Attack: UNITA @ Huambo"]),
    ("UNITA fighters attacked Huambo, killing 12 people.", ["Attack: UNITA > civilians @ Huambo"]),
    ("Twelve people were killed in an air strike on Goma.", ["AirStrike > civilians @ Goma"]),
    ("Eight people died in an attack by UNITA on Huambo.", ["Attack: UNITA > civilians @ Huambo"]),
    ("UNITA laid siege to Huambo.", ["Siege: UNITA @ Huambo"]),
]


@pytest.mark.parametrize(("sentence", "told"), SEVERAL, ids=[case[0] for case in SEVERAL])
def test_claims_of_one_sentence(pipeline: Pipeline, sentence: str, told: list[str]) -> None:
    assert deeds(pipeline, sentence) == told


# As agencies write.
NEWS: list[tuple[str, list[str]]] = [
    (
        "Al-Shabaab fighters overran an African Union base near Kismayo, killing at least 30 Kenyan soldiers.",
        ["Capture: Al-Shabaab > African Union @ Kismayo", "Attack: Al-Shabaab > Kenya Defence Forces @ Kismayo"],
    ),
    (
        "At least 40 people, including 12 children, were killed when a government helicopter bombed a market in Gulu.",
        ["AirStrike: Uganda People's Defence Force > civilians @ Gulu"],
    ),
    (
        "Turkish jets hit PKK camps in Hakkari.",
        ["AirStrike: Turkish Armed Forces > Kurdistan Workers' Party @ Hakkâri"],
    ),
    ("No one has claimed responsibility for the attack.", []),
    (
        "The fall of Timbuktu to Ansar Dine sent thousands of people fleeing to Mauritania.",
        ["Capture: Ansar Dine @ Timbuktu", "Displacement > civilians @ Mauritania"],
    ),
    ("Sri Lankan troops are poised to capture Kilinochchi.", ["Capture: Sri Lanka Armed Forces @ Kilinochchi"]),
    ("Riot police used tear gas to disperse protesters in Nairobi.", []),
    (
        "An aid convoy of 20 lorries entered Goma for the first time in six months.",
        ["AidDelivery @ Goma"],
    ),
    (
        "The Malian army has been accused of burning villages around Timbuktu.",
        ["Destruction: Malian Armed Forces @ Timbuktu"],
    ),
    (
        "Rebels ambushed a bus near Goma, killing six passengers and abducting ten others.",
        ["Attack: rebels > civilians @ Goma", "Abduction: rebels > civilians @ Goma"],
    ),
    (
        "Two suicide bombers blew themselves up outside a mosque in Kano, killing at least 20 worshippers.",
        ["Bombing: suicide bombers > civilians @ Kano"],
    ),
    (
        "Ethiopian troops crossed the border into Somalia and took up positions near Beledweyne.",
        [
            "BorderCrossing: Ethiopian National Defence Force @ Somalia",
            "Deployment: Ethiopian National Defence Force @ Beledweyne",
        ],
    ),
    ("The president ordered the Malian army to retake Timbuktu.", ["Capture: Malian Armed Forces @ Timbuktu"]),
    (
        "Shelling by the Ukrainian army killed three civilians in Luhansk.",
        ["Shelling: Armed Forces of Ukraine > civilians @ Luhansk"],
    ),
    (
        "Separatists shot down a Ukrainian helicopter near Luhansk, killing nine people on board.",
        ["Attack: separatists > Armed Forces of Ukraine @ Luhansk"],
    ),
    ("Mortar shells hit a bus stop in Luhansk.", ["Shelling @ Luhansk"]),
    (
        "Abkhaz forces, backed by Russia, drove Georgian troops from Sukhumi.",
        ["Capture: Abkhaz forces > Defence Forces of Georgia @ Sukhumi"],
    ),
    ("A landmine killed four soldiers near Timbuktu.", ["Bombing > Malian Armed Forces @ Timbuktu"]),
    ("Gunmen shot and killed a judge in Quetta.", ["Attack: gunmen > judge @ Quetta"]),
    (
        "Pakistani shelling wounded five villagers in Poonch.",
        ["Shelling: Pakistan Armed Forces > civilians @ Poonch District"],
    ),
    ("Hospitals in Sanaa received 30 wounded on Monday.", []),
    (
        "Air strikes by the Saudi-led coalition hit a wedding party in Sanaa, killing 20 guests.",
        ["AirStrike: Saudi-led coalition > civilians @ Sanaa"],
    ),
    (
        "The Saudi-led coalition denied targeting a wedding party in Sanaa.",
        ["Attack: Saudi-led coalition > civilians @ Sanaa"],
    ),
    (
        "The Houthis fired a ballistic missile at Riyadh, which Saudi air defences intercepted.",
        ["Shelling: Houthi movement @ Riyadh"],
    ),
    (
        "Under pressure from UNITA, the Angolan army abandoned Huambo and retreated to Lobito.",
        ["Withdrawal: Angolan Armed Forces @ Huambo", "Withdrawal: Angolan Armed Forces @ Lobito"],
    ),
    (
        "UNITA, which lost Huambo last month, shelled Lobito on Sunday.",
        ["Capture > UNITA @ Huambo", "Shelling: UNITA @ Lobito"],
    ),
    (
        "Two days of fighting between UNITA and the Angolan army in Huambo left 60 people dead.",
        ["Battle: Angolan Armed Forces, UNITA > civilians @ Huambo"],
    ),
    (
        "Having captured Huambo, UNITA fighters marched on Lobito.",
        ["Capture: UNITA @ Huambo", "Advance: UNITA @ Lobito"],
    ),
    ("The bodies of 12 soldiers were found near Huambo.", []),
    ("UNITA fighters blew up the railway bridge at Lobito.", ["Destruction: UNITA @ Lobito"]),
    (
        "Angola expelled UNITA fighters from Huambo with the help of Cuban troops.",
        ["Capture: Angolan government > UNITA @ Huambo"],
    ),
    ("The envoy of UNITA flew to Huambo.", []),
    ("The Angolan army admitted the loss of 600 soldiers in Huambo.", []),
    (
        "A campaign of killings, rape and arson by UNITA emptied the villages near Huambo.",
        ["Attack: UNITA @ Huambo", "SexualViolence: UNITA @ Huambo", "Destruction: UNITA @ Huambo"],
    ),
    (
        "Houses burned down in air strikes by Cuban troops near Huambo.",
        ["Destruction @ Huambo", "AirStrike: Cuban Revolutionary Armed Forces @ Huambo"],
    ),
    (
        "UNITA fighters used force to disperse a crowd in Huambo, killing eight people.",
        ["Attack: UNITA > civilians @ Huambo"],
    ),
    ("Clashes were reported in Huambo and Lobito.", ["Battle @ Huambo"]),
    ("A raid on Huambo that Luanda blamed on UNITA failed.", ["Attack: UNITA @ Huambo"]),
    ("UNITA fighters overran al Kamba on Monday.", ["Capture: UNITA @ al Kamba"]),
    ("UNITA denied that any of its positions in Huambo had been hit.", ["Attack > UNITA @ Huambo"]),
    (
        "UNITA holds 12 Cuban soldiers captured in Huambo.",
        [
            "Abduction: UNITA > Cuban Revolutionary Armed Forces @ Huambo",
            "Abduction > Cuban Revolutionary Armed Forces @ Huambo",
        ],
    ),
    ("Refugees fled from occupied Huambo.", ["Displacement > refugees @ Huambo"]),
    ("Cuban missiles slammed into a school in Huambo.", ["Shelling: Cuban Revolutionary Armed Forces @ Huambo"]),
    ("Ten villagers were taken off a bus and shot dead in Huambo.", ["Attack > civilians @ Huambo"]),
    ("Women arriving in Huambo spoke to UNITA.", []),
    ("UNITA fighters pulled men from their homes in Huambo.", ["Abduction: UNITA > civilians @ Huambo"]),
    (
        "Cuban troops reinforced the Angolan garrison in Huambo.",
        ["Deployment: Cuban Revolutionary Armed Forces @ Huambo"],
    ),
    (
        "Women detained at Huambo were beaten by UNITA.",
        ["Arrest > civilians @ Huambo", "Attack: UNITA > civilians @ Huambo"],
    ),
    # Who does it, or to whom, makes something else of it.
    ("Angolan troops blocked the road in Huambo.", []),
    ("Rescuers pulled two children from a house in Huambo.", ["Evacuation: rescuers > civilians @ Huambo"]),
    ("The mayor beat the senator in the primary in Huambo.", []),
]


@pytest.mark.parametrize(("sentence", "told"), NEWS, ids=[case[0] for case in NEWS])
def test_claims_of_news(pipeline: Pipeline, sentence: str, told: list[str]) -> None:
    assert deeds(pipeline, sentence) == told


SAID: list[tuple[str, str, str]] = [
    ("UNITA captured Huambo.", "Affirmed", ""),
    ("UNITA said it had captured Huambo.", "Affirmed", "UNITA"),
    ("UNITA denied that it had captured Huambo.", "Denied", "UNITA"),
    ("UNITA denied capturing Huambo.", "Denied", "UNITA"),
    ("UNITA did not capture Huambo.", "Denied", ""),
    ("UNITA failed to capture Huambo.", "Denied", ""),
    ("UNITA may have captured Huambo.", "Uncertain", ""),
    ("UNITA has reportedly captured Huambo.", "Uncertain", ""),
    ("UNITA will capture Huambo.", "Planned", ""),
    ("UNITA vowed to capture Huambo.", "Planned", "UNITA"),
    ("The United Nations said UNITA had captured Huambo.", "Affirmed", "United Nations"),
    ("UNITA has captured Huambo, the United Nations said.", "Affirmed", "United Nations"),
    ("UNITA has captured Huambo, according to the United Nations.", "Affirmed", "United Nations"),
    ("According to the United Nations, UNITA has captured Huambo.", "Affirmed", "United Nations"),
    ("The United Nations told reporters that UNITA had captured Huambo.", "Affirmed", "United Nations"),
    ("The United Nations confirmed that UNITA had captured Huambo.", "Affirmed", "United Nations"),
    ("The United Nations accused UNITA of shelling Huambo.", "Affirmed", "United Nations"),
    ("The United Nations blamed UNITA for the shelling of Huambo.", "Affirmed", "United Nations"),
    ("The United Nations said UNITA claimed to have captured Huambo.", "Affirmed", "UNITA, United Nations"),
    ("The United Nations said it was unclear whether UNITA had captured Huambo.", "Uncertain", "United Nations"),
    ("The United Nations called for the withdrawal of UNITA from Huambo.", "Planned", "United Nations"),
    ("UNITA fighters are about to capture Huambo.", "Planned", ""),
    ("UNITA could attack Huambo.", "Uncertain", ""),
    ("UNITA might have attacked Huambo.", "Uncertain", ""),
    ("UNITA allegedly attacked Huambo.", "Uncertain", ""),
    ("UNITA is said to have captured Huambo.", "Uncertain", ""),
    ("It is feared that UNITA has captured Huambo.", "Uncertain", ""),
    ("UNITA has not yet captured Huambo.", "Denied", ""),
    ("UNITA never shelled Huambo.", "Denied", ""),
    ("UNITA rejected accusations that it had shelled Huambo.", "Denied", "UNITA"),
    ("UNITA dismissed reports that it had shelled Huambo.", "Denied", "UNITA"),
    ("UNITA said it had not shelled Huambo.", "Denied", "UNITA"),
    ("UNITA insisted it had not shelled Huambo.", "Denied", "UNITA"),
    ("UNITA confirmed the capture of Huambo.", "Affirmed", "UNITA"),
    ("UNITA admitted shelling Huambo.", "Affirmed", "UNITA"),
    ("UNITA began shelling Huambo.", "Affirmed", ""),
    ("UNITA resumed its shelling of Huambo.", "Affirmed", ""),
    ("UNITA managed to capture Huambo.", "Affirmed", ""),
    ("UNITA has been blamed for the shelling of Huambo.", "Affirmed", ""),
    ("UNITA was accused by the United Nations of shelling Huambo.", "Affirmed", "United Nations"),
    ("The United Nations doubts that UNITA captured Huambo.", "Uncertain", "United Nations"),
    ("The United Nations warned that UNITA could attack Huambo.", "Uncertain", "United Nations"),
    ("The United Nations demanded that UNITA withdraw from Huambo.", "Planned", "United Nations"),
    ("The United Nations urged UNITA to withdraw from Huambo.", "Planned", "United Nations"),
    ("UNITA has been ordered to withdraw from Huambo.", "Planned", ""),
    ("UNITA promised to withdraw from Huambo.", "Planned", "UNITA"),
    ("A United Nations spokesman said UNITA had captured Huambo.", "Affirmed", "United Nations"),
    ("In a statement, the United Nations said UNITA had captured Huambo.", "Affirmed", "United Nations"),
    ("UNITA, which the United Nations accuses of war crimes, captured Huambo.", "Affirmed", ""),
    ("As UNITA captured Huambo, the United Nations said nothing.", "Affirmed", ""),
    # What is judged is taken for granted: nobody is its source.
    ("The United Nations condemned the capture of Huambo by UNITA.", "Affirmed", ""),
    ("The United Nations welcomed the withdrawal of UNITA from Huambo.", "Affirmed", ""),
    ("The United Nations was outraged by UNITA's shelling of Huambo.", "Affirmed", ""),
    # An aside in a relative clause is the report's own.
]


@pytest.mark.parametrize(("sentence", "stance", "source"), SAID, ids=[case[0] for case in SAID])
def test_who_says_it_and_how_surely(pipeline: Pipeline, sentence: str, stance: str, source: str) -> None:
    (claim,) = claims(pipeline, sentence)
    assert (claim.stance, names(claim.source)) == (stance, source)


STATEMENTS: list[tuple[str, str]] = [
    # text, source of its last claim
    ('"UNITA attacked Huambo," the United Nations said. "They burned the market."', "United Nations"),
    ('The United Nations said: "UNITA attacked Huambo. Its fighters burned the market."', "United Nations"),
    ("The United Nations said:\n\nUNITA attacked Huambo on Monday.", "United Nations"),
    ("The United Nations said UNITA had attacked Huambo. UNITA burned the market.", ""),
    (
        "The United Nations said UNITA had attacked Huambo. The Red Cross said UNITA had burned the market.",
        "International Committee of the Red Cross",
    ),
    (
        "UNITA attacked Huambo, the United Nations said, adding that its fighters had burned the market.",
        "United Nations",
    ),
    ('"We attacked Huambo," UNITA said. The United Nations said UNITA had burned the market.', "United Nations"),
    ("UNITA denied that it had attacked Huambo. UNITA burned the market.", ""),
]


@pytest.mark.parametrize(("text", "source"), STATEMENTS, ids=[case[0] for case in STATEMENTS])
def test_who_says_the_last_of_several_statements(pipeline: Pipeline, text: str, source: str) -> None:
    assert names(claims(pipeline, text)[-1].source) == source


def test_a_semicolon_ends_what_somebody_is_said_to_have_said(pipeline: Pipeline) -> None:
    first, second = claims(pipeline, "The United Nations said rebels shelled Goma; gunmen attacked Bukavu.")
    assert (names(first.source), names(second.source)) == ("United Nations", "")


def test_an_attempt_to_capture_is_an_attack(pipeline: Pipeline) -> None:
    (claim,) = claims(pipeline, "UNITA attempted to capture Huambo.")
    assert claim.event_class in {"Attack", "Advance"}


def test_actors_known_only_by_description_belong_to_their_report(pipeline: Pipeline) -> None:
    (claim,) = claims(pipeline, "Gunmen attacked Goma.")
    (gunmen,) = claim.initiator
    assert gunmen.unresolved
    assert gunmen.key.startswith("report/")


def test_nobody_is_both_initiator_and_target(pipeline: Pipeline) -> None:
    for claim in claims(pipeline, "Rebels attacked rebels in Goma. UNITA fighters shelled UNITA positions."):
        assert not {actor.key for actor in claim.initiator} & {actor.key for actor in claim.target}


def test_a_claim_explains_its_reading(pipeline: Pipeline) -> None:
    (claim,) = claims(pipeline, "The United Nations said UNITA had captured Huambo.")
    said = " | ".join(claim.reading)
    assert all(word in said for word in ("Capture", "captured", "initiator", "UNITA", "place", "Huambo", "said"))


def test_who_mediates_is_not_who_was_met(pipeline: Pipeline) -> None:
    (claim,) = claims(pipeline, "The Colombian government and FARC held talks in Havana with Norway as mediator.")
    assert (names(claim.target), names(claim.supporter)) == ("", "Norwegian government")
