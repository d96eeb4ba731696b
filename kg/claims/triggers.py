"""Finds the words of a report that may name an event, each with the lexicon rows that it could stand for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span, Token

from kg import lexicon
from kg.claims.role_words import words_of
from kg.language.clauses import is_nominal, objects
from kg.language.lemmas import lemma_of, lemmas_of

__all__ = [
    "Candidate",
    "FrameSlot",
    "TriggerRow",
    "figurative_sentences",
    "find_candidates",
    "frame",
    "is_figurative_argument",
    "object_nouns",
]

# How many words the entries of the domains have.
LENGTHS = (1, 2, 3, 5)
NOMINAL = frozenset({"NOUN", "PROPN"})


@dataclass(frozen=True, slots=True)
class TriggerRow:
    """One row of the trigger lexicon."""

    event_class: str
    pos: str
    words: tuple[str, ...]
    particles: tuple[str, ...]
    objects: frozenset[str]
    frame: str
    strength: str
    measure: str

    @property
    def weight(self) -> int:
        """How specific the row is; more specific rows are tried first."""
        country = any(slot.filler == "country" for slot in frame(self.frame))
        return (
            4 * bool(self.objects)
            + 2 * len(self.particles)
            + len(self.words)
            + country
            + 8 * (self.strength == "cargo")
        )


@dataclass(frozen=True, slots=True)
class FrameSlot:
    """Which function, filled by what type of filler, gives which role."""

    function: str
    filler: str
    role: str
    required: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A trigger word with the rows that it may stand for, the most specific first.

    `start` and `end` are character offsets of the words as written, particles and light objects included.
    """

    token: Token
    rows: tuple[TriggerRow, ...]


@cache
def frame(name: str) -> tuple[FrameSlot, ...]:
    """Return the slots of a frame."""
    return tuple(
        FrameSlot(row["function"], row["filler"], row["role"], row["need"] == "required")
        for row in lexicon.rows("frames")
        if row["frame"] == name
    )


@cache
def _rows_by_head() -> dict[tuple[str, str], tuple[TriggerRow, ...]]:
    table: dict[tuple[str, str], list[TriggerRow]] = {}
    for row in lexicon.rows("triggers"):
        words = tuple(row["lemma"].split(" "))
        entry = TriggerRow(
            row["class"],
            row["pos"],
            words,
            tuple(row["particle"].split(" ")) if row["particle"] else (),
            object_nouns(row["object"]),
            row["frame"],
            row["strength"],
            row["measure"],
        )
        table.setdefault((words[-1], row["pos"]), []).append(entry)
    return {key: tuple(sorted(rows, key=lambda r: -r.weight)) for key, rows in table.items()}


@cache
def _families() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for row in lexicon.rows("object_families"):
        table.setdefault(row["family"], set()).add(row["noun"])
    return {family: frozenset(nouns) for family, nouns in table.items()}


def object_nouns(cell: str) -> frozenset[str]:
    """Return the nouns of an object cell: "it|@building" are the pronoun and all nouns of the family of buildings."""
    nouns: set[str] = set()
    for name in filter(None, cell.split("|")):
        nouns |= _families()[name[1:]] if name.startswith("@") else {name}
    return frozenset(nouns)


@cache
def _stops() -> dict[str, tuple[TriggerRow, ...]]:
    """Idioms in which a trigger's verb means something else: "met a deadline", "fired a worker"."""
    table: dict[str, list[TriggerRow]] = {}
    for row in lexicon.rows("trigger_stops"):
        particles = tuple(row["particle"].split(" ")) if row["particle"] else ()
        nouns = frozenset(row["object"].split("|")) if row["object"] else frozenset()
        stop = TriggerRow("", "verb", (row["lemma"],), particles, nouns, "", "", "")
        table.setdefault(row["lemma"], []).append(stop)
    return {lemma: tuple(rows) for lemma, rows in table.items()}


def find_candidates(doc: Doc) -> tuple[Candidate, ...]:
    """Return the words of a Doc that may name an event, in their order."""
    return tuple(_candidates(doc))


