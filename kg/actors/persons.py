"""Finds the names of persons: by their titles and roles, by the model's entities, and later by surname alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span, Token

from kg import lexicon
from kg.actors.descriptions import DescriptionKind, describe, is_described, name_type, verb_senses
from kg.language.noun_phrases import appositions, span_head
from kg.language.texts import sentence_of

__all__ = ["PersonName", "person_names", "roles_of"]

LOCATIVE = frozenset({"in", "at", "near", "around", "outside", "inside", "within", "towards", "toward", "into"})
JOINERS = frozenset({"-", "'", "\u2019", "jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
LONGEST_NAME = 8
NICKNAME = re.compile(r"""["\u201c][^"\u201d]*["\u201d]""")
LONGEST_TITLE = 4
NOT_NAMES = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY", "LANGUAGE"})


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in the text, tokens `start` to `end`; `full` is the longest form that the report gives.

    `begin` is where titles and roles before the name begin; `pronoun` is "she" where a title says so, else "".
    """

    begin: int
    start: int
    end: int
    text: str
    full: str
    pronoun: str = ""


@cache
def _titles() -> dict[str, str]:
    return {row["title"].lower(): row["pronoun"] for row in lexicon.rows("titles")}


@cache
def _particles() -> frozenset[str]:
    return frozenset(row["particle"] for row in lexicon.rows("person_name_particles"))


def person_names(doc: Doc, taken: Collection[int], placed: Collection[int]) -> tuple[PersonName, ...]:
    """Return the names of persons in order; `taken` are tokens of known actors' names, `placed` those of places."""
    found: dict[int, PersonName] = {}
    for candidate in (
        *_behind_commas(doc, taken, placed),
        *_titled(doc, taken),
        *_entities(doc, taken, placed),
        *_set_beside_roles(doc, taken, placed),
    ):
        if not any(token in range(other.start, other.end) for other in found.values() for token in _range(candidate)):
            found[candidate.start] = candidate
    full = _full_names(found.values())
    named = [_completed(name, full) for name in found.values()]
    used = {token for name in named for token in _range(name)}
    named.extend(_again(doc, full, used | set(taken), placed))
    return tuple(sorted(named, key=lambda name: name.start))


def roles_of(doc: Doc, name: PersonName) -> tuple[Token, ...]:
    """Return the nouns that say what a person is: "spokesman" of "Ali, a spokesman for the group"."""
    found = [token for token in reversed(doc[max(0, name.begin - 1) : name.start]) if _is_role(token)]
    found.extend(beside for beside in appositions(span_head(doc[name.start : name.end])) if _is_role(beside))
    if name.begin and doc[name.begin - 1].text == "," and (before := _role_before(doc[name.begin - 1])) is not None:
        found.append(before)
    following = doc[name.end : name.end + 9]
    if (
        len(following) > 1
        and following[0].text == ","
        and sentence_of(following[1]).start == sentence_of(doc[name.start]).start
    ):
        for token in following[1:]:
            if token.pos_ in {"VERB", "AUX"} or token.text in {",", ".", ";"} or token.dep_ == "prep":
                break
            if _is_role(token) and token.dep_ != "compound":
                found.append(token)
                break
    return tuple(dict.fromkeys(found))


def _is_role(token: Token) -> bool:
    return any(reading.kind is DescriptionKind.PERSON for reading in describe(token))


def _range(name: PersonName) -> range:
    return range(name.start, name.end)


def _titled(doc: Doc, taken: Collection[int]) -> Iterator[PersonName]:
    position = 0
    while position < len(doc):
        end, pronoun = _title_end(doc, position)
        if end is None:
            position += 1
            continue
        begin = position
        while (further := _title_end(doc, end))[0] is not None:
            end, pronoun = further[0] or end, further[1] or pronoun
        stop = _run(doc, end)
        fits = stop > end and end not in taken and name_type(doc[end:stop].text) is None and not _dated(doc[end])
        if fits and not _stands_for_place(doc[begin:stop]) and not is_described(doc[begin:stop].text):
            yield _name(doc, begin, end, stop, pronoun)
        position = max(stop, end)


