"""Who is the subject and what the object of a verb, whatever the surface says.

Passives, reduced and full relative clauses, participles and infinitives without a subject of their own, and
coordination are brought to one view.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from kg import lexicon
from kg.language.lemmas import lemma_of
from kg.language.texts import sentence_of

__all__ = [
    "RELATIVE_TAGS",
    "agents",
    "coordinated",
    "governor",
    "is_nominal",
    "is_passive",
    "objects",
    "prepositional",
    "subjects",
]

RELATIVE_TAGS = frozenset({"WDT", "WP", "WP$"})
SUBJECT_DEPS = frozenset({"nsubj", "nsubjpass"})
DEEPEST = 6
# Where a noun has a clause of its own above it, a past tense that hangs on it is a participle.
NAMING = frozenset({"appos", "attr", "dobj", "nsubj", "nsubjpass", "pobj"})
# "called on the rebels to withdraw", "appealed to them to leave": who is called on, is to act.
CALLED_ON = frozenset({"on", "to", "upon", "with"})
FINITE = frozenset({"VBD", "VBP", "VBZ"})
# How the parser hangs a one-word name that it does not take for a subject.
MISPLACED = frozenset({"compound", "nmod", "npadvmod", "dep", "amod", "advmod", "appos"})


def is_nominal(token: Token) -> bool:
    """Return whether a word names its event as a noun does, gerunds included: "the shelling of", "shelling by"."""
    if token.pos_ in {"NOUN", "PROPN"}:
        return True
    if token.tag_ != "VBG" or any(child.dep_ in {"aux", "dobj", "nsubj"} for child in token.children):
        return False
    if token.dep_ in {"pobj", "nsubj", "nsubjpass", "dobj"}:
        return True
    if any(child.dep_ in {"det", "poss", "amod", "nmod", "compound"} and child.i < token.i for child in token.children):
        return True
    opens = not any(word.is_alpha for word in token.doc[sentence_of(token).start : token.i])
    return opens and any(child.lower_ in {"by", "of"} for child in token.children)


def coordinated(token: Token) -> tuple[Token, ...]:
    """Return a noun with those coordinated with it: "troops and militiamen" gives both heads."""
    found = [token]
    for child in token.rights:
        if child.dep_ == "conj" and child.pos_ in {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "VERB"}:
            found.extend(coordinated(child))
    return tuple(found)


def is_passive(verb: Token) -> bool:
    """Return whether a verb form has its logical object as subject."""
    if any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children):
        return True
    if any(child.dep_ in {"aux", "dobj"} for child in verb.children):
        return False
    if verb.tag_ in {"VBD", "VBN"} and (
        verb.dep_ == "csubjpass" or (verb.dep_ == "ROOT" and any(_takes_over(verb, child) for child in verb.rights))
    ):
        return True
    if verb.dep_ == "acl" and (verb.tag_ == "VBN" or (verb.tag_ == "VBD" and verb.head.dep_ in NAMING)):
        # "a member of Parliament detained in August": the tagger may take the participle for a past tense.
        return not any(child.dep_ == "nsubj" for child in verb.children)
    if verb.tag_ == "VBD" and verb.dep_ == "conj" and verb.head.tag_ == "VBN":
        # "were taken off a bus and shot dead": the tagger may take the second participle for a past tense.
        dead = any(child.dep_ in {"oprd", "acomp"} for child in verb.children)
        return dead and not any(child.dep_ == "nsubj" for child in verb.children) and is_passive(verb.head)
    if verb.tag_ != "VBN":
        return False
    if any(child.dep_ == "nsubj" for child in verb.children):
        # "15 more killed in Lamu": a headline leaves the auxiliary out.
        return verb.dep_ == "ROOT" and lemma_of(verb) not in _intransitive()
    if verb.dep_ in {"advcl", "amod"}:
        return True
    return verb.dep_ == "conj" and verb.head.pos_ == "VERB" and is_passive(verb.head)


def _takes_over(verb: Token, later: Token) -> bool:
    """ "Women detained at the camp were beaten": the parser takes the participle for the main verb."""
    if later.dep_ not in {"dep", "advcl", "ccomp"} or later.pos_ not in {"VERB", "AUX"}:
        return False
    if any(child.dep_ in {*SUBJECT_DEPS, "mark", "cc", "advmod"} and child.i < later.i for child in later.children):
        return False
    finite = [child for child in later.lefts if child.dep_ in {"aux", "auxpass"} and child.tag_ in FINITE]
    return bool(finite) and not any(token.text == "," for token in verb.doc[verb.i : finite[0].i])


def subjects(verb: Token, depth: int = 0) -> tuple[Token, ...]:
    """Return the surface subjects of a verb, its own or those that it shares with its governor."""
    if depth > DEEPEST:
        return ()
    own = [child for child in verb.children if child.dep_ in SUBJECT_DEPS and not _is_late(child, verb)]
    clause = next((child for child in verb.lefts if child.dep_ == "csubjpass" and is_passive(child)), None)
    if clause is not None and not own:
        return subjects(clause, depth + 1)
    if (carried := _carried_on(verb)) is not None:
        return subjects(carried, depth + 1)
    if verb.dep_ == "amod" and verb.tag_ == "VBG" and _governing_preposition(verb) is None:
        return coordinated(verb.head)
    if own:
        found = [noun for token in own for noun in coordinated(_antecedent(token, verb))]
        return (*_joined_before(own[0], found), *found)
    if verb.tag_ in FINITE and (name := _name_before(verb)) is not None:
        return (name,)
    if verb.dep_ in {"relcl", "acl"}:
        if verb.dep_ == "acl" and verb.tag_ == "VB":
            return _subjects_of_noun(verb.head, depth)
        return (
            coordinated(verb.head)
            if verb.head.pos_ in {"NOUN", "PROPN", "PRON", "NUM"}
            else subjects(verb.head, depth + 1)
        )
    if verb.dep_ == "conj":
        if verb.head.pos_ in {"VERB", "AUX"}:
            return subjects(verb.head, depth + 1)
        return _subjects_of_noun(verb.head, depth)
    says = any(child.dep_ == "ccomp" for child in verb.children)
    if verb.dep_ == "advcl" and verb.tag_ == "VBG" and not says and (told := _told_before(verb)) is not None:
        return subjects(told, depth + 1)
    if (gerund := _governing_preposition(verb)) is not None:
        host = gerund.head
        return _controller(host, depth, preposition=gerund.lower_) if host.pos_ in {"VERB", "AUX"} else ()
    if verb.dep_ == "advcl" and verb.tag_ == "VBG" and verb.head.pos_ == "VERB" and not is_passive(verb.head):
        # "Used live rounds to scatter them, killing eight": whoever used them.
        return subjects(verb.head, depth + 1)
    if verb.dep_ in {"xcomp", "advcl", "ccomp", "dep"}:
        return _controller(verb.head, depth) if verb.head.i != verb.i else ()
    if verb.dep_ == "pcomp":
        host = verb.head.head
        if host.pos_ in {"VERB", "AUX"}:
            return _controller(host, depth, preposition=verb.head.lower_)
        if verb.head.lower_ == "of" and host.dep_ == "dobj" and lemma_of(host.head) in _object_control():
            # "accused the battalion of kidnapping": the parser hangs the deed on the accused.
            return coordinated(host)
        return _subjects_of_noun(host, depth)
    return ()


def _told_before(verb: Token) -> Token | None:
    """The verb of what is said, before a participle that goes on from it: "said that rebels came, burning huts"."""
    return next((c for c in verb.head.lefts if c.dep_ == "ccomp" and c.pos_ == "VERB"), None) or next(
        (c for c in verb.head.rights if c.dep_ == "ccomp" and c.pos_ == "VERB" and c.i < verb.i), None
    )


def _carried_on(verb: Token) -> Token | None:
    """The verb that a participle goes on from, which the parser took for an adjective: "raided camps, burning huts"."""
    joined = verb.dep_ == "amod" and verb.tag_ == "VBG" and verb.head.dep_ == "conj" and verb.head.head.pos_ == "VERB"
    return verb.head.head if joined and verb.i > verb.head.head.i else None


def _governing_preposition(verb: Token) -> Token | None:
    """The preposition of a gerund that the parser took for an adjective: "succeeded in liberating villages"."""
    if verb.dep_ != "amod" or verb.tag_ != "VBG" or verb.i == 0 or verb.head.dep_ != "pobj":
        return None
    before = verb.doc[verb.i - 1]
    return before if before.dep_ == "prep" and verb.head.head.i == before.i else None


def objects(verb: Token) -> tuple[Token, ...]:
    """Return the logical objects of a verb: of a passive its subject, of a relative clause the antecedent."""
    found: list[Token] = []
    if _governing_preposition(verb) is not None or _carried_on(verb) is not None:
        return coordinated(verb.head)
    if verb.dep_ == "amod" and verb.tag_ in {"VBN", "VBD", "JJ"} and verb.head.pos_ in {"NOUN", "PROPN"}:
        return (verb.head,)
    if is_passive(verb):
        found.extend(subjects(verb))
    elif verb.tag_ == "VBN" and verb.dep_ == "ROOT":
        # "15 more killed in Gao": in headlines a bare number is whom it happened to.
        found.extend(child for child in verb.lefts if child.dep_ == "npadvmod" and child.pos_ == "NUM")
    for child in verb.children:
        if child.dep_ in {"dobj", "obj"}:
            found.extend(coordinated(_antecedent(child, verb)))
        elif child.dep_ == "dative" and child.pos_ != "ADP":
            found.extend(coordinated(child))
        elif child.dep_ in {"ccomp", "xcomp"} and (child.pos_ == "ADJ" or child.tag_ == "VB"):
            # "Set six soldiers free", "let the hostages go": the parser makes a clause of them.
            to = any(word.lower_ == "to" for word in child.children)
            found.extend(() if to else (one for c in child.children if c.dep_ == "nsubj" for one in coordinated(c)))
    if not found and not is_passive(verb):
        found.extend(one for child in verb.rights if _is_late(child, verb) for one in coordinated(child))
    if not found and (mistaken := _object_before_speech(verb)) is not None:
        found.append(mistaken)
    if not found:
        found.extend(_gap(verb))
    if not found:
        for child in verb.rights:
            if (
                child.dep_ == "conj"
                and child.pos_ == "VERB"
                and not any(c.dep_ in SUBJECT_DEPS for c in child.children)
            ):
                found.extend(objects(child) if not is_passive(child) else ())
    return tuple(found)


def agents(verb: Token) -> Iterator[Token]:
    """Yield who does what a passive tells: "backed by the army", "said by officials"."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            yield from (inner for inner in child.children if inner.dep_ == "pobj")


