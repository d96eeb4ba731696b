"""Names that a report itself introduces: abbreviations in brackets, and organisations that no authority knows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.actors.descriptions import DescriptionKind, describe, is_described, name_type
from kg.language.noun_phrases import is_plural, words_of
from kg.language.texts import sentence_of
from kg.model import Actor, ActorType
from kg.names.index import slug

__all__ = ["Name", "abbreviations", "unknown_names", "unresolved"]

ABBREVIATION = re.compile(r"(?=(?:.*[A-Z]){2})[A-Z][A-Za-z0-9./-]{1,9}\Z")
CONNECTORS = frozenset(
    [
        "of",
        "and",
        "for",
        "the",
        "in",
        "de",
        "du",
        "des",
        "la",
        "le",
        "del",
        "al",
        "el",
        "e",
        "i",
        "&",
        "-",
        "'s",
        "\u2019s",
        "to",
        "wa",
    ]
)
INNER = frozenset(["of", "for", "de", "du", "des", "del", "&", "-", "and", "al", "el", "e", "i", "wa", "the", "in"])
LONGEST = 12
ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)|\d+/\d+")
NUMBER = re.compile(r"\d{1,3}")
INITIALS = re.compile(r"[A-Z]{2,5}")
GROUP_NOUNS = frozenset({DescriptionKind.GROUP, DescriptionKind.FORCE})


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text, tokens `start` to `end`, with the actor that it means."""

    start: int
    end: int
    actor: Actor


def unresolved(label: str, kind: ActorType, *names: str, member_of: tuple[Actor, ...] = ()) -> Actor:
    """Return an actor that no authority knows; a proper name keeps its capitals, a description has none."""
    others = tuple(dict.fromkeys(name for name in names if name and name != label))
    return Actor(key=slug(label), label=label, type=kind, names=others, member_of=member_of, unresolved=True)


def abbreviations(doc: Doc, named: Mapping[int, Name], barred: Collection[int] = ()) -> dict[str, Name]:
    """Return the abbreviations that the report defines, each with the name that it stands for.

    "the Rapid Support Forces (RSF)" and "the Lion Defence Forces, or LDF,"; `named` are the known names by the
    token behind them. A name that nobody knows becomes an actor if its initials agree. `barred` are tokens of places.
    """
    found: dict[str, Name] = {}
    for token in doc[: len(doc) - 2]:
        if not token.is_punct or token.text not in {"(", ","} or not token.i > 0:
            continue
        short = _abbreviation_behind(token)
        if short is None or short.text in found:
            continue
        before = named.get(token.i)
        if before is not None:
            known = (before.actor.label, *before.actor.names)
            if token.text == "(" or short.text in known or _initials_agree(short.text, known):
                found[short.text] = before
        elif (start := _beginning(doc, token.i, short.text)) is not None:
            label = _clean(doc[start : token.i].text)
            if not any(index in barred for index in range(start, token.i)) or token.text == "(":
                kind = name_type(label) or _type_by_noun(doc[token.i - 1]) or ActorType.CIVIL_ORGANIZATION
                found[short.text] = Name(start, token.i, unresolved(label, kind, short.text))
    return found


def _abbreviation_behind(mark: Token) -> Token | None:
    doc, position = mark.doc, mark.i + 1
    if mark.text == "," and doc[position].lower_ in {"or", "the", "called", "known"}:
        position += 1
        while position < len(doc) - 1 and doc[position].lower_ in {"as", "the"}:
            position += 1
    elif mark.text == "(" and doc[position].lower_ in {"the", "or"}:
        position += 1
    if position >= len(doc) - 1:
        return None
    closing = doc[position + 1].text in ({")", ",", ";"} if mark.text == "(" else {",", ".", ";"})
    token = doc[position]
    return token if closing and ABBREVIATION.match(token.text) else None


def _initials_agree(short: str, names: Collection[str]) -> bool:
    letters = [character for character in short.upper() if character.isalpha()]
    return any(_subsequence(letters, [word[0].upper() for word in re.findall(r"\w+", name)]) for name in names)


