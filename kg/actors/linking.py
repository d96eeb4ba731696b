"""Links every phrase that means an actor - a name, a person, a description, a pronoun - to that actor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

from spacy.tokens import Doc, Span, Token

from kg.actors.authority import Authority
from kg.actors.description_links import DescriptionLinker
from kg.actors.descriptions import is_form_of, state_nouns, verb_senses
from kg.actors.discourse import Discourse
from kg.actors.name_links import linked_names
from kg.actors.persons import PersonName, person_names, roles_of
from kg.actors.pronouns import ARMED, pronoun_kind
from kg.actors.report_names import Name, unresolved
from kg.actors.state_context import StateContext, acts
from kg.language.noun_phrases import complement, is_plural, phrase, span_head, words_of
from kg.language.texts import sentence_of
from kg.model import Actor, ActorType, Mention, MentionKind, Place, PlaceType

__all__ = ["ActorLinker"]

# Points, prepositions, conjunctions, auxiliaries, particles and adverbs mean nobody.
SILENT = ("ADP", "ADV", "AUX", "CCONJ", "PART", "PUNCT", "SCONJ", "SPACE", "SYM")
RELATIVE_TAGS = frozenset({"WP", "WDT", "WP$"})
FORCE_NOUNS = frozenset({"forces", "force", "troop", "army", "soldier", "government", "military", "police"})


class _Words:
    """Remembers which words of the reports so far are demonyms and seats of government: most are neither."""

    def __init__(self, authority: Authority) -> None:
        self.demonym: Callable[[str], str | None] = lru_cache(maxsize=50_000)(authority.of_demonym)
        self.seat: Callable[[str], str | None] = lru_cache(maxsize=50_000)(authority.of_seat)


class ActorLinker:
    """Finds and links the actors of a Doc with the names that an authority knows."""

    def __init__(self, authority: Authority) -> None:
        self._authority = authority
        self._lexicon = _Words(authority)

    def names(self, doc: Doc) -> tuple[Mention, ...]:
        """Return the mentions of known names; the value of an ambiguous one is None until the places are known."""
        codes = [code for _, code, _ in _demonyms(doc, self._lexicon)]
        return tuple(
            _mention(doc, sentence.start + start, sentence.start + end, self._authority.choose(candidates, codes, None))
            for sentence in doc.sents
            for start, end, candidates in self._authority.find([token.text for token in sentence])
        )

    def link(
        self, doc: Doc, issued: date | None, named: tuple[Mention, ...], places: tuple[Mention, ...]
    ) -> tuple[Mention, ...]:
        """Return all mentions of actors in the order of the text, nested ones included.

        `named` is what `names` gave for this Doc, `places` its place mentions. A phrase that means two actors ("both
        sides", "French and Malian troops") has one mention for each.
        """
        return _Reading(self._authority, self._lexicon, doc, issued, named, places).mentions()


class _Reading:
    """One Doc while its actors are being linked, from left to right."""

    def __init__(
        self,
        authority: Authority,
        words: _Words,
        doc: Doc,
        issued: date | None,
        named: tuple[Mention, ...],
        places: tuple[Mention, ...],
    ) -> None:
        self.authority = authority
        self.demonym = words.demonym
        self.seat = words.seat
        self.doc = doc
        self.places = {token.i: m.value for m in places if isinstance(m.value, Place) for token in _tokens(doc, m)}
        homes = _home_weights(doc, words, named, self.places)
        self.context = StateContext((*_weights(doc, words, self.places), *homes))
        self.scene = StateContext(_place_weights(self.places))
        self.year = issued.year if issued else None
        placed = {token.i for mention in places for token in _tokens(doc, mention)}
        self.names = linked_names(doc, named, placed, self._chosen)
        self.name_at = {index: name for name in self.names for index in range(name.start, name.end)}
        self.persons = person_names(doc, self.name_at, self.places)
        self.person_at = {index: name for name in self.persons for index in range(name.start, name.end)}
        self.discourse = Discourse(doc)
        self.bodies: dict[str, tuple[Actor, ...]] = {}
        self.speakers: set[str] = set()
        self.wordings: dict[str, dict[str, None]] = {}
        self._resolved: dict[int, tuple[Actor, ...]] = {}
        self._found: dict[tuple[int, int, str], Actor] = {}
        self._descriptions = DescriptionLinker(self)

    def mentions(self) -> tuple[Mention, ...]:
        """Return the mentions; actors that no authority knows bear all the names that the report uses for them."""
        for index in self._telling():
            self._read(self.doc[index])
        actors = {actor.key: self._completed(actor) for actor in self._found.values()}
        found = [_mention(self.doc, start, end, actors[key]) for start, end, key in self._found]
        return tuple(sorted(found, key=lambda m: (m.start, -m.end, m.value.key if isinstance(m.value, Actor) else "")))

    def _telling(self) -> Iterator[int]:
        """Yield the numbers of the words that may mean somebody: a third of a text is points and prepositions."""
        silent = {self.doc.vocab.strings[name] for name in SILENT}
        # A column of numbers, since asking each token costs more than all the rest.
        for index, part in enumerate(self.doc.to_array("POS").tolist()):
            if part not in silent or index in self.person_at or index in self.name_at or index in self.places:
                yield index

    def resolve(self, token: Token) -> tuple[Actor, ...]:
        """Return the actors that the phrase with this head means; nothing where it means none or nobody knows."""
        if token.i not in self._resolved:
            self._resolved[token.i] = ()
            self._resolved[token.i] = tuple(dict.fromkeys(self._resolve(token)))
        return self._resolved[token.i]

    def nation(self, token: Token) -> str | None:
        """Return the country code of a demonym, a country's name or a seat of government."""
        place = self.places.get(token.i)
        if place is not None and place.type is PlaceType.COUNTRY:
            return place.country_code
        code = self.demonym(token.text) if token.text[:1].isupper() else None
        if code is None and token.text[:1].isupper():
            code = self.seat(place.label if place is not None else token.text)
        return code

    def word(self, actor: Actor, *names: str) -> Actor:
        """Remember further names that the report uses for an actor that no authority knows."""
        self.wordings.setdefault(actor.key, {}).update(dict.fromkeys(names))
        return actor

    def _resolve(self, token: Token) -> tuple[Actor, ...]:
        person = self.person_at.get(token.i)
        if person is not None:
            return (self._person(person),)
        name = self.name_at.get(token.i)
        if name is not None:
            return self._named_behind(name) or (name.actor,)
        if pronoun_kind(token) is not None:
            return self.discourse.pronoun(token)
        if token.tag_ in RELATIVE_TAGS:
            return self._relative(token)
        if token.i in self.places:
            return self._metonym(token)
        seat = self.seat(token.text) if token.pos_ == "PROPN" else None
        if seat is not None and token.i not in self.places and acts(token, seat=True):
            return (self.authority.government(seat),)
        return self._descriptions.actors(token)

    def _named_behind(self, name: Name) -> tuple[Actor, ...]:
        """Return the group that a general name is narrowed to: "the Tuareg rebels of the National Movement"."""
        last = self.doc[name.end - 1]
        if (particular := self._particular(name)) is not None:
            return (particular,)
        if name.actor.type not in ARMED or not last.is_lower:
            return ()
        behind = complement(last, frozenset({"of", "from"}))
        other = self.name_at.get(behind.i) if behind is not None else None
        return (other.actor,) if other is not None and other.actor.type is ActorType.ARMED_GROUP else ()

    def _particular(self, name: Name) -> Actor | None:
        """Return the one group of a country that the report named before "the Somali militants", None for several."""
        country = name.actor.country
        definite = name.start > 0 and self.doc[name.start - 1].lower_ == "the"
        if country is None or not definite or name.actor.key != f"{country.country_code}-rebels".lower():
            return None
        groups = [n.actor for n in self.names if n.end <= name.start and n.actor.type is ActorType.ARMED_GROUP]
        own = {a.key: a for a in groups if a.country == country and a.key != name.actor.key}
        return next(iter(own.values())) if len(own) == 1 else None

    def _read(self, token: Token) -> None:
        person, name = self.person_at.get(token.i), self.name_at.get(token.i)
        if person is not None:
            if token.i == person.end - 1:
                actors = self.resolve(token)
                self._keep(
                    person.start, person.end, span_head(self.doc[person.start : person.end]), actors, person.pronoun
                )
            return
        if name is not None:
            if token.i == name.end - 1:
                head = span_head(self.doc[name.start : name.end])
                self._keep(name.start, name.end, head, (*self._coordinated(name), *self.resolve(token)))
            return
        actors = self.resolve(token)
        if not actors:
            return
        if token.i in self.places:
            start = token.i
            while self.places.get(start - 1) is self.places[token.i]:
                start -= 1
            self._keep(start, token.i + 1, token, actors)
        elif pronoun_kind(token) is not None or token.tag_ in RELATIVE_TAGS:
            self._keep(token.i, token.i + 1, token, actors)
        else:
            self._keep(phrase(token).start, token.i + 1, token, actors)

    def _coordinated(self, name: Name) -> tuple[Actor, ...]:
        """Return the like body of the state before "and": the French of "French and Malian troops"."""
        if name.start < 2 or self.doc[name.start - 1].lower_ not in {"and", "or"}:
            return ()
        first = self.doc[name.start - 2]
        code = self.demonym(first.text) if first.i not in self.name_at else None
        country = name.actor.country
        own = country.country_code if country is not None else None
        if code is None or first.dep_ not in {"amod", "compound", "nmod", "nsubj"}:
            return ()
        if own is not None and name.actor.key.startswith(f"{own.lower()}-"):
            return (self.authority.branch(code, name.actor.key.removeprefix(f"{own.lower()}-")),)
        troops = is_form_of(self.doc[name.end - 1], FORCE_NOUNS)
        return (self.authority.forces(code),) if troops else ()

    def _keep(self, start: int, end: int, head: Token, actors: Iterable[Actor], pronoun: str = "") -> None:
        for actor in actors:
            self._found.setdefault((start, end, actor.key), actor)
            if head.tag_ not in RELATIVE_TAGS:
                plural = is_plural(head) and (head.i not in self.name_at or head.is_lower)
                self.discourse.add(actor, head, plural=plural, pronoun=pronoun)

    def _completed(self, actor: Actor) -> Actor:
        if not actor.unresolved:
            return actor
        names = tuple(dict.fromkeys(n for n in (*actor.names, *self.wordings.get(actor.key, ())) if n != actor.label))
        return replace(self._placed(actor), names=names)

    def _person(self, name: PersonName) -> Actor:
        actor = unresolved(name.full, ActorType.PERSON)
        if name.text != name.full:
            self.word(actor, name.text)
        if name.begin < name.start and " " not in name.full and self.doc[name.begin].text[:1].isupper():
            self.word(actor, self.doc[name.begin : name.end].text)
        roles = roles_of(self.doc, name)
        for role in (*roles, *([self.doc[name.start - 1]] if name.begin < name.start else [])):
            self._descriptions.remember(role, actor)
        if actor.key not in self.bodies:
            self._employ(actor, name, roles)
        return self._placed(actor)

    def _placed(self, actor: Actor) -> Actor:
        """Return an actor with the bodies that it belongs to and those that it speaks for, as told so far."""
        bodies = tuple(replace(body, member_of=(), allied_with=()) for body in self.bodies.get(actor.key, ()))
        own = tuple(body for body in bodies if body.key != actor.key)
        return replace(actor, member_of=own or actor.member_of, speaks_for=own if actor.key in self.speakers else ())

    def _employ(self, actor: Actor, name: PersonName, roles: tuple[Token, ...]) -> None:
        """Note the bodies that a person leads or belongs to, and those for which the person speaks."""
        for role in roles:
            bodies, speaks = self._descriptions.body_behind(role)
            if not bodies and role.lower_ in words_of("head-of-state"):
                code = self.context.at(role.i)
                bodies = (self.authority.government(code),) if code is not None else ()
            if bodies:
                self.bodies[actor.key] = bodies
                if speaks:
                    self.speakers.add(actor.key)
                return
        if not roles:
            employers = self._descriptions.employers(span_head(self.doc[name.start : name.end]))
            if employers:
                self.bodies[actor.key] = employers
                self.speakers.add(actor.key)

    def _chosen(self, span: Span) -> Actor | None:
        """Return what an ambiguous name means in the countries and the year of the report."""
        for _, _, candidates in self.authority.find([token.text for token in span]):
            chosen = self.authority.choose(candidates, self.context.countries, self.year)
            return self.of_people(span[0].text, chosen)
        return None

    def of_people(self, demonym: str, forces: Actor | None) -> Actor | None:
        """Return whose forces a people's are here: "Serb gunners" in Bosnia are the Bosnian Serbs'."""
        if forces is None or forces.type not in ARMED or self.demonym(demonym) is None:
            return forces
        rivals = self.authority.named(f"{demonym.removesuffix('s')} forces")
        if forces not in rivals and not forces.key.endswith("-armed-forces"):
            return forces
        scenes = (*self.scene.countries, *self.context.countries)
        return (self.authority.choose(rivals, scenes, self.year) if len(rivals) > 1 else None) or forces

    def _relative(self, token: Token) -> tuple[Actor, ...]:
        node = token
        while node.dep_ != "relcl" and node.head.i != node.i:
            node = node.head
        if node.dep_ != "relcl" or node.head.i > token.i:
            return ()
        return self.resolve(node.head) or self._acting_country(node.head, token)

    def _acting_country(self, noun: Token, relative: Token) -> tuple[Actor, ...]:
        """Return the government of "Israel, which captured the plateau"; nothing for "Israel, which borders Egypt"."""
        place, verb = self.places.get(noun.i), relative.head
        if place is None or place.type is not PlaceType.COUNTRY or place.country_code is None:
            return ()
        deed = relative.dep_ == "nsubj" and verb.pos_ == "VERB" and "spatial" not in verb_senses(verb)
        return (self.authority.government(place.country_code),) if deed else ()

    def _metonym(self, token: Token) -> tuple[Actor, ...]:
        place = self.places[token.i]
        following = self.doc[token.i + 1] if token.i + 1 < len(self.doc) else None
        if following is not None and self.places.get(following.i) is place:
            return ()
        if (coalition := self._descriptions.coalition(token)) is not None:
            return coalition
        if _in_dateline(token):
            return ()
        before = self.places.get(token.i - 2) if token.i > 1 and self.doc[token.i - 1].text == "," else None
        if before is not None and before.type is not PlaceType.COUNTRY and token.dep_ != "nsubj":
            return ()
        if place.type is not PlaceType.COUNTRY and _between_commas(token):
            return ()
        code = place.country_code if place.type is PlaceType.COUNTRY else self.seat(place.label)
        code = code or (self.seat(token.text) if place.type is not PlaceType.COUNTRY else None)
        if code is None:
            return ()
        noun = token.head
        while noun.dep_ == "compound" and noun.head.i > noun.i:
            noun = noun.head
        if token.dep_ in {"compound", "amod", "nmod"} and is_form_of(noun, state_nouns("armed")):
            return (self.authority.forces(code),)
        return (self.authority.government(code),) if acts(token, seat=place.type is not PlaceType.COUNTRY) else ()


def _in_dateline(token: Token) -> bool:
    """Return whether a place stands before the report: "(Bangkok) -", "KABUL:"."""
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    if following is None or token.i > 12:
        return False
    bracketed = token.i > 0 and token.nbor(-1).text == "(" and following.text == ")"
    return bracketed or following.text in {":", "-", "\u2013", "\u2014", "--"}


def _between_commas(token: Token) -> bool:
    """Return whether a capital is only named in passing: "In the capital, Port-au-Prince, the gangs"."""
    before = (other for other in reversed(token.doc[sentence_of(token).start : token.i]) if other.pos_ != "PROPN")
    opening = next((other for other in before if other.text != "-"), None)
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return opening is not None and opening.text == "," and following is not None and following.text == ","


@lru_cache(maxsize=2)
def _demonyms(doc: Doc, words: _Words) -> tuple[tuple[int, str, float], ...]:
    return tuple(_find_demonyms(doc, words))


def _find_demonyms(doc: Doc, words: _Words) -> Iterator[tuple[int, str, float]]:
    for token in doc:
        if (
            not token.is_lower
            and token.is_alpha
            and token.text[:1].isupper()
            and (code := words.demonym(token.text)) is not None
        ):
            strong = token.dep_ in {"amod", "compound", "nmod"} and is_form_of(token.head, FORCE_NOUNS)
            yield token.i, code, 1.5 if strong else 1.0


def _weights(doc: Doc, words: _Words, places: dict[int, Place]) -> Iterator[tuple[int, str, float]]:
    yield from ((index, code, weight) for index, code, weight in _demonyms(doc, words) if index not in places)
    yield from _place_weights(places)


def _home_weights(
    doc: Doc, words: _Words, named: Iterable[Mention], places: dict[int, Place]
) -> Iterator[tuple[int, str, float]]:
    """Yield the countries of the states' bodies that are named without a demonym: "Sri Lanka's military"."""
    for mention in named:
        first = next(_tokens(doc, mention), None)
        if isinstance(mention.value, Actor) and first is not None and first.i not in places:
            country = mention.value.country if mention.value.type is not ActorType.ARMED_GROUP else None
            if country is not None and country.country_code is not None and words.demonym(first.text) is None:
                yield first.i, country.country_code, 1.0


def _place_weights(places: dict[int, Place]) -> Iterator[tuple[int, str, float]]:
    for index, place in places.items():
        if place.country_code is not None and places.get(index + 1) is not place:
            yield index, place.country_code, 1.0


def _tokens(doc: Doc, mention: Mention) -> Iterator[Token]:
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    return iter(span if span is not None else ())


def _mention(doc: Doc, start: int, end: int, value: Actor | None) -> Mention:
    span = doc[start:end]
    return Mention(start=span.start_char, end=span.end_char, text=span.text, kind=MentionKind.ACTOR, value=value)