@cache
def _title_beginnings() -> frozenset[str]:
    return frozenset(title.split(" ", 1)[0].rstrip(".").split("-")[0] for title in _titles())


def _title_end(doc: Doc, start: int) -> tuple[int | None, str]:
    if start >= len(doc):
        return None, ""
    token = doc[start]
    opens = (
        not token.is_lower
        and token.text[:1].isupper()
        and token.lower_.rstrip(".").split("-")[0] in _title_beginnings()
    )
    for length in range(LONGEST_TITLE if opens else 0, 0, -1):
        wording = doc[start : start + length].text
        if wording[:1].isupper() and wording.lower() in _titles():
            end = start + length
            abbreviated = end < len(doc) and doc[end].text == "." and f"{wording.lower()}." in _titles()
            return end + abbreviated, _titles()[wording.lower()]
    if token.is_lower and token.pos_ in {"NOUN", "PROPN", "ADJ"} and _is_role(token):
        return start + 1, ""
    return None, ""


def _run(doc: Doc, start: int) -> int:
    """Return the end of the capitalised words that begin at `start`, particles and hyphens within them included."""
    end = position = start
    while position < min(len(doc), start + LONGEST_NAME):
        token = doc[position]
        if token.is_quote and position > start and (closing := _nickname(doc, position)) is not None:
            position = closing
        elif _capitalised(token):
            end = position + 1
        elif token.lower_ not in _particles() and (position == start or token.lower_ not in JOINERS):
            break
        position += 1
    return end


def _nickname(doc: Doc, opening: int) -> int | None:
    """Return where the quotes around a nickname within a name close: Joaquin "El Chapo" Guzman."""
    for closing in range(opening + 2, min(opening + 5, len(doc) - 1)):
        if doc[closing].is_quote:
            return closing if _capitalised(doc[opening + 1]) and _capitalised(doc[closing + 1]) else None
    return None


def _capitalised(token: Token) -> bool:
    return token.text[:1].isupper() and token.pos_ not in {"DET", "PRON", "ADP", "AUX", "SCONJ"} and not token.is_punct


def _dated(token: Token) -> bool:
    return token.ent_type_ in NOT_NAMES and token.ent_type_ != "ORDINAL"


def _name(doc: Doc, begin: int, start: int, end: int, pronoun: str = "") -> PersonName:
    while end - start > 1 and doc[end - 1].text in {"'s", "\u2019s", "-", "'"}:
        end -= 1
    text = " ".join(NICKNAME.sub(" ", doc[start:end].text).split())
    return PersonName(begin, start, end, text, text, pronoun)


def _entities(doc: Doc, taken: Collection[int], placed: Collection[int]) -> Iterator[PersonName]:
    for entity in doc.ents:
        if entity.label_ != "PERSON":
            continue
        start, end = entity.start, entity.end
        while start < end and not (_capitalised(doc[start]) or doc[start].lower_ in _particles()):
            start += 1
        while end > start and not _capitalised(doc[end - 1]):
            end -= 1
        end = max(end, min(_run(doc, start), end + 4)) if end > start else end
        tokens = range(start, end)
        if not tokens or any(token in taken or token in placed for token in tokens):
            continue
        described = end - start == 1 and (bool(describe(doc[start])) or _is_label(doc[start]) or _is_taken(doc[start]))
        if not described and name_type(doc[start:end].text) is None and not _stands_for_place(doc[start:end]):
            yield _name(doc, start, start, end)


def _is_label(token: Token) -> bool:
    """Return whether a word announces a speaker or section: "CORRESPONDENT:"."""
    return token.is_upper and token.i + 1 < len(token.doc) and token.doc[token.i + 1].text == ":"


def _is_taken(token: Token) -> bool:
    """Return whether a bare name is what forces take or leave, most likely a place: "seized Huambo"."""
    return token.dep_ == "dobj" and "taking" in verb_senses(token.head)


