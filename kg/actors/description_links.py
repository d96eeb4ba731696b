"""Links descriptions - "Syrian troops", "the rebels", "gunmen of the RSF", "an airport official" - to actors."""

from __future__ import annotations

from spacy.tokens import Token

from kg.actors.descriptions import (
    Description,
    DescriptionKind,
    contextual_keys,
    describe,
    is_form_of,
    is_involved,
    speaks,
    state_nouns,
    verb_senses,
)
from kg.actors.force_links import ForceLinker
from kg.actors.group_links import GroupLinker
from kg.actors.people_links import PeopleLinker
from kg.actors.phrase_reader import OWNING, PhraseReader, Reading
from kg.actors.report_names import unresolved
from kg.language.clauses import coordinated
from kg.language.noun_phrases import (
    appositions,
    complement,
    in_clause,
    is_definite,
    is_head,
    is_plural,
    is_quantity,
    modifiers,
    possessor,
    words_of,
)
from kg.model import Actor, ActorType

__all__ = ["DescriptionLinker"]

HUMAN = frozenset({DescriptionKind.PERSON, DescriptionKind.POPULATION})
CLAUSE_WORDS = frozenset({"VERB", "AUX", "SCONJ", "CCONJ"})
EMPLOYERS = frozenset({ActorType.INTERNATIONAL_ORGANIZATION, ActorType.CIVIL_ORGANIZATION, ActorType.MEDIA_OUTLET})


def _may_describe(head: Token) -> bool:
    """Return whether any rule asks more of a word: most words are ruled out by part of speech and case."""
    if head.pos_ in {"NOUN", "PROPN"} or head.dep_ in {"amod", "compound"} or head.text[:1].isupper():
        return True
    word = head.lower_
    return head.ent_type_ == "NORP" or word in words_of("part") or word in words_of("substantive")