def _candidates(doc: Doc) -> Iterator[Candidate]:
    table, stops = _rows_by_head(), _stops()
    for token in doc:
        parts = _parts_of_speech(token)
        if not parts:
            continue
        lemma = lemma_of(token)
        if token.pos_ == "VERB" and any(
            _holds(stop, token) for stop in stops.get(lemma, ()) if not _names(stop, token)
        ):
            continue
        rows = tuple(row for pos in parts for row in table.get((lemma, pos), ()) if _holds(row, token))
        if rows:
            yield Candidate(token, rows)


def _parts_of_speech(token: Token) -> tuple[str, ...]:
    if token.pos_ == "VERB" and is_nominal(token):
        return ("noun", "verb")
    if token.tag_ == "VBG" and token.dep_ == "pcomp":
        return ("verb", "noun")
    if token.pos_ == "VERB":
        return ("adjective", "verb") if token.dep_ == "amod" else ("verb",)
    if token.pos_ in NOMINAL:
        return ("noun",)
    if token.pos_ == "ADJ" and any(child.dep_ == "aux" for child in token.children):
        # "Has all but encircled the town": a perfect that the tagger took for an adjective.
        return ("verb", "adjective")
    if token.pos_ == "ADJ":
        return ("adjective", "verb") if token.tag_ in {"VBN", "VBG", "VBD"} else ("adjective",)
    return ()


def _holds(row: TriggerRow, token: Token) -> bool:
    count = len(row.words)
    if count > 1:
        if token.i < count - 1:
            return False
        before = token.doc[token.i - count + 1 : token.i]
        if any(name not in {lemma_of(word), word.lower_} for word, name in zip(before, row.words[:-1], strict=True)):
            return False
    if row.particles and not _has_particles(row, token):
        return False
    return not row.objects or bool(row.objects & _object_lemmas(row, token))


def _names(stop: TriggerRow, token: Token) -> bool:
    """Whether the idiom's noun is a name here: to cross the Line of Control is not to cross a line."""
    named = {lemma_of(noun).lower() for noun in objects(token) if noun.pos_ == "PROPN"}
    return bool({noun.lower() for noun in stop.objects} & named)


def _has_particles(row: TriggerRow, token: Token) -> bool:
    following = token.doc[token.i + 1 : token.i + 1 + len(row.particles)]
    if tuple(word.lower_ for word in following) == row.particles:
        return True
    words: set[str] = set()
    for child in token.children:
        if child.dep_ in {"prt", "prep", "advmod", "agent", "dative"}:
            words.add(child.lower_)
        if child.dep_ in {"prt", "prep", "advmod", "dobj", "nsubjpass"}:
            words |= {below.lower_ for below in child.children if below.dep_ in {"prep", "prt", "amod", "compound"}}
        if child.dep_ in {"oprd", "acomp", "advmod", "xcomp", "ccomp"}:
            words.add(child.lower_)
    return set(row.particles) <= words


def _counted(noun: Token) -> Iterator[Token]:
    """Yield a noun, and what it counts: the troops of "hundreds of troops", "a large number of troops"."""
    yield noun
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ == "of" and (noun.pos_ == "NUM" or lemma_of(noun) in _quantities()):
            yield from (inner for inner in child.children if inner.dep_ == "pobj")


@cache
def _quantities() -> frozenset[str]:
    return frozenset(row["word"] for row in lexicon.rows("phrase_words") if row["sense"] in {"quantity", "count"})


