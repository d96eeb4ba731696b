"""Finds quotations and who speaks in them, across sentences until they close or another speaker takes over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Doc, Token

from kg.claims.cues import is_speech, word_cue
from kg.claims.fillers import Fillers
from kg.language.clauses import subjects
from kg.language.texts import sentence_of, text_of
from kg.model import Actor, ActorType

__all__ = ["Quotation", "Quotations"]

PARAGRAPH = re.compile(r"\n[ \t]*\n")
# Words between two sentences in which one speaker may speak on.
FAR = 45
MARK = re.compile(r'"+|\'\'|``')


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation's character span and the nouns that are the subjects of its verb of speech."""

    start: int
    end: int
    speakers: tuple[Token, ...]


class Quotations:
    """The quotations of one Doc."""

    def __init__(self, doc: Doc, fillers: Fillers) -> None:
        text = text_of(doc)
        self.fillers = fillers
        self.spans = _spans(text)
        self.paragraphs = _paragraphs(text)
        self.utterances = tuple(
            (token, speakers)
            for token in doc
            if is_speech(token) and not self._inside(token.idx) and (speakers := _speaking(token, fillers))
        )
        self.blocks = tuple(self._statements(text))

    def of(self, token: Token) -> Quotation | None:
        """Return the quotation that a token stands in, with its speakers, or None."""
        for start, end in self.spans:
            if start <= token.idx < end:
                return Quotation(start, end, self._speakers(start, end))
        for block in self.blocks:
            if block.start <= token.idx < block.end:
                return block
        return None

    def last_speakers(self, pronoun: Token) -> tuple[Actor, ...]:
        """Return who spoke last before a pronoun that speaks on ("they added"), if it can mean them, or nothing."""
        verb = pronoun.head
        cue = word_cue(verb)
        if cue is None or cue.kind not in {"speech", "accusation"}:
            return ()
        for spoken, speakers in reversed(self.utterances):
            if spoken.i >= pronoun.i:
                continue
            if pronoun.i - sentence_of(spoken).end > FAR or "\n\n" in text_of(pronoun.doc)[spoken.idx : pronoun.idx]:
                break
            nouns = tuple(noun for noun in speakers if noun.pos_ != "PRON")
            if nouns:
                actors = tuple(actor for noun in nouns for actor in self.fillers.actors(noun))
                return actors if _can_mean(pronoun, nouns, actors) else ()
        return ()

    def _statements(self, text: str) -> Iterator[Quotation]:
        """Statements that follow "the minister said:" without quotation marks, to the end or the next speaker."""
        for number, (first, last) in enumerate(self.paragraphs):
            opening = text[first:last].rstrip()
            if not opening.endswith(":"):
                continue
            speakers = [speakers for verb, speakers in self.utterances if first <= verb.idx < last]
            if not speakers:
                continue
            end = len(text)
            for later_first, later_last in self.paragraphs[number + 1 :]:
                voices = [found for verb, found in self.utterances if later_first <= verb.idx < later_last]
                written = text[later_first:later_last]
                if MARK.search(written) or written.rstrip().endswith(":") or any(map(self._takes_over, voices)):
                    end = later_first
                    break
            yield Quotation(last, end, speakers[-1])

    def _takes_over(self, voices: tuple[Token, ...]) -> bool:
        """Whether those who speak are named anew: a report that "concludes" speaks within a statement."""
        return any(
            token.pos_ == "PROPN" or actor.type is ActorType.PERSON
            for token in voices
            if token.pos_ != "PRON"
            for actor in self.fillers.actors(token)
        )

    def _inside(self, offset: int) -> bool:
        return any(start <= offset < end for start, end in self.spans)

    def _speakers(self, start: int, end: int) -> tuple[Token, ...]:
        paragraph = next(((a, b) for a, b in self.paragraphs if a <= start < b), (start, end))
        here = [
            (min(abs(verb.idx - end), abs(start - verb.idx)), verb.i, speakers)
            for verb, speakers in self.utterances
            if paragraph[0] <= verb.idx < paragraph[1]
        ]
        if here:
            return min(here)[2]
        before = [speakers for verb, speakers in self.utterances if verb.idx < start]
        return before[-1] if before else ()


def _speaking(verb: Token, fillers: Fillers) -> tuple[Token, ...]:
    return tuple(noun for noun in subjects(verb) if fillers.actors(noun))


def _can_mean(pronoun: Token, nouns: tuple[Token, ...], actors: tuple[Actor, ...]) -> bool:
    """Whether a pronoun agrees in number and kind with those who spoke."""
    several = len(nouns) > 1 or nouns[0].tag_ in {"NNS", "NNPS"}
    person = actors[0].type is ActorType.PERSON
    if pronoun.lower_ == "they":
        return several
    if pronoun.lower_ in {"he", "she"}:
        return person and not several
    return pronoun.lower_ == "it" and not several and not person


def _paragraphs(text: str) -> tuple[tuple[int, int], ...]:
    edges = [0, *(match.end() for match in PARAGRAPH.finditer(text)), len(text)]
    return tuple(pairwise(edges))


def _spans(text: str) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for first, last in _paragraphs(text):
        marks = list(MARK.finditer(text, first, last))
        for opening, closing in zip(marks[::2], marks[1::2], strict=False):
            # Two or three words in quotation marks are a title or a wry word, not speech.
            if text.count(" ", opening.end(), closing.start()) >= 3:
                found.append((opening.end(), closing.start()))
        if len(marks) % 2:
            found.append((marks[-1].end(), last))
    return tuple(found)