class DescriptionLinker:
    """Resolves the descriptive noun phrases of one Doc."""

    def __init__(self, reading: Reading) -> None:
        self._phrases = PhraseReader(reading)
        self._forces = ForceLinker(self._phrases)
        self._groups = GroupLinker(self._phrases)
        self._people = PeopleLinker(self._phrases, self._forces)

    def actors(self, head: Token) -> tuple[Actor, ...]:
        """Return the actors that a noun phrase means; nothing for nouns that mean none."""
        if not _may_describe(head) or (not head.is_alpha and "-" not in head.text):
            return ()
        nation = self._nation_alone(head)
        if nation:
            return nation
        if not is_head(head) and head.head.lemma_.lower() in words_of("property") and (people := self._owning(head)):
            return people
        if head.ent_type_ == "NORP" and not describe(head):
            return self._peoples(head)
        if is_quantity(head) and head.pos_ == "NOUN" and is_involved(head) and self._counts_people(head):
            alike = self._people.alike(head) if head.lower_ in words_of("rest") else None
            return (alike or self._phrases.reading.authority.actor("civilians"),)
        if head.lower_ in words_of("part") and (whole := complement(head, frozenset({"of"}))) is not None:
            return tuple(actor for noun in coordinated(whole) for actor in self._phrases.reading.resolve(noun))
        standing = head.lower_ in words_of("substantive") and head.i > 0 and head.nbor(-1).lower_ == "the"
        if head.pos_ not in {"NOUN", "PROPN"} and not standing and head.dep_ not in {"amod", "compound"}:
            return ()
        readings = {reading.kind: reading for reading in reversed(describe(head))}
        if not is_head(head) and not standing:
            return self._modifier(head, readings)
        if not is_plural(head) and (person := self._named_person(head)) is not None:
            return (person,)
        if head.lemma_.lower() in words_of("captive") and not is_plural(head) and (taken := self._taken(head)):
            return taken
        if (sides := self._sides(head)) is not None:
            return sides
        if readings and (called := self._phrases.called(head)):
            return called
        if (contextual := self._contextual(head)) is not None:
            return (contextual,)
        found: tuple[Actor, ...] = ()
        speaker = speaks(head)
        for kind in _order(readings, speaker=speaker, plural=is_plural(head)):
            found = self._by_kind(head, readings[kind], speaker=speaker)
            if found:
                break
        if found:
            self._phrases.last[head.lemma_.lower()] = found
        return found

    def remember(self, role: Token, actor: Actor) -> None:
        """Let "the press secretary" mean the person with that role or title from now on."""
        self._phrases.last[role.lemma_.lower()] = (actor,)
        for reading in describe(role):
            self._phrases.last[reading.noun] = (actor,)
            self._phrases.roles.setdefault(actor.key, set()).add((reading.first, reading.noun))

    def _peoples(self, head: Token) -> tuple[Actor, ...]:
        """Return a people or faith that is named alone: "Sunni Arabs", "700,000 Tutsis"."""
        many = head.tag_ in {"NNPS", "NNS"} or any(child.dep_ in {"nummod", "det"} for child in head.lefts)
        alone = is_head(head) and head.tag_ in {"NNPS", "NNS", "NNP"} and head.text[:1].isupper()
        following = head.doc[head.i + 1] if head.i + 1 < len(head.doc) else head
        before_noun = following.pos_ == "NOUN" and following.is_lower and following.head.i != head.i
        many = many or in_clause(head).i != head.i
        return (
            self._phrases.own(head, ActorType.POPULATION)
            if alone and many and not before_noun and is_involved(head)
            else ()
        )

    def _owning(self, adjective: Token) -> tuple[Actor, ...]:
        """Return the people whose property is named by an adjective: "Muslim homes", "Tutsi villages"."""
        if describe(adjective) or adjective.i in self._phrases.reading.places or not adjective.is_title:
            return ()
        label = adjective.text if adjective.text.endswith("s") else f"{adjective.text}s"
        if adjective.ent_type_ != "NORP" and all(token.text != label for token in adjective.doc):
            return ()
        known = tuple(a for a in self._phrases.reading.authority.named(label) if a.type is ActorType.POPULATION)
        return known[:1] or (unresolved(label, ActorType.POPULATION, adjective.text),)

    def _counts_people(self, head: Token) -> bool:
        """Return whether a bare number means people: "tens of thousands fled", "wounding dozens"."""
        counted = complement(head, frozenset({"of"}))
        plural = head.lower_ in words_of("count")
        return plural and (counted is None or counted.lower_ in words_of("count") or counted.i < head.i)

    def _contextual(self, head: Token) -> Actor | None:
        """Return the mission or coalition that a phrase means where the report is about: "the coalition"."""
        keys = contextual_keys(head)
        reading = self._phrases.reading
        if not keys or self._phrases.telling(head) or any(self._phrases.named(word) for word in modifiers(head)):
            return None
        countries = reading.context.countries[:5]
        known = [reading.authority.actor(key) for key in keys if key in reading.authority]
        candidates = [actor for actor in known if reading.authority.acts_in(actor, countries, reading.year)]
        if known and all(actor.key.endswith("-armed-forces") for actor in known):
            return reading.authority.choose(candidates, countries, reading.year) or known[0]
        if not candidates:
            return None
        named = {referent.actor.key for referent in reading.discourse.seen()}
        mentioned = [actor for actor in candidates if actor.key in named]
        if len(mentioned) == 1:
            return mentioned[0]
        chosen = reading.authority.choose(candidates, countries[:3], reading.year)
        return chosen if len(candidates) > 1 or not named else candidates[0]

    def _named_person(self, head: Token) -> Actor | None:
        """Return the person whose name stands beside a description: "a Muslim lawyer, Ali Hassan"."""
        for beside in appositions(head):
            for actor in self._phrases.named(beside):
                if actor.type is ActorType.PERSON:
                    return actor
        if not any(r.kind in HUMAN or r.second == "member" for r in describe(head)):
            return None
        comma = next((t for t in head.doc[head.i + 1 : head.i + 8] if t.pos_ in CLAUSE_WORDS or t.text == ","), None)
        if comma is None or comma.text != ",":
            return None
        at = self._phrases.reading.person_at
        name = next((at[i] for i in range(comma.i + 1, comma.i + 4) if i in at and at[i].begin == comma.i + 1), None)
        return next(iter(self._phrases.reading.resolve(head.doc[name.start])), None) if name is not None else None

    def employers(self, head: Token) -> tuple[Actor, ...]:
        """Return the organisation that a person without a stated role is from: "Ana Silva from the UN office"."""
        behind = complement(head, frozenset({"from", "of", "with"}))
        if behind is None or behind.i - head.i > 8:
            return ()
        return tuple(actor for actor in self._phrases.reading.resolve(behind) if actor.type in EMPLOYERS)

    def _taken(self, head: Token) -> tuple[Actor, ...]:
        """Return who is taken in "took 16 aid workers hostage", where the parser sees one noun phrase."""
        before = head.doc[head.i - 1]
        if before.tag_ not in {"NNS", "NNPS"} or head.i == 0:
            return ()
        for reading in describe(before):
            if found := self._by_kind(before, reading, speaker=False):
                return found
        return ()

    def body_behind(self, role: Token) -> tuple[tuple[Actor, ...], bool]:
        """Return the bodies that a role belongs to ("a spokesman for the army"), and whether it speaks for them."""
        reading = next((r for r in describe(role) if r.kind is DescriptionKind.PERSON), None)
        bodies = tuple(
            a for a in self._phrases.owners(role, OWNING | {"at", "with", "in"}) if a.type is not ActorType.PERSON
        )
        if not bodies:
            bodies = self._own_side(role)
        speaking = reading is not None and reading.second == "yes" and reading.noun not in {"envoy"}
        if not bodies and (codes := self._phrases.nations(role)):
            bodies = tuple(self._phrases.reading.authority.government(code) for code in codes)
        if not bodies and (place := complement(role, frozenset({"from", "of", "for", "at", "with"}))) is not None:
            bodies = tuple(a for a in self._phrases.reading.resolve(place) if a.type is not ActorType.PERSON)
        return bodies, speaking

    def _own_side(self, role: Token) -> tuple[Actor, ...]:
        """Return whom a role leads by the words before it: "Bosnian Serb commander", "rebel leader"."""
        words = modifiers(role)
        people = role.doc[words[0].i : role.i].text if words and all(word.is_title for word in words) else ""
        owner = possessor(role)
        people = people or (owner.text if owner is not None and owner.is_title else "")
        known = self._phrases.reading.authority.named(f"{people} forces") if people else ()
        armed = tuple(actor for actor in known if actor.type is ActorType.ARMED_GROUP)
        if len(armed) == 1:
            return armed
        if any(found.kind is DescriptionKind.GROUP and found.first != "ally" for w in words for found in describe(w)):
            seen = (referent.actor for referent in self._phrases.reading.discourse.seen())
            groups = tuple({actor.key: actor for actor in seen if actor.type is ActorType.ARMED_GROUP}.values())
            return groups if len(groups) == 1 else ()
        return ()

    def _by_kind(self, head: Token, reading: Description, *, speaker: bool) -> tuple[Actor, ...]:
        match reading.kind:
            case DescriptionKind.FORCE:
                group = self._group_forces(head, reading)
                return (
                    self._groups.actors(head, group)
                    if group is not None
                    else self._forces.actors(head, reading, speaker=speaker)
                )
            case DescriptionKind.GROUP:
                return self._groups.actors(head, reading)
            case DescriptionKind.ORGANISATION:
                return self._people.organisation(head, reading, speaker=speaker)
            case DescriptionKind.POPULATION:
                return self._people.population(head, reading, speaker=speaker)
            case DescriptionKind.PERSON:
                return self._people.person(head, reading, speaker=speaker)

    def _group_forces(self, head: Token, reading: Description) -> Description | None:
        """Return the kind of group whose forces are meant: "militia forces", "rebel troops"."""
        if reading.second == "equipment" or not is_plural(head):
            return None
        for word in reversed(modifiers(head)):
            for found in describe(word):
                if found.kind is DescriptionKind.GROUP and found.second in {"bare", "definite"} and not word.is_title:
                    return found
        return None

    def _nation_alone(self, token: Token) -> tuple[Actor, ...]:
        """Return who is meant by a demonym: "Russian" of "Russian air strikes", "the Iraqis", "12 Syrians"."""
        if not token.text[:1].isupper() or token.i in self._phrases.reading.places:
            return ()
        code = self._phrases.reading.demonym(token.text)
        if code is None:
            return ()
        authority = self._phrases.reading.authority
        if not is_head(token) or token.dep_ in {"amod", "compound", "nmod"}:
            noun = token.head
            while noun.dep_ == "compound" and noun.head.i > noun.i:
                noun = noun.head
            while noun.dep_ == "conj" and noun.head.dep_ in {"amod", "compound", "nmod"}:
                noun = noun.head
            if (leading := self.coalition(token)) is not None:
                return leading
            if is_form_of(noun, state_nouns("armed")):
                forces = authority.forces(code)
                return (self._phrases.reading.of_people(token.text, forces) or forces,)
            return (authority.government(code),) if is_form_of(noun, state_nouns("deed", "dealing")) else ()
        if token.pos_ == "ADJ" and token.dep_ not in {"nsubj", "dobj", "pobj", "nsubjpass"}:
            return ()
        forces = authority.forces(code)
        of_people = self._phrases.reading.of_people(token.text, forces) or forces
        if is_definite(token) and token.dep_ == "nsubj":
            senses = verb_senses(token.head)
            if senses & {"armed", "state", "harm"} or ("speech" in senses and of_people != forces):
                return (of_people,)
        clause = in_clause(token)
        if clause.dep_ == "nsubj" and "protest" in verb_senses(clause.head):
            return (authority.actor("protesters"),)
        return (authority.actor("civilians"),) if token.text.endswith("s") or is_plural(token) else ()

    def coalition(self, token: Token) -> tuple[Actor, ...] | None:
        """Return the coalition behind "Saudi-led air strikes"; None where the word says nothing of the kind."""
        following = token.doc[token.i + 1 : token.i + 3].text.lower()
        if not (token.lower_.endswith("-led") or following == "-led"):
            return None
        label = f"{token.text.removesuffix('-led')}-led coalition"
        noun = token.head if token.head.i > token.i else token
        noun = noun.head if noun.lower_ == "led" else noun
        if not is_form_of(noun, state_nouns("armed")):
            return ()
        known = self._phrases.reading.authority.named(label)
        chosen = self._phrases.reading.authority.choose(known, self._phrases.reading.context.countries, None)
        return (chosen or unresolved(label, ActorType.STATE_FORCES),)

    def _modifier(self, token: Token, readings: dict[DescriptionKind, Description]) -> tuple[Actor, ...]:
        """Return whose a thing is by the noun before it: "rebel rockets", "army bases", "government aircraft"."""
        if any(len(wording := r.noun.split()) > 1 and token.lower_ in wording for r in describe(token.head)):
            return ()
        if (contextual := self._contextual(token)) is not None:
            return (contextual,)
        if token.lower_ in words_of("joint") and token.pos_ in {"NOUN", "PROPN"} and contextual_keys(token):
            armed = is_form_of(token.head, state_nouns("armed")) and not self._phrases.named(token.head)
            return self._phrases.own(token, ActorType.INTERNATIONAL_ORGANIZATION) if armed else ()
        force, group = readings.get(DescriptionKind.FORCE), readings.get(DescriptionKind.GROUP)
        before = token.doc[max(0, token.i - 2) : token.i].text.lower()
        if before in {"pro-", "anti-", "ex-"}:
            return ()
        if force is not None and force.second == "body" and force.noun not in {"forces"}:
            code = self._phrases.state(token, force.first)
            owner = possessor(token.head)
            if owner is not None and (owners := self._phrases.reading.resolve(owner)):
                bodies = [a for a in owners if a.type is not ActorType.PERSON]
                return tuple(self._forces.of_owner(body, force.first) for body in bodies)
            if owner is not None and (nation := self._phrases.reading.nation(owner)) is not None:
                code = nation
            codes = self._phrases.nations(token.head) or ((code,) if code is not None else ())
            return tuple(self._phrases.body(code, force.first) for code in codes)
        if group is not None and (group.second == "bare" or group.first == "union"):
            meant = self._phrases.reading.discourse.group(group.noun, group.first, token.i, definite=True)
            return (meant,) if meant is not None else ()
        if group is not None and group.first == "enemy":
            return self._groups.enemy(token)
        return ()

    def _sides(self, head: Token) -> tuple[Actor, ...] | None:
        """Return the two that "both sides" or "the two leaders" means; None for other phrases."""
        lemma = head.lemma_.lower()
        if not is_plural(head) or lemma not in words_of("body-side") | words_of("person-side"):
            return None
        words = {word.lower_ for word in (*head.lefts, *modifiers(head))}
        two = bool(words & {"both", "two"})
        if lemma in words_of("person-side"):
            return self._phrases.reading.discourse.sides(head.i, persons=True) if two and is_definite(head) else None
        known = is_definite(head) or possessor(head) is not None
        if two or "warring" in words or (lemma in {"side", "delegation"} and known):
            verb = in_clause(head).head
            talking = "engage" in verb_senses(verb) or is_form_of(verb, state_nouns("dealing"))
            return self._phrases.reading.discourse.sides(head.i, persons=False, talking=talking)
        return None


def _order(readings: dict[DescriptionKind, Description], *, speaker: bool, plural: bool) -> tuple[DescriptionKind, ...]:
    """Return the kinds to try in turn: a lone speaker is a person, whatever else the noun may mean."""
    order = [
        DescriptionKind.FORCE,
        DescriptionKind.GROUP,
        DescriptionKind.ORGANISATION,
        DescriptionKind.POPULATION,
        DescriptionKind.PERSON,
    ]
    if speaker and not plural and DescriptionKind.FORCE not in readings and DescriptionKind.GROUP not in readings:
        order.remove(DescriptionKind.PERSON)
        order.insert(0, DescriptionKind.PERSON)
    return tuple(kind for kind in order if kind in readings)