def governor(token: Token) -> Token | None:
    """Return the nearest verb above a token, or None at the root."""
    above = token
    while above.head.i != above.i:
        above = above.head
        if above.pos_ in {"VERB", "AUX"}:
            return above
    return None


@cache
def _intransitive() -> frozenset[str]:
    return frozenset(row["lemma"] for row in lexicon.rows("intransitive_verbs"))


@cache
def _object_control() -> frozenset[str]:
    return frozenset(row["verb"] for row in lexicon.rows("object_control"))


def _name_before(verb: Token) -> Token | None:
    """The name right before a finite verb without subject, which the parser hung on the verb's object or the verb."""
    position = verb.i - 1
    while position > sentence_of(verb).start and verb.doc[position].dep_ in {"aux", "auxpass", "neg", "advmod"}:
        position -= 1
    name = verb.doc[position]
    if position < sentence_of(verb).start or name.pos_ not in {"PROPN", "NOUN"} or name.dep_ not in MISPLACED:
        return None
    hung_on = name.head
    return name if hung_on.i == verb.i or hung_on.head.i == verb.i else None


def _joined_before(subject: Token, found: list[Token]) -> tuple[Token, ...]:
    """The name before "and" that the parser did not join: "UNITA and the army clashed"."""
    first = subject.left_edge.i
    if first < 2 or subject.doc[first - 1].lower_ != "and" or first - 2 < sentence_of(subject).start:
        return ()
    name = subject.doc[first - 2]
    known = name in found or name.pos_ not in {"PROPN", "NOUN"} or name.dep_ not in {*MISPLACED, "nsubj", "ROOT"}
    return () if known else (name,)