def _object_lemmas(row: TriggerRow, token: Token) -> set[str]:
    found = {lemma_of(noun) for head in objects(token) for noun in _counted(head)}
    for child in token.children:
        if child.dep_ in {"prep", "prt", "agent"} and (not row.particles or child.lower_ in row.particles):
            # "Put out of action": the noun of a preposition, and of one below it.
            below = [noun for noun in child.children if noun.dep_ == "prep" and noun.lower_ in row.particles]
            found |= {lemma_of(noun) for prep in (child, *below) for noun in prep.children if noun.dep_ == "pobj"}
        if child.dep_ in {"oprd", "attr", "acomp", "advmod", "dep", "ccomp", "xcomp"}:
            found.add(lemma_of(child))
        if child.dep_ in {"dobj", "nsubjpass"} and row.particles:
            # "Kept two nurses in captivity": the parser hangs the captivity on the nurses.
            inner = (prep for prep in child.children if prep.dep_ == "prep" and prep.lower_ in row.particles)
            found |= {lemma_of(noun) for prep in inner for noun in prep.children if noun.dep_ == "pobj"}
        if child.dep_ == "dobj" and "of" in row.particles:
            # "Cleared the town of Bama of militants": the parser hangs the militants on the town or on its name.
            ofs = (token for token in child.subtree if token.lower_ == "of" and token.dep_ == "prep")
            found |= {lemma_of(noun) for prep in ofs for noun in prep.children if noun.dep_ == "pobj"}
    # "Began an operation to isolate the town": the purpose hangs on the operation, and in "warned the villagers that
    # they would be shot" what is said on the villagers.
    for noun in (token, *(child for child in token.children if child.dep_ == "dobj")):
        found |= {
            lemma_of(purpose)
            for purpose in noun.children
            if purpose.dep_ in {"acl", "relcl", "advcl"} and any(_opens_content(word) for word in purpose.children)
        }
    return found


def _opens_content(word: Token) -> bool:
    return word.lower_ == "to" or (word.lower_ == "that" and word.dep_ == "mark")


@cache
def _domains() -> dict[str, str]:
    return {row["word"]: row["weight"] for row in lexicon.rows("domains")}


@cache
def _domain_beginnings() -> frozenset[str]:
    return frozenset(word.split(" ")[0] for word in _domains())


def figurative_sentences(doc: Doc) -> frozenset[int]:
    """Return the starts (token numbers) of the sentences whose words come from sports, markets, courts and the like."""
    found = set()
    lemmas, words = lemmas_of(doc), tuple(token.lower_ for token in doc)
    for sentence in doc.sents:
        first, last = sentence.start, sentence.end
        weights = dict(_domain_words(lemmas[first:last], words[first:last]))
        if weights and not dict(_domain_words(*_apart(sentence, lemmas[first:last], words[first:last]))):
            # "A footballer" behind a name, "as people watched the match": no part of what the sentence is about.
            continue
        hints = [words for words, weight in weights.items() if weight == "hint"]
        if "veto" in weights.values() or len(hints) > 1:
            found.add(sentence.start)
    return frozenset(found)


def _apart(sentence: Span, lemmas: Sequence[str], words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the lemmas and words of a sentence with blanks for what stands in appositions and side clauses."""
    aside = {token.i - sentence.start for head in sentence if _stands_aside(head) for token in head.subtree}
    kept = [number not in aside for number in range(len(words))]
    return (
        [lemma if keep else "" for lemma, keep in zip(lemmas, kept, strict=True)],
        [word if keep else "" for word, keep in zip(words, kept, strict=True)],
    )


def _stands_aside(head: Token) -> bool:
    if head.dep_ == "appos":
        return True
    marks = {child.lower_ for child in head.children if child.dep_ in {"mark", "advmod"}}
    return head.dep_ == "advcl" and bool(marks & words_of("beside"))


def _domain_words(lemmas: Sequence[str], words: Sequence[str]) -> Iterator[tuple[str, str]]:
    domains, beginnings = _domains(), _domain_beginnings()
    for start, (lemma, word) in enumerate(zip(lemmas, words, strict=True)):
        if lemma not in beginnings and word not in beginnings:
            continue
        for end in (start + length for length in LENGTHS if start + length <= len(words)):
            lemma_run = " ".join(lemmas[start:end])
            for name in (lemma_run, " ".join(words[start:end])):
                if name in domains:
                    yield lemma_run, domains[name]


def is_figurative_argument(function: str, token: Token) -> bool:
    """Return whether an argument shows that a trigger is meant otherwise: "the striker attacked", "hit by a storm"."""
    weight = _domains().get(lemma_of(token))
    if weight is None or lemma_of(token) in words_of("of-war"):
        return False
    return function in {"subject", "object", "against"} or (
        weight == "argument" and function in {"in", "by", "of", "after"} and lemma_of(token) in words_of("mishap")
    )
