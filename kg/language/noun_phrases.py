"""Noun phrases as the rooms of linking look at them: where one begins and ends, and what hangs on its head."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Span, Token

from kg import lexicon
from kg.language.texts import sentence_of

__all__ = [
    "appositions",
    "complement",
    "head_phrases",
    "head_words",
    "in_clause",
    "is_definite",
    "is_head",
    "is_plural",
    "is_quantity",
    "left_edge",
    "modifiers",
    "phrase",
    "possessor",
    "span_head",
    "words_of",
]

NOMINAL = frozenset({"NOUN", "PROPN"})
LEFT_DEPS = frozenset({"amod", "compound", "nmod", "punct", "advmod", "npadvmod", "appos", "dep", "acl"})
DETERMINERS = frozenset({"the", "this", "that", "these", "those", "both", "such", "said"})
SEPARATORS = frozenset({",", ";", ":", "(", ")", '"', "--", "\u2013", "\u2014", "."})
LONGEST_HEAD = 4


@cache
def words_of(sense: str) -> frozenset[str]:
    """Return the small words of one sense that phrases are read by: "quantity", "backer", "suspect" and so on.

    Source: the lexicon's phrase_words.
    """
    return frozenset(row["word"] for row in lexicon.rows("phrase_words") if row["sense"] == sense)


def left_edge(head: Token) -> Token:
    """Return the first word of a noun phrase, without articles, numbers, quantifiers and possessors."""
    doc, edge, behind = head.doc, head, head
    for index in range(head.i - 1, max(head.i - 9, -1), -1):
        if behind.is_sent_start:  # costs less than asking for the sentence
            break
        token = behind = doc[index]
        governor = token.head
        if token.lower_ in words_of("backer") and edge.i - token.i == 1:
            edge = token
            continue
        if token.dep_ not in LEFT_DEPS and not (token.dep_ in {"conj", "cc"} and edge.i - token.i == 1):
            break
        if (
            token.is_space
            or token.ent_type_ in {"DATE", "TIME"}
            or token.text in SEPARATORS
            or token.tag_ in {"CD", "PDT", "DT", "PRP$", "POS", "VBZ", "VBD"}
        ):
            break
        if not head.i >= governor.i >= token.i - 2 or (token.dep_ in {"conj", "cc"} and governor.i >= head.i):
            break
        joined = token.nbor(1).text == "-"
        if token.dep_ in {"advmod", "npadvmod"} and governor.pos_ in {"NUM", "VERB"} and not joined:
            break
        if token.tag_ == "VBG" and token.i > 0 and token.nbor(-1).lower_ in {"and", "or", "by", "of", "from", ","}:
            break
        edge = token
    while edge.i < head.i and (
        edge.pos_ in {"PUNCT", "CCONJ", "NUM", "ADP", "DET", "ADV"} or edge.lower_ in words_of("quantifier")
    ):
        edge = edge.nbor(1)
    return edge


def phrase(head: Token) -> Span:
    """Return the head with its modifiers to the left: "allied militiamen" of "the 20 allied militiamen"."""
    return head.doc[left_edge(head).i : head.i + 1]


def head_words(token: Token) -> tuple[str, ...]:
    """Return the forms under which a word stands in the lexicon: as written, then its lemma."""
    lower, lemma = token.lower_, token.lemma_.lower()
    if lower == lemma and len(lower) > 4 and lower.endswith("s") and not lower.endswith("ss"):
        lemma = lower[:-1]
    return (lower,) if lower == lemma else (lower, lemma)


def head_phrases(head: Token) -> Iterator[str]:
    """Yield the head with ever fewer of the words before it, the longest first: "riot police", "police".

    The words before the head keep their form; the head comes as written and as its lemma. "X of Y" follows for heads
    such as "ministry of defence".
    """
    yield from _followed(head)
    first = max(left_edge(head).i, head.i - LONGEST_HEAD + 1)
    for start in range(first, head.i + 1):
        before = head.doc[start : head.i].text_with_ws.lower()
        for form in head_words(head):
            yield before + form


def _followed(head: Token) -> Iterator[str]:
    doc, end = head.doc, head.i + 1
    if end + 1 < len(doc) and doc[end].lower_ == "of":
        for stop in range(min(end + 5, len(doc)), end + 1, -1):
            yield f"{head.lower_} {doc[end:stop].text.lower()}"
            if doc[end + 1].lower_ == "the":
                yield f"{head.lower_} of {doc[end + 2 : stop].text.lower()}"


def is_head(token: Token) -> bool:
    """Return whether a noun heads a phrase of its own rather than standing before another noun."""
    if token.pos_ not in NOMINAL:
        return token.tag_.startswith("NN")
    return not (token.dep_ in {"compound", "nmod", "amod"} and token.head.i > token.i)


def in_clause(head: Token) -> Token:
    """Return the noun that has the phrase's function in its clause.

    That is the first of several coordinated ones, and the number in "tens of thousands of people".
    """
    node = head
    while node.head.i != node.i:
        if node.dep_ == "conj" and node.head.pos_ in NOMINAL | {"PRON", "NUM"}:
            node = node.head
        elif node.dep_ == "pobj" and node.head.lower_ == "of" and is_quantity(node.head.head):
            node = node.head.head
        else:
            break
    return node


def is_quantity(token: Token) -> bool:
    """Return whether a word only says how many: "hundreds" of "hundreds of people"."""
    return token.pos_ == "NUM" or token.lower_ in words_of("quantity")


def modifiers(head: Token) -> tuple[Token, ...]:
    """Return the words between the phrase's beginning and its head."""
    return tuple(head.doc[left_edge(head).i : head.i])