def _gap(verb: Token) -> tuple[Token, ...]:
    clause = verb
    while clause.dep_ in {"conj", "xcomp"} and clause.head.pos_ == "VERB":
        clause = clause.head
    if clause.dep_ != "relcl" or is_passive(verb):
        return ()
    own = [child for child in clause.children if child.dep_ == "nsubj"]
    if own and own[0].tag_ not in RELATIVE_TAGS:
        return coordinated(clause.head)[:1]
    return ()


def _antecedent(token: Token, verb: Token) -> Token:
    if token.tag_ not in RELATIVE_TAGS:
        return token
    clause = verb
    while clause.dep_ in {"conj", "xcomp", "ccomp"} and clause.head.i != clause.i:
        clause = clause.head
    return clause.head if clause.dep_ == "relcl" else token


def _controller(verb: Token, depth: int, preposition: str | None = None) -> tuple[Token, ...]:
    if verb.pos_ not in {"VERB", "AUX"}:
        return _subjects_of_noun(verb, depth)
    if lemma_of(verb) in _object_control() and (preposition is None or preposition in {"of", "for", "into", "from"}):
        controlled = objects(verb) or tuple(token for name, token in prepositional(verb) if name in CALLED_ON)
        if controlled:
            return controlled
    if is_passive(verb):
        return objects(verb)
    return subjects(verb, depth + 1)


