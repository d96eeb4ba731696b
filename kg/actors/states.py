"""Makes the bodies of every state - armed forces, police, government, ministries - from the names of countries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property

from kg.lexicon import rows
from kg.model import Actor, ActorType, Place
from kg.names.index import Vocabulary
from kg.names.words import fold

__all__ = ["FORCES", "GOVERNMENT", "POLICE", "States"]

FORCES, GOVERNMENT, POLICE = "armed-forces", "government", "police"


class States:
    """The states of the lexicon and their bodies, each made when it is first asked for.

    >>> States(lambda code: None).body("SY", "police").label
    'Syrian police'
    """

    def __init__(self, country: Callable[[str], Place | None]) -> None:
        self.place = country
        self._states = {row["code"]: row for row in rows("countries")}
        self._branches = {row["branch"]: row for row in rows("force_branches")}
        self._special = {(row["country"], row["branch"]): row for row in rows("state_bodies")}
        self._made: dict[tuple[str, str], Actor] = {}

    def body(self, code: str, branch: str) -> Actor:
        """Return the body of a state, such as `body("SY", "armed-forces")`.

        Raises KeyError for an unknown country code or branch.
        """
        if (code, branch) not in self._made:
            self._made[code, branch] = self._make(code, branch)
        return self._made[code, branch]

    def key_parts(self, key: str) -> tuple[str, str] | None:
        """Return country code and branch of a key such as "sy-armed-forces", None where it is no such key."""
        code, branch = key[:2].upper(), key[3:]
        return (code, branch) if key[2:3] == "-" and code in self._states and branch in self._branches else None

    def since(self, key: str) -> int | None:
        """Return the year in which the body of a key came to be, None where it is as old as its state."""
        parts = self.key_parts(key)
        special = self._special.get(parts) if parts else None
        return int(special["since"]) if special and special["since"] else None

    def names(self) -> Iterator[tuple[str, str]]:
        """Yield the particular names of bodies, each with the key of its body."""
        for (code, branch), row in self._special.items():
            for name in (row["label"], *_split(row["names"])):
                if name:
                    yield name, f"{code.lower()}-{branch}"

    def patterns(self) -> Iterator[tuple[str, str]]:
        """Yield the patterns by which any state's bodies are named, each with its branch."""
        for branch, row in self._branches.items():
            for pattern in dict.fromkeys((row["label"], *_split(row["names"]), *_split(row["mentions"]))):
                if pattern != "{country}":
                    yield pattern, branch

    def bare_patterns(self) -> Iterator[tuple[str, str]]:
        """Yield how a body is named where the country goes without saying ("health ministry"), with its branch."""
        for pattern, branch in self.patterns():
            if pattern.startswith("{nation} "):
                yield pattern.removeprefix("{nation} "), branch

    @cached_property
    def vocabularies(self) -> dict[str, Vocabulary]:
        """What fills the slots of the patterns; the values are country codes."""
        return {
            "nation": Vocabulary(self._named("demonyms", "name", "names")),
            "country": Vocabulary(self._named("name", "names"), article=True),
            "seat": Vocabulary(self._named("seats")),
            "demonym": Vocabulary(self._named("demonyms")),
        }

    def _is_shared(self, state: dict[str, str]) -> bool:
        return len(self.vocabularies["demonym"].values(_nations(state)[0])) > 1

    def _named(self, *columns: str) -> Iterator[tuple[str, str]]:
        for code, row in self._states.items():
            for column in columns:
                for name in _split(row[column]):
                    yield name, code

    def _make(self, code: str, branch: str) -> Actor:
        state, form, special = self._states[code], self._branches[branch], self._special.get((code, branch))
        label = next(_fillings(form["label"], state))
        if self._is_shared(state):
            label = form["label"].format(nation=state["name"], country=state["name"])
        names = [*(_split(special["names"]) if special else ()), label]
        for pattern in _split(form["names"]):
            names += _fillings(pattern, state)
        if branch == GOVERNMENT:
            names += [*_split(state["names"]), *_split(state["seats"])]
        if special and special["label"]:
            label = special["label"]
        return Actor(
            key=f"{code.lower()}-{branch}",
            label=label,
            type=ActorType(form["type"]),
            names=_distinct(names, label),
            country=self.place(code),
            wikidata=(special["wikidata"] or None) if special else None,
            member_of=(replace(self.body(code, form["member_of"]), member_of=()),) if form["member_of"] else (),
        )


def _fillings(pattern: str, state: dict[str, str]) -> Iterator[str]:
    nations = _nations(state)
    country = state["name"] if pattern.startswith("{country}") else _with_article(state["name"])
    for nation in nations if "{nation}" in pattern else nations[:1]:
        yield pattern.format(nation=nation, country=country)


def _nations(state: dict[str, str]) -> tuple[str, ...]:
    """Return the adjective of a country, then the abbreviations that journalists use as one."""
    demonyms = _split(state["demonyms"])
    abbreviations = [name.replace(".", "") for name in demonyms if name.isupper()]
    return _distinct([*(demonyms[:1] or [state["name"]]), *abbreviations], "")


def _with_article(country: str) -> str:
    endings = {row["word"] for row in rows("country_articles")}
    return f"the {country}" if country.split()[-1] in endings else country


def _distinct(names: list[str], label: str) -> tuple[str, ...]:
    kept = {fold(name): name for name in reversed(names)}
    kept.pop(fold(label), None)
    return tuple(dict.fromkeys(name.removeprefix("the ") for name in reversed(kept.values())))


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)
