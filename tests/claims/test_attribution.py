"""Who says it, and how sure it is: minimal pairs."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg.claims.attribution import Attribution, Attributor
from kg.claims.quotations import Quotations
from tests.linked import linked, word

STANCES = [
    ("The army captured the town.", "captured", "Affirmed"),
    ("The army did not capture the town.", "capture", "Denied"),
    ("The army never captured the town.", "captured", "Denied"),
    ("The militia committed atrocities in the town.", "atrocities", "Affirmed"),
    ("Families want to flee to escape the fighting.", "fighting", "Affirmed"),
    ("The army failed to capture the town.", "capture", "Denied"),
    ("No soldiers were sent to the town.", "sent", "Denied"),
    ("The army denied that it had shelled the town.", "shelled", "Denied"),
    ("The army denied shelling the town.", "shelling", "Denied"),
    ("The army denied on Monday having shelled the town.", "shelled", "Denied"),
    ("The army rejected as baseless claims that it had shelled the town.", "shelled", "Denied"),
    ("It is untrue that the army shelled the town.", "shelled", "Denied"),
    ("There is no truth in reports that the army shelled the town.", "shelled", "Denied"),
    ("Not one village was shelled.", "shelled", "Denied"),
    ("Not a single village was shelled.", "shelled", "Denied"),
    ("No clashes have occurred in the town.", "clashes", "Denied"),
    ("The president ruled out talks with the rebels.", "talks", "Denied"),
    ("Officials do not rule out that the army shelled the town.", "shelled", "Uncertain"),
    ("The rebels withdrew without shelling the town.", "shelling", "Denied"),
    ("The army may have captured the town.", "captured", "Uncertain"),
    ("The army reportedly captured the town.", "captured", "Uncertain"),
    ("The rebels are believed to have captured the town.", "captured", "Uncertain"),
    ("The rebels are suspected of having shelled the town.", "shelled", "Uncertain"),
    ("Aid workers fear that the rebels shelled the town.", "shelled", "Uncertain"),
    ("If the rebels shell the town, the army flees.", "shell", "Uncertain"),
    ("The army will capture the town.", "capture", "Planned"),
    ("The army is to capture the town.", "capture", "Planned"),
    ("The army vowed to capture the town.", "capture", "Planned"),
    ("The president ordered the army to capture the town.", "capture", "Planned"),
    ("The general threatened to shell the town.", "shell", "Planned"),
    ("The group called for the withdrawal of the army.", "withdrawal", "Planned"),
    ("The army began to shell the town.", "shell", "Affirmed"),
    ("The group accused the army of shelling the town.", "shelling", "Affirmed"),
    ("The army said it had captured the town.", "captured", "Affirmed"),
    ("The army said it would capture the town.", "capture", "Planned"),
    # What is hearsay is hearsay in what came before and where it was, too.
    ("Nine villagers reportedly fled after a gunship shelled the town.", "shelled", "Uncertain"),
    ("Nine villagers are feared dead after a gunship shelled the town.", "shelled", "Uncertain"),
    ("Men were reportedly led to a field where the army shelled them.", "shelled", "Uncertain"),
    ("A raid on the town is said to have killed nine people.", "raid", "Uncertain"),
    ("There were several reports of rape in the town.", "rape", "Uncertain"),
    ("The group received reports, as yet unconfirmed, that women were raped.", "raped", "Uncertain"),
    ("The rebels said they had captured the town, a claim that could not be verified.", "captured", "Uncertain"),
    ("The rebels said they had captured the town. This could not be confirmed.", "captured", "Uncertain"),
    ("The rebels said they had captured the town. They held a parade.", "captured", "Affirmed"),
    ("It was not clear whether the rebels had captured the town.", "captured", "Uncertain"),
    ("The ministry could not confirm that the rebels had captured the town.", "captured", "Uncertain"),
    ("The ministry neither confirmed nor denied that it had shelled the town.", "shelled", "Uncertain"),
    ("No deaths were reported when a bomb hit the town.", "bomb", "Affirmed"),
    ("At talks in the capital the two agreed on a truce.", "talks", "Affirmed"),
    ("The rebels are believed to be behind the attack on the town.", "attack", "Uncertain"),
    ("Reports that soldiers shelled the town are baseless.", "shelled", "Denied"),
    ("The group has evidence that soldiers shelled the town.", "shelled", "Affirmed"),
    ("The massacre was not the work of the rebels.", "massacre", "Denied"),
    ("No group has claimed the attack on the town.", "attack", "Affirmed"),
    ("The town will be struck with missiles.", "missiles", "Planned"),
    ("Rwanda denies that it has any soldiers deployed in Congo.", "deployed", "Denied"),
    ("The ministry denied that it had shelled the town and accused the rebels of burning it.", "burning", "Affirmed"),
]


@pytest.mark.parametrize(("sentence", "trigger", "stance"), STANCES, ids=[case[0] for case in STANCES])
def test_stance(nlp: Language, sentence: str, trigger: str, stance: str) -> None:
    assert _read(nlp, sentence, trigger).stance == stance


SOURCES = [
    ("The Front captured the town.", "captured", ""),
    ("The Ministry said the Front captured the town.", "captured", "Ministry"),
    ("The Front captured the town, the Ministry said.", "captured", "Ministry"),
    ("The Front captured the town, according to the Ministry.", "captured", "Ministry"),
    ("According to the Ministry, the Front captured the town.", "captured", "Ministry"),
    ("The Ministry accused the Front of shelling the town.", "shelling", "Ministry"),
    ("The Front denied shelling the town.", "shelling", "Front"),
    ("The Front vowed to capture the town.", "capture", "Front"),
    ("Two men died in a raid that the Ministry blamed on the Front.", "raid", "Ministry"),
    # To claim responsibility is to be named as the doer, not to be cited.
    ("The Front claimed responsibility for the raid on the town.", "raid", ""),
    ("The Front denied responsibility for the raid on the town.", "raid", "Front"),
    ("The Front will capture the town.", "capture", ""),
    ('"They have captured the whole town," the Ministry said.', "captured", "Ministry"),
    ('"We know that they captured the town. They shelled the old market," the Ministry said.', "captured", "Ministry"),
    ("In May, the Ministry recalled, rebels had captured the town.", "captured", "Ministry"),
    ("Rebels captured the town and, by the Front's own account, burned it.", "burned", "Front"),
    ("Rebels captured the town and, by the Front's own account, burned it.", "captured", ""),
    ("Over 300 people fled the town, the Ministry estimates.", "fled", "Ministry"),
    ("Over 300 people have fled since the coup, by the Ministry's count.", "fled", "Ministry"),
    ("A Ministry report states that rebels captured the town.", "captured", "Ministry"),
    ("The Ministry published a report. Rebels captured the town, according to the report.", "captured", ""),
    ("The Ministry gave the order to shell the town.", "shell", "Ministry"),
    ("The Ministry denied the losses and accused rebels of shelling the town.", "shelling", "Ministry"),
    ("The Ministry denied that the town had fallen and said rebels had shelled it.", "shelled", "Ministry"),
    # A clause behind a comma is the reporter's own, and so is what the Ministry is not said to have said.
    ("The rebels, who captured the town in May, are weak, the Ministry said.", "captured", ""),
    ("The talks have ended, the Ministry said, a day after rebels captured the town.", "captured", ""),
    ("The Ministry rejected the Front's claims that soldiers had shelled the town.", "shelled", "Ministry"),
    ("We call on the Front to leave the town.", "leave", ""),
    ("Ministry: rebels captured the town", "captured", "Ministry"),
    ("Rebels captured the town: Ministry", "captured", "Ministry"),
    ("A statement of the Ministry on the shelling is due.", "shelling", ""),
]


@pytest.mark.parametrize(("sentence", "trigger", "source"), SOURCES, ids=[case[0] for case in SOURCES])
def test_source(nlp: Language, sentence: str, trigger: str, source: str) -> None:
    attribution = _read(nlp, sentence, trigger)
    assert [actor.label for actor in attribution.sources] == ([source] if source else [])


def test_nested_sources_are_both_kept(nlp: Language) -> None:
    attribution = _read(nlp, "The Ministry said the Front claimed that it had captured the town.", "captured")
    assert [actor.label for actor in attribution.sources] == ["Front", "Ministry"]


SPEAKING_ON = [
    ("The Ministry said the army fled. It added that the Front had captured the town.", "captured", "Ministry"),
    ("The Ministry denied that the army fled; rebels had captured the town, it said.", "captured", "Ministry"),
]


@pytest.mark.parametrize(("text", "trigger", "source"), SPEAKING_ON, ids=[case[0] for case in SPEAKING_ON])
def test_who_spoke_last_speaks_on(nlp: Language, text: str, trigger: str, source: str) -> None:
    assert [actor.label for actor in _read(nlp, text, trigger).sources] == [source]


def _read(nlp: Language, sentence: str, trigger: str) -> Attribution:
    doc = nlp(sentence)
    names = ", ".join(name for name in ("Front", "Ministry") if name in sentence)
    fillers = linked(doc, actors=names)
    return Attributor(fillers, Quotations(doc, fillers)).read(word(doc, trigger))