def _subjects_of_noun(noun: Token, depth: int) -> tuple[Token, ...]:
    for child in noun.children:
        if child.dep_ == "poss":
            return coordinated(child)
    above = governor(noun)
    return subjects(above, depth + 1) if above is not None else ()


def _is_late(noun: Token, verb: Token) -> bool:
    """An object that the parser takes for a second subject: "fighters overran al-Qasr, some 20 miles away"."""
    late = noun.dep_ == "nsubj" and noun.i > verb.i
    return late and any(child.dep_ == "nsubj" for child in verb.lefts)


def _object_before_speech(verb: Token) -> Token | None:
    """The object that the parser takes for who speaks: "rebels captured the town of X, state media said"."""
    speech = verb.head
    if verb.dep_ != "ccomp" or speech.i <= verb.i or verb.tag_ not in {"VBD", "VBN"} or is_passive(verb):
        return None
    subject = next((child for child in speech.lefts if child.dep_ == "nsubj"), None)
    return subject if subject is not None and subject.left_edge.i == verb.i + 1 else None


def _between(head: Token, child: Token) -> Iterator[Token]:
    """The second of the two in "clashes between the army (A) and the rebels", which the parser joins to the clashes."""
    if child.lower_ == "between" and not any(t.dep_ == "conj" for inner in child.children for t in inner.children):
        yield from (other for other in head.rights if other.dep_ == "conj" and other.i > child.i)


def prepositional(head: Token) -> Iterator[tuple[str, Token]]:
    """Yield what hangs on a word by a preposition, with the preposition: "by" for an agent, "out of" as one."""
    for child in head.children:
        yield from (("between", token) for token in _between(head, child))
        if child.dep_ in {"prep", "agent", "dative"} and child.pos_ in {"ADP", "SCONJ", "ADV", "VERB", "PART"}:
            name = "by" if child.dep_ == "agent" else child.lower_
            for grandchild in child.children:
                if grandchild.dep_ == "pobj":
                    if grandchild.tag_ in RELATIVE_TAGS:
                        continue
                    for token in coordinated(grandchild):
                        yield name, token
                elif grandchild.dep_ == "prep":
                    inner = grandchild.lower_
                    for token in (t for c in grandchild.children if c.dep_ == "pobj" for t in coordinated(c)):
                        yield (f"{name} {inner}" if name == "out" else inner), token
                elif grandchild.dep_ == "conj" and grandchild.pos_ == "ADP":
                    for token in (t for c in grandchild.children if c.dep_ == "pobj" for t in coordinated(c)):
                        yield grandchild.lower_, token
        elif child.dep_ == "prep" and child.lower_ == "according":
            continue
