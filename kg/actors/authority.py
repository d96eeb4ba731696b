"""The actors that are known by name: groups, organisations and media of the lexicon, and the bodies of every state."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from importlib.resources import files

from kg.actors.rows import ActorRow, read_actor_rows
from kg.actors.states import FORCES, GOVERNMENT, POLICE, States
from kg.lexicon import rows
from kg.model import Actor, ActorType, Place
from kg.names.index import NameIndex
from kg.names.words import fold, name_key

__all__ = ["Authority"]

TOO_SHORT = 2
EVERYWHERE = frozenset({ActorType.INTERNATIONAL_ORGANIZATION, ActorType.MEDIA_OUTLET})


class Authority:
    """Known actors by key and by name.

    >>> authority = Authority.open(country=lambda code: None)
    >>> [(start, end, actors[0].label) for start, end, actors in authority.find(["Syrian", "warplanes", "hit", "IS"])]
    [(0, 2, 'Syrian Armed Forces'), (3, 4, 'Islamic State')]
    """

    def __init__(self, table: Iterable[ActorRow], states: States, *, added: Iterable[ActorRow] = ()) -> None:
        self._added = {row.key: row for row in added}
        self._rows = {row.key: row for row in table} | self._added
        self._states = states
        self._actors: dict[str, Actor] = {}
        self._common_words = frozenset(row["word"] for row in rows("abbreviation_words"))
        self._index = NameIndex(
            states.vocabularies,
            common_words=self._common_words,
            name_particles=frozenset(row["word"] for row in rows("name_particles")),
        )
        for pattern, branch in states.patterns():
            self._index.add(pattern, branch)
        for name, key in states.names():
            self._index.add(name, key)
        for row in self._rows.values():
            for name in (row.label, *row.names):
                self._index.add(name, row.key)
        self._bare = {name_key(name): branch for name, branch in states.bare_patterns()}

    @classmethod
    def open(cls, country: Callable[[str], Place | None], *, added: Iterable[ActorRow] = ()) -> Authority:
        """Return the authority of the lexicon with a user's `added` rows.

        Those replace rows of the same key, and a name of theirs means nobody else. `country` gives the Place of an
        ISO code. Raises TableError where an added row links to an unknown key.
        """
        table = read_actor_rows(files("kg.lexicon").joinpath("actors.tsv"))
        authority = cls(table, States(country), added=added)
        for row in authority._added.values():
            for column, keys in (("member_of", row.member_of), ("allied_with", row.allied_with)):
                for key in keys:
                    if key not in authority:
                        cure = "write the key of another row or of an actor of the lexicon"
                        raise row.line.error(column, f"no actor has the key {key!r}; {cure}")
        return authority

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and (key in self._rows or self._states.key_parts(key) is not None)

    def actor(self, key: str) -> Actor:
        """Return the actor of a key such as "hamas" or "sy-armed-forces"; raises KeyError for an unknown one."""
        if key not in self._actors:
            self._actors[key] = self._make(key)
        return self._actors[key]

    def find(self, tokens: Sequence[str]) -> tuple[tuple[int, int, tuple[Actor, ...]], ...]:
        """Return start and end token of each known name, leftmost and longest first, with the actors it may mean.

        Tokens are as spaCy makes them. Hyphens, accents and transliteration may differ from the known name; an
        abbreviation must be written in capitals, any other name must have a capital.
        """
        return tuple(
            (found.start, found.end, tuple(self.actor(key) for key in self._keys(found.values, found.filler)))
            for found in self._index.find(tokens)
        )

    def named(self, name: str) -> tuple[Actor, ...]:
        """Return the actors that a name as a whole may mean, whatever its case; none for an unknown one."""
        exact = self._keys(self._index.values(name), ())
        if exact:
            return tuple(self.actor(key) for key in exact)
        return next((actors for start, end, actors in self.find([name]) if start == 0 and end == 1), ())

    def choose(
        self, candidates: Sequence[Actor], countries: Collection[str], year: int | None, *, name: str = ""
    ) -> Actor | None:
        """Return the candidate that fits, None where nothing tells the candidates apart.

        `countries` are the codes of the context, the likeliest first where they are ordered. In turn: the years in
        which an actor exists, the country where it is at home, those where it is active, bodies that are named
        everywhere (international organisations and media), the one whose full name is a short name of the others
        (the Taliban rather than the Pakistani Taliban). An abbreviation that has other meanings, given as `name`,
        means nothing outside the countries of the actor: FC is a football club except in Pakistan.
        """
        left = tuple(dict.fromkeys(candidates))
        if len(left) > 1 and year is not None:
            left = tuple(actor for actor in left if self._exists(actor, year)) or left
        if len(left) == 1 and countries and self._is_ambiguous(name):
            return left[0] if self._may_act_in(left[0], countries) else None
        if len(left) < 2:
            return left[0] if left else None
        ordered = isinstance(countries, Sequence | Mapping)
        steps = [{code} for code in countries] if ordered else [set(countries)]
        for at_home in (True, False):
            for codes in steps:
                fitting = [actor for actor in left if codes & self._countries(actor, at_home=at_home)]
                if len(fitting) == 1:
                    return fitting[0]
        general = [actor for actor in left if actor.type in EVERYWHERE]
        if len(general) == 1:
            return general[0]
        return next((actor for actor in left if all(_shortens(actor, other) for other in left)), None)

    def acts_in(self, actor: Actor, countries: Collection[str], year: int | None) -> bool:
        """Return whether an actor exists in a year and is at home or active in one of the countries.

        Where nothing is known of the countries or of the actor's, it may act there.
        """
        places = self._countries(actor, at_home=True) | self._countries(actor, at_home=False)
        known = not countries or not places or not places.isdisjoint(countries)
        return known and (year is None or self._exists(actor, year))

    def forces(self, code: str) -> Actor:
        """Return the armed forces of a country; raises KeyError for an unknown code."""
        return self.branch(code, FORCES)

    def police(self, code: str) -> Actor:
        """Return the police of a country; raises KeyError for an unknown code."""
        return self.branch(code, POLICE)

    def government(self, code: str) -> Actor:
        """Return the government of a country; raises KeyError for an unknown code."""
        return self.branch(code, GOVERNMENT)

    def branch(self, code: str, branch: str) -> Actor:
        """Return a body of a state: `branch` is a row of force_branches.tsv such as "ministry-of-health"."""
        return self._states.body(code, branch)

    def branch_named(self, name: str) -> str | None:
        """Return the branch that a name without country means ("the health ministry"), None for any other name."""
        return self._bare.get(name_key(name.removeprefix("the ").removeprefix("The ")))

    def of_demonym(self, word: str) -> str | None:
        """Return the country code of an adjective or noun such as "Syrian", None for none or several countries."""
        return _sole(self.countries_of_demonym(word))

    def countries_of_demonym(self, word: str) -> tuple[str, ...]:
        """Return the codes of all countries with this adjective or noun: two for "Congolese"."""
        return self._states.vocabularies["demonym"].values(word)

    def of_seat(self, name: str) -> str | None:
        """Return the country code of a capital or other seat that stands for a government, None for none."""
        return _sole(self._states.vocabularies["seat"].values(name))

    def of_country(self, name: str) -> str | None:
        """Return the country code of a country's name, None for none or several countries."""
        return _sole(self._states.vocabularies["country"].values(name))

    def _keys(self, values: Sequence[str], filler: Sequence[str]) -> tuple[str, ...]:
        if filler:
            return tuple(f"{code.lower()}-{branch}" for branch in values for code in filler)
        return tuple(key for key in values if key in self._added) or tuple(values)

    def _make(self, key: str) -> Actor:
        row = self._rows.get(key)
        if row is None:
            return self._body(key)
        return replace(
            self._unlinked(key),
            member_of=tuple(self._unlinked(other) for other in row.member_of),
            allied_with=tuple(self._unlinked(other) for other in row.allied_with),
        )

    def _body(self, key: str) -> Actor:
        parts = self._states.key_parts(key)
        if parts is None:
            raise KeyError(key)
        return self._states.body(*parts)

    def _unlinked(self, key: str) -> Actor:
        row = self._rows.get(key)
        if row is None:
            return replace(self._body(key), member_of=())
        return Actor(
            key=row.key,
            label=row.label,
            type=row.type,
            names=_without_repeats(row),
            country=self._states.place(row.country) if row.country else None,
            wikidata=row.wikidata,
        )

    def _is_ambiguous(self, name: str) -> bool:
        return name.isupper() and (len(name) <= TOO_SHORT or fold(name) in self._common_words)

    def _may_act_in(self, actor: Actor, countries: Collection[str]) -> bool:
        home, abroad = self._countries(actor, at_home=True), self._countries(actor, at_home=False)
        return actor.type in EVERYWHERE or not home or not (home | abroad).isdisjoint(countries)

    def _exists(self, actor: Actor, year: int) -> bool:
        row = self._rows.get(actor.key)
        if row is None:
            return (self._states.since(actor.key) or year) <= year
        return (row.since or year) <= year <= (row.until or year)

    def _countries(self, actor: Actor, *, at_home: bool) -> frozenset[str]:
        row = self._rows.get(actor.key)
        if row is None:
            return frozenset({actor.key[:2].upper()}) if at_home else frozenset()
        return frozenset({row.country} if row.country else ()) if at_home else frozenset(row.active_in)


def _without_repeats(row: ActorRow) -> tuple[str, ...]:
    """Return the names that differ from the label and one another by more than case."""
    kept = {row.label.casefold(): row.label}
    for name in row.names:
        kept.setdefault(name.removeprefix("the ").casefold(), name.removeprefix("the "))
    return tuple(kept.values())[1:]


def _shortens(actor: Actor, other: Actor) -> bool:
    return actor is other or fold(actor.label) in map(fold, other.names)


def _sole(values: tuple[str, ...]) -> str | None:
    return values[0] if len(values) == 1 else None
