"""Which class of event a trigger names, and who stands in which role: the same deed told in many ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.readings import claims, deeds

if TYPE_CHECKING:
    from kg.pipeline import Pipeline

# What is told, and the sentences that all tell it.
PARAPHRASES: dict[str, list[str]] = {
    "Capture: UNITA @ Huambo": [
        "UNITA fighters captured Huambo on Monday.",
        "UNITA fighters have seized Huambo.",
        "Huambo was captured by UNITA fighters.",
        "Huambo has been overrun by UNITA fighters.",
        "UNITA took control of Huambo on Monday.",
        "UNITA gained control of Huambo.",
        "Huambo fell to UNITA on Monday.",
        "Huambo fell into the hands of UNITA.",
        "The capture of Huambo by UNITA stunned the capital.",
        "UNITA's capture of Huambo stunned the capital.",
        "Residents recalled UNITA's seizure of Huambo.",
        "UNITA conquered Huambo.",
        "UNITA has wrested control of Huambo.",
        "Huambo came under the control of UNITA.",
    ],
    "Capture: UNITA > Angolan Armed Forces @ Huambo": [
        "UNITA captured Huambo from the Angolan army.",
        "UNITA drove the Angolan army out of Huambo.",
        "UNITA expelled the Angolan army from Huambo.",
        "The Angolan army was driven out of Huambo by UNITA.",
        "UNITA wrested Huambo from the Angolan army.",
    ],
    "Attack: UNITA > Angolan Armed Forces @ Huambo": [
        "UNITA fighters attacked the Angolan army in Huambo.",
        "The Angolan army was attacked by UNITA fighters in Huambo.",
        "The Angolan army came under attack from UNITA fighters in Huambo.",
        "The Angolan army came under fire from UNITA fighters in Huambo.",
        "UNITA fighters ambushed an Angolan army convoy near Huambo.",
        "An Angolan army convoy was ambushed by UNITA fighters near Huambo.",
        "UNITA fighters opened fire on an Angolan army patrol in Huambo.",
        "UNITA fighters raided an Angolan army base in Huambo.",
        "UNITA fighters stormed Angolan army positions in Huambo.",
        "UNITA fighters launched an attack on Angolan army positions in Huambo.",
        "UNITA fighters mounted an assault on the Angolan army in Huambo.",
        "An ambush by UNITA fighters on an Angolan army convoy near Huambo was over in minutes.",
    ],
    "Battle: Angolan Armed Forces, UNITA @ Huambo": [
        "Clashes between UNITA and the Angolan army broke out in Huambo.",
        "Clashes broke out between UNITA and the Angolan army in Huambo.",
        "Fighting erupted in Huambo between UNITA and the Angolan army.",
        "UNITA and the Angolan army clashed in Huambo.",
        "UNITA and the Angolan army fought in Huambo.",
        "UNITA and the Angolan army exchanged fire in Huambo.",
    ],
    "Battle: UNITA > Angolan Armed Forces @ Huambo": [
        "UNITA clashed with the Angolan army in Huambo.",
        "UNITA battled the Angolan army in Huambo.",
        "UNITA fought the Angolan army in Huambo.",
        "UNITA fought with the Angolan army in Huambo.",
    ],
    "Siege: UNITA @ Huambo": [
        "UNITA besieged Huambo.",
        "UNITA laid siege to Huambo.",
        "UNITA fighters encircled Huambo.",
        "UNITA surrounded Huambo.",
        "UNITA's siege of Huambo lasted nine months.",
        "Huambo was besieged by UNITA.",
        "UNITA imposed a blockade on Huambo.",
    ],
    "AirStrike: Russian Armed Forces @ Grozny": [
        "Russian warplanes bombed Grozny.",
        "Grozny was bombed by Russian warplanes.",
        "Russian jets struck Grozny.",
        "Russian helicopters attacked Grozny.",
        "The Russian air force carried out air strikes on Grozny.",
        "The Russian air force conducted several airstrikes in Grozny.",
        "Air strikes were carried out on Grozny by the Russian air force.",
        "Air strikes by the Russian air force hit Grozny.",
        "Russian air strikes targeted Grozny.",
        "The Russian air force launched air strikes against Grozny.",
    ],
    "Shelling: Russian Armed Forces @ Grozny": [
        "The Russian army shelled Grozny.",
        "Grozny was shelled by the Russian army.",
        "The Russian army fired rockets at Grozny.",
        "The Russian army's shelling of Grozny went on.",
        "Russian artillery pounded Grozny.",
        "The Russian army hit Grozny with artillery.",
    ],
    "Bombing @ Grozny": [
        "A car bomb exploded in Grozny.",
        "A roadside bomb went off in Grozny.",
        "A car bombing hit Grozny.",
        "Twin bombings rocked Grozny.",
        "A landmine blew up in Grozny.",
    ],
    "Bombing: suicide bomber @ Grozny": ["A suicide bomber blew himself up in Grozny."],
    "Abduction: Revolutionary Armed Forces of Colombia > journalists @ Florencia": [
        "FARC kidnapped two journalists in Florencia.",
        "Two journalists were kidnapped by FARC in Florencia.",
        "FARC abducted two journalists in Florencia.",
        "FARC took two journalists hostage in Florencia.",
        "Two journalists were taken hostage by FARC in Florencia.",
    ],
    "Withdrawal: Russian Armed Forces @ Grozny": [
        "Russian troops withdrew from Grozny.",
        "Russian troops pulled out of Grozny.",
        "Russian troops retreated from Grozny.",
        "The withdrawal of Russian troops from Grozny was quick.",
        "Russian troops left Grozny.",
    ],
    "Advance: Russian Armed Forces @ Grozny": [
        "Russian troops advanced on Grozny.",
        "Russian troops pushed into Grozny.",
        "Russian troops closed in on Grozny.",
        "Russian troops marched on Grozny.",
        "The advance of Russian troops on Grozny was slow.",
        "Russian troops launched an offensive on Grozny.",
        "Russian troops entered Grozny.",
    ],
    "Deployment: Russian Armed Forces @ Grozny": [
        "Russian troops deployed to Grozny.",
        "Russian troops were deployed to Grozny.",
        "Russian troops were stationed in Grozny.",
    ],
    "BorderCrossing: Russian Armed Forces @ Georgia": [
        "Russian troops crossed into Georgia.",
        "Russian troops crossed the border into Georgia.",
        "Russian tanks rolled across the border into Georgia.",
    ],
    "Displacement > civilians @ Grozny": [
        "Thousands of people fled Grozny.",
        "Thousands of people were displaced from Grozny.",
        "Thousands of civilians fled from Grozny.",
        "Thousands of civilians were driven from Grozny.",
        "Thousands of civilians were forced to flee Grozny.",
        "The flight of thousands of civilians from Grozny began.",
    ],
    "Evacuation > civilians @ Grozny": [
        "Thousands of civilians were evacuated from Grozny.",
        "The evacuation of civilians from Grozny began.",
    ],
    "AidDelivery: World Food Programme @ Huambo": [
        "The World Food Programme delivered food to Huambo.",
        "The World Food Programme sent aid to Huambo.",
        "A World Food Programme convoy reached Huambo.",
        "The World Food Programme distributed food in Huambo.",
        "The World Food Programme airlifted supplies to Huambo.",
    ],
    "Destruction: rebels @ Florencia": [
        "Rebels burned down 30 houses in Florencia.",
        "Rebels set fire to a school in Florencia.",
        "Rebels looted shops in Florencia.",
        "Rebels blew up a bridge in Florencia.",
        "Rebels razed a village near Florencia.",
        "Thirty houses in Florencia were burned down by rebels.",
    ],
    "Negotiation: Colombian government, Revolutionary Armed Forces of Colombia @ Havana": [
        "The Colombian government and FARC held talks in Havana.",
        "The Colombian government and FARC met in Havana.",
        "Talks between the Colombian government and FARC opened in Havana.",
        "Peace talks between the Colombian government and FARC resumed in Havana.",
        "The Colombian government and FARC negotiated in Havana.",
    ],
    "Agreement: Colombian government, Revolutionary Armed Forces of Colombia @ Havana": [
        "The Colombian government and FARC signed a ceasefire in Havana.",
        "The Colombian government and FARC agreed to a ceasefire in Havana.",
        "The Colombian government and FARC agreed on a truce in Havana.",
        "The Colombian government and FARC reached a peace deal in Havana.",
        "A ceasefire between the Colombian government and FARC was signed in Havana.",
    ],
    "Sanction: European Union > Belarusian government": [
        "The European Union imposed sanctions on the Belarusian government.",
        "The European Union sanctioned the Belarusian government.",
        "Sanctions were imposed on the Belarusian government by the European Union.",
    ],
    "Protest: protesters @ Yerevan": [
        "Protesters marched in Yerevan.",
        "Protesters rallied in Yerevan.",
        "Protesters gathered and demonstrated in Yerevan.",
        "Protesters took to the streets of Yerevan.",
        "A demonstration by protesters in Yerevan went on.",
    ],
    "Arrest: Armenian police > protesters @ Yerevan": [
        "Armenian police arrested 20 protesters in Yerevan.",
        "Twenty protesters were arrested by Armenian police in Yerevan.",
        "The police hauled in 20 protesters in Yerevan.",
        "Armenian police detained 20 protesters in Yerevan.",
        "Armenian police took 20 protesters into custody in Yerevan.",
        "The arrest of 20 protesters by Armenian police in Yerevan drew anger.",
    ],
    "Release: Revolutionary Armed Forces of Colombia > hostages @ Florencia": [
        "FARC released three hostages in Florencia.",
        "FARC freed three hostages in Florencia.",
        "FARC handed over three hostages in Florencia.",
    ],
    "SexualViolence: Angolan Armed Forces > civilians @ Huambo": [
        "Soldiers raped women in Huambo.",
        "Women were raped by soldiers in Huambo.",
    ],
    "ChemicalAttack: Iraqi Armed Forces @ Halabja": [
        "The Iraqi army attacked Halabja with mustard gas.",
        "The Iraqi army used chemical weapons in Halabja.",
        "The Iraqi army dropped poison gas on Halabja.",
    ],
    "Threat: UNITA > Angolan government": [
        "UNITA threatened the Angolan government.",
        "UNITA issued an ultimatum to the Angolan government.",
        "UNITA gave the Angolan government an ultimatum.",
        "UNITA threatened Angola.",
    ],
    "Abduction: UNITA > civilians @ Huambo": [
        "UNITA abducted ten nurses in Huambo, marching them into the bush.",
        "UNITA kept ten nurses in captivity in Huambo.",
        "UNITA made off with ten nurses from Huambo.",
    ],
    "Release > hostages @ Huambo": ["Ten hostages left Huambo on Monday."],
    "ChemicalAttack @ Huambo": ["The use of sarin in Huambo was condemned."],
    "Attack: UNITA @ Huambo": ["Huambo was under attack by UNITA."],
    "Protest: students @ Huambo": [
        "Students joined a protest against the finance bill in Huambo.",
        "Students blocked the road in Huambo.",
    ],
}


@pytest.mark.parametrize(
    ("sentence", "told"),
    [(sentence, told) for told, sentences in PARAPHRASES.items() for sentence in sentences],
    ids=[sentence for sentences in PARAPHRASES.values() for sentence in sentences],
)
def test_one_deed_however_it_is_told(pipeline: Pipeline, sentence: str, told: str) -> None:
    assert deeds(pipeline, sentence) == [told]


FIGHTING = "Gunmen attacked Gao on Monday. Soldiers shelled Menaka. Rebels seized Kidal on Tuesday."


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("The fence was vandalised.", "Destruction"),
        ("The killings shocked the valley.", "Attack"),
        ("Seven villagers died as well.", "Shelling"),
        ("Another attack followed.", "Attack"),
    ],
)
def test_words_that_only_hint_at_a_deed_tell_of_one_in_a_report_on_fighting(
    pipeline: Pipeline, text: str, deed: str
) -> None:
    def told(whole: str) -> list[str]:
        return [claim.event_class for claim in claims(pipeline, whole) if claim.start >= whole.index(text)]

    assert told(f"{FIGHTING} {text}") == [deed]
    assert told(f"The council met on Monday. {text}") == []


@pytest.mark.parametrize(
    ("text", "deeds_told"),
    [
        ("Ten men were captured in Gao.", ["Arrest > civilians @ Gao"]),
        ("Two families left Gao for Niamey.", ["Displacement > civilians @ Niamey"]),
        ("Nigerian troops cleared the town of Bama of militants.", ["Capture: Nigerian Armed Forces @ Bama"]),
        ("The rebels began an operation to isolate Kunduz.", ["Advance: rebels @ Kunduz"]),
        ("The council demonstrated the unity of the region.", []),
        ("Thousands fled to escape the fighting in Goma.", ["Displacement > civilians @ Goma", "Battle @ Goma"]),
        (
            "A French strike destroyed a Taliban-held building near Kunduz.",
            ["AirStrike: French Armed Forces @ Kunduz", "Destruction: French Armed Forces > Taliban @ Kunduz"],
        ),
        ("15 more killed in Maiduguri", ["Attack @ Maiduguri"]),
        ("Malian soldiers were flown to Gao on Monday.", ["Deployment: Malian Armed Forces @ Gao"]),
        ("The rebels forced 4,000 people to leave.", ["Displacement: rebels > civilians"]),
        ("Hundreds of residents sought refuge in Gao.", ["Displacement > civilians @ Gao"]),
        ("Riyadh banned all imports from Lebanon.", ["Sanction: Saudi government > Lebanese government"]),
        ("Rebel fighters of Al-Shabaab detained two men.", ["Arrest: Al-Shabaab > civilians"]),
    ],
)
def test_deeds_told_in_few_words(pipeline: Pipeline, text: str, deeds_told: list[str]) -> None:
    assert deeds(pipeline, text) == deeds_told