def possessor(head: Token) -> Token | None:
    """Return the noun or pronoun that possesses: "Moscow" of "Moscow's army", "his" of "his men"."""
    for child in head.lefts:
        if child.dep_ == "poss":
            return child
    before, first = left_edge(head).i - 1, sentence_of(head).start
    while before >= first and head.doc[before].lower_ in words_of("quantifier"):
        before -= 1
    if before >= first:
        token: Token = head.doc[before]
        if token.tag_ == "PRP$":
            return token
        if token.tag_ == "POS" and before > first:
            owner: Token = head.doc[before - 1]
            return owner
    return None


def complement(head: Token, prepositions: frozenset[str]) -> Token | None:
    """Return the noun behind one of the prepositions on a head: "Hamas" of "the armed wing of Hamas"."""
    for child in head.rights:
        if child.dep_ in {"prep", "agent"} and child.lower_ in prepositions and child.i - head.i <= 4:
            for inner in child.rights:
                if inner.dep_ in {"pobj", "pcomp"}:
                    token: Token = inner
                    return token
    if head.i + 1 == len(head.doc) or head.nbor(1).lower_ not in prepositions:
        return None
    following = head.doc[head.i + 1 : sentence_of(head).end]
    if following and following[0].lower_ in prepositions:
        for token in following[1:6]:
            if token.pos_ in NOMINAL and is_head(token):
                return token
            if token.pos_ in {"VERB", "PUNCT", "AUX"}:
                return None
    return None


def appositions(head: Token) -> tuple[Token, ...]:
    """Return the nouns set beside a head: "the group JNIM", "Ali, a spokesman"; the governor too where it is one."""
    found = [child for child in head.rights if child.dep_ == "appos"]
    if head.dep_ == "appos":
        found.append(head.head)
    return tuple(found)


def is_definite(head: Token) -> bool:
    """Return whether an article or demonstrative says that the thing is known."""
    return any(child.lower_ in DETERMINERS for child in head.lefts if child.dep_ in {"det", "predet", "preconj"})


def is_plural(head: Token) -> bool:
    """Return whether a noun or pronoun stands for more than one."""
    if head.tag_ in {"NNS", "NNPS"}:
        return True
    return head.lower_ in {"they", "them", "their", "theirs", "themselves", "people", "police", "troops", "forces"}


def span_head(span: Span) -> Token:
    """Return the word of a name that the rest of the sentence hangs on."""
    root = span.root
    return root if root.pos_ not in {"PUNCT", "ADP", "DET"} else span[-1]