def _subsequence(letters: list[str], initials: list[str]) -> bool:
    position = 0
    for initial in initials:
        if position < len(letters) and letters[position] == initial:
            position += 1
    return position >= max(2, len(letters) - 1) or sorted(letters) == sorted(initials)


def _beginning(doc: Doc, end: int, short: str) -> int | None:
    """Return where the capitalised name before a bracket begins if its initials make the abbreviation."""
    letters = [character for character in short.upper() if character.isalpha()]
    first = widest = None
    for position in range(end - 1, max(sentence_of(doc[end - 1]).start, end - LONGEST) - 1, -1):
        token = doc[position]
        if token.text[:1].isupper():
            widest = position
            words = [word.text for word in doc[position:end] if word.text[:1].isupper()]
            if words[0][0].upper() == letters[0] and _subsequence(letters, [word[0].upper() for word in words]):
                first = position
        elif token.lower_ not in CONNECTORS:
            break
    if first is None and widest is not None and short.isupper() and len(letters) > 2:
        widest = _behind_description(doc, widest, end)
        first = widest if any(name_type(word.text) is not None for word in doc[widest:end]) else None
    return first if first is not None and end - first > 1 else None


def _behind_description(doc: Doc, start: int, end: int) -> int:
    """Return where the name begins in "Fighters of the Popular Front" or "Chief of Army Staff"."""
    while start + 2 < end and doc[start + 1].lower_ in {"of", "from", "for"} and _only_describes(doc[start]):
        start += 3 if doc[start + 2].lower_ == "the" else 2
    return start


def _only_describes(token: Token) -> bool:
    kinds = {reading.kind for reading in describe(token)}
    return DescriptionKind.PERSON in kinds or (bool(kinds - {DescriptionKind.ORGANISATION}) and is_plural(token))


def _type_by_noun(token: Token) -> ActorType | None:
    for reading in describe(token):
        if reading.kind is DescriptionKind.GROUP:
            return ActorType.ARMED_GROUP
        if reading.kind is DescriptionKind.FORCE:
            return ActorType.STATE_FORCES
    return None


def unknown_names(doc: Doc, taken: Collection[int], placed: Collection[int]) -> tuple[Name, ...]:
    """Return organisations by their names' last words ("Third Army") or by the noun behind ("Sparta battalion")."""
    found: list[Name] = []
    position = 0
    while position < len(doc):
        if (unit := _unit(doc, position, taken)) is not None:
            found.append(unit)
            position = unit.end
            continue
        end = _run(doc, position) if _starts(doc[position], taken) else position
        while end > position and (doc[end - 1].i in taken or not doc[end - 1].text[:1].isupper()):
            end -= 1
        if end > position:
            found.extend(_names_in(doc, position, end, taken, placed))
        position = max(end, position + 1)
    return tuple(found)


def _unit(doc: Doc, start: int, taken: Collection[int]) -> Name | None:
    """Return the numbered unit of an army that begins at a token: "the 10th Mountain Division", "42 Commando"."""
    ordinal = ORDINAL.fullmatch(doc[start].text) is not None
    if not ordinal and not NUMBER.fullmatch(doc[start].text):
        return None
    end = start + 1
    while end < len(doc) and doc[end].text[:1].isupper() and doc[end].i not in taken:
        end += 1
    last = doc[end - 1]
    known = name_type(last.text) in {ActorType.STATE_FORCES, ActorType.ARMED_GROUP}
    if end - start < 2 or end - start > LONGEST // 2:
        return None
    if not (known if ordinal else known and not (describe(last) and is_plural(last))):
        brief = (
            ordinal and end - start == 2 and INITIALS.fullmatch(last.text) and last.ent_type_ not in {"DATE", "TIME"}
        )
        if not brief:
            return None
    return Name(start, end, unresolved(_clean(doc[start:end].text), ActorType.STATE_FORCES))


def _starts(token: Token, taken: Collection[int]) -> bool:
    return (
        token.text[:1].isupper()
        and token.i not in taken
        and token.pos_ not in {"DET", "PRON", "ADP", "SCONJ", "CCONJ", "ADV", "AUX", "VERB"}
        and token.ent_type_ not in {"DATE", "TIME", "CARDINAL", "MONEY", "PERCENT"}
        and not (token.i and token.nbor(-1).tag_ == "CD" and token.nbor(-1).ent_type_ == "DATE")
    )