def _stands_for_place(span: Span) -> bool:
    """Return whether a name stands where only a place or thing does: "in Lobito", "Operation Lion"."""
    before = span.doc[span.start - 1] if span.start else None
    if before is None or sentence_of(before).start != sentence_of(span).start:
        return False
    return before.lower_ in LOCATIVE or before.lower_ in {
        "operation",
        "exercise",
        "hurricane",
        "typhoon",
        "cyclone",
        "storm",
    }


def _set_beside_roles(doc: Doc, taken: Collection[int], placed: Collection[int]) -> Iterator[PersonName]:
    position = 0
    while position < len(doc):
        end = _run(doc, position) if doc[position].pos_ == "PROPN" else position
        if end > position and not any(token in taken or token in placed for token in range(position, end)):
            head = span_head(doc[position:end])
            speaks = head.dep_ == "nsubj" and "speech" in verb_senses(head.head) and end - position > 1
            beside = any(_is_role(token) for token in appositions(head))
            organised = not beside and head.ent_type_ in {"ORG", "GPE", "NORP"}
            organised = organised or name_type(doc[position:end].text) is not None or head.ent_type_ in NOT_NAMES
            if (beside or speaks) and not organised and not any(describe(token) for token in doc[position:end]):
                yield _name(doc, position, position, end)
        position = max(end, position + 1)


def _behind_commas(doc: Doc, taken: Collection[int], placed: Collection[int]) -> Iterator[PersonName]:
    """Yield names between commas behind a role: "the leader of UNITA, Jonas Silva, said"."""
    for comma in doc[:-2]:
        if not comma.is_punct or comma.text != ",":
            continue
        begin = start = comma.i + 1
        while (title := _title_end(doc, start))[0] is not None:
            start = title[0] or start
        end = _run(doc, start)
        closed = end < len(doc) and doc[end].text in {",", ".", ";"}
        if not closed or end - start < 2 or any(token in taken or token in placed for token in range(start, end)):
            continue
        if name_type(doc[start:end].text) is None and not _dated(doc[start]) and _role_before(comma) is not None:
            yield _name(doc, begin, start, end)


def _role_before(comma: Token) -> Token | None:
    for token in reversed(comma.doc[max(sentence_of(comma).start, comma.i - 6) : comma.i]):
        if token.pos_ in {"VERB", "AUX", "PUNCT", "CCONJ"} and token.text != "-":
            return None
        if token.is_lower and _is_role(token):
            return token
    return None


def _full_names(names: Collection[PersonName]) -> dict[tuple[str, ...], str]:
    """Return the names that the report gives in full, by their words."""
    return {_words(name.text): name.text for name in sorted(names, key=lambda name: -len(_words(name.text)))}


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.replace("-", " ").replace("\u2019", "'").lower().split())


def _completed(name: PersonName, full: dict[tuple[str, ...], str]) -> PersonName:
    own = _words(name.text)
    for whole, text in full.items():
        known = whole[:-1] if whole[-1] in JOINERS else whole
        if len(known) > len(own) and (known[-len(own) :] == own or (len(own) > 1 and _within(own, known))):
            return PersonName(name.begin, name.start, name.end, name.text, text, name.pronoun)
    return name


def _within(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    return (part[0] == whole[0] and part[-1] == whole[-1]) or any(
        whole[i : i + len(part)] == part for i in range(len(whole) - len(part) + 1)
    )


def _again(
    doc: Doc, full: dict[tuple[str, ...], str], used: Collection[int], placed: Collection[int]
) -> Iterator[PersonName]:
    """Yield the further mentions of persons by the last part of their names."""
    endings: dict[tuple[str, ...], str] = {}
    for known, text in full.items():
        bare = known[:-1] if known[-1] in JOINERS else known
        for first in range(len(bare)):
            if bare[first] not in _particles():
                endings.setdefault(bare[first:], text)
    position = 0
    while position < len(doc):
        end = _run(doc, position) if position not in used else position
        while end > position and not (_words(doc[position:end].text) in endings and _capitalised(doc[end - 1])):
            end -= 1
        if end > position and not any(token in used or token in placed for token in range(position, end)):
            text = doc[position:end].text
            yield PersonName(position, position, end, text, endings[_words(text)])
        position = max(end, position + 1)