def _run(doc: Doc, start: int) -> int:
    end = start + 1
    for position in range(start + 1, min(len(doc), start + LONGEST)):
        token = doc[position]
        if token.text[:1].isupper() and token.is_alpha:
            end = position + 1
        elif token.lower_ not in INNER or (token.lower_ == "and" and not _both(doc, position)):
            break
    return end


def _both(doc: Doc, position: int) -> bool:
    """Return whether "and" joins words of one name: "National Security and Defence Council"."""
    head = doc[position + 2] if position + 2 < len(doc) and doc[position + 1].text[:1].isupper() else None
    return head is not None and head.text[:1].isupper() and name_type(head.text) is not None


def _names_in(doc: Doc, start: int, end: int, taken: Collection[int], placed: Collection[int]) -> Iterator[Name]:
    run = end
    if (called := _called(doc, start)) is not None and not any(index in placed for index in range(start, end)):
        yield Name(start, end, unresolved(_clean(doc[start:end].text), called))
        return
    start = _behind_description(doc, start, end)
    last = next(
        (p for p in range(end - 1, start - 1, -1) if name_type(doc[p].text) and doc[p].text[:1].isupper()), None
    )
    if last is not None and (kind := name_type(doc[start : last + 1].text)) is not None:
        stop = _continued(doc, last + 1, end)
        label = _clean(doc[start:stop].text)
        if (
            stop - start > 1
            and not (label.isupper() and stop - start > 3)
            and not is_described(label)
            and not all(index in placed for index in range(start, stop))
        ):
            yield Name(start, stop, unresolved(label, kind))
        return
    noun = doc[run] if run < len(doc) else None
    if noun is None or any(index in placed or index in taken for index in range(start, run)) or noun.text[:1].isupper():
        return
    if noun.pos_ != "NOUN" or is_described(doc[start:run].text) or doc[start].ent_type_ == "NORP":
        return
    for reading in describe(noun):
        kinds = {
            DescriptionKind.GROUP: ActorType.ARMED_GROUP,
            DescriptionKind.FORCE: ActorType.STATE_FORCES,
        }
        fits = (
            reading.kind in kinds
            and reading.second in {"definite", "member", "body"}
            and reading.noun in words_of("named-by")
        )
        if fits and doc[start].pos_ == "PROPN":
            label = _clean(doc[start:run].text)
            yield Name(start, run, unresolved(label, kinds[reading.kind], f"{label} {noun.lower_}"))
            return


def _called(doc: Doc, start: int) -> ActorType | None:
    """Return the type of an organisation from the noun right before its name: "the charity Invisible Children"."""
    first = start
    while first and (doc[first - 1].is_quote or doc[first - 1].lower_ in words_of("naming-link")):
        first -= 1
    introduced = first > 1 and doc[first - 1].lower_ in words_of("naming")
    before = doc[first - 2] if introduced else doc[start - 1] if start else None
    if before is None or not before.is_lower or before.pos_ != "NOUN" or doc[start].ent_type_ in {"GPE", "NORP"}:
        return None
    for reading in describe(before):
        if reading.kind is DescriptionKind.ORGANISATION and not reading.second:
            return ActorType(reading.first)
        if reading.kind is DescriptionKind.GROUP and (introduced or reading.second == "definite"):
            return ActorType.ARMED_GROUP
    return None


def _continued(doc: Doc, start: int, end: int) -> int:
    """Return where a name ends that goes on behind its type: "Movement for the Liberation of Azawad"."""
    position = start
    while position < end - 1 and doc[position].lower_ in {"of", "for"}:
        position += 2 if doc[position + 1].lower_ == "the" else 1
        while position < end and doc[position].text[:1].isupper():
            position += 1
    return position if position <= end and doc[position - 1].text[:1].isupper() else start


def _clean(text: str) -> str:
    return " ".join(text.split()).removeprefix("The ").removeprefix("the ")
