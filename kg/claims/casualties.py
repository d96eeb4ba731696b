"""Gives the numbers of people to the claims that they measure, and folds "killing 12" into the attack that killed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from kg import lexicon
from kg.claims.events import Draft
from kg.claims.fillers import Fillers
from kg.claims.predicates import Argument
from kg.figures import count_of
from kg.language.clauses import coordinated, governor, objects, subjects
from kg.language.lemmas import lemma_of
from kg.language.texts import sentence_of
from kg.model import Actor, Figure, Mention

__all__ = ["Toll", "fold_tolls"]

CAUSING = frozenset(["in", "by", "during", "from", "after", "as", "when", "under"])
KILLING = frozenset(["Battle", "Attack", "AirStrike", "Shelling", "Bombing", "ChemicalAttack"])
BODILY = frozenset(["killed", "wounded"])
# A force that takes a place "at the cost of two dead" has lost them in taking it.
COSTLY = frozenset(["Capture", "Advance", "Withdrawal", "Siege"])
PARTS_OF_SPEECH = {"VERB": "verb", "NOUN": "noun", "ADJ": "adjective", "AUX": "verb"}


@dataclass(frozen=True, slots=True)
class Toll:
    """What one draft's claim measures: its figures and the people they count."""

    figures: tuple[Figure, ...]
    victims: tuple[Actor, ...]


@dataclass(frozen=True, slots=True)
class _Casualty:
    word: Token
    measure: str
    counted: tuple[Token, ...]


@cache
def _class(kind: str) -> frozenset[str]:
    """Words for people of whom nothing is said (`vague`), for numbers of them (`quantity`), for parts of a number.

    `loss`: "cost nine lives"; `owned`: "the bodies of nine"; `price`: "at the cost of nine dead"; `living`: what kills
    or wounds the living only.
    """
    return frozenset(row["lemma"] for row in lexicon.rows("casualty_words") if row["class"] == kind)


@cache
def _words() -> dict[tuple[str, str], tuple[dict[str, str], ...]]:
    table: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in lexicon.rows("casualties"):
        table.setdefault((row["lemma"], row["pos"]), []).append(row)
    return {key: tuple(rows) for key, rows in table.items()}


def fold_tolls(
    doc: Doc, drafts: tuple[Draft, ...], figures: tuple[Mention, ...], fillers: Fillers
) -> tuple[tuple[Draft, Toll], ...]:
    """Return the drafts that stand for themselves, each with its toll.

    A draft that only says what another did ("..., killing 12"; "12 were killed in an air strike") is folded into it.
    """
    by_trigger = {draft.trigger.i: draft for draft in drafts}
    tolls: dict[int, list[tuple[Figure | None, tuple[Actor, ...]]]] = {}
    folded: dict[int, Draft] = {}
    for casualty in _casualties(doc):
        own = by_trigger.get(casualty.word.i)
        if casualty.measure not in BODILY and (own is not None or casualty.word.pos_ == "NOUN"):
            # "Refugees" and "hostages" are who they are, not a toll.
            continue
        if casualty.measure not in BODILY and casualty.measure != "missing":
            # "Residents sought refuge in the town": another event's figure, not the attack's.
            continue
        counted = [
            (token, people)
            for token in casualty.counted
            if (people := fillers.actors(token))
            or token.i == casualty.word.i
            or _bare_number(token)
            or (token.i not in by_trigger and _is_somebody(token, casualty, figures))
        ]
        host = _host(casualty, by_trigger, own) if counted else None
        if host is None:
            continue
        while host.trigger.i in folded:
            host = folded[host.trigger.i]
        if own is not None and host is not own:
            folded[own.trigger.i] = host
        for token, people in counted:
            count = count_of(token, figures) if not _is_named(token) else None
            figure = Figure(casualty.measure, *count) if count is not None else None
            vague = lemma_of(token) in _class("vague") and host.target
            tolls.setdefault(host.trigger.i, []).append((figure, () if vague else people))
    for mention in figures:
        _take_left_over(fillers, mention, by_trigger, folded, tolls)
    for draft in drafts:
        told = {figure.measure for figure, _ in tolls.get(draft.trigger.i, []) if figure is not None}
        if draft.row.measure and draft.row.measure not in told & BODILY:
            for token in _counted_together(draft):
                count = count_of(token, figures)
                if count is not None:
                    entry = (Figure(draft.row.measure, *count), ())
                    tolls.setdefault(draft.trigger.i, []).append(entry)
    return tuple((draft, _toll(tolls.get(draft.trigger.i, []))) for draft in drafts if draft.trigger.i not in folded)


def _counted_together(draft: Draft) -> tuple[Token, ...]:
    counted = draft.counted or next((a.token for a in draft.arguments if _is_driven_out(draft, a)), None)
    if counted is None:
        return ()
    functions = {a.function for a in draft.arguments if a.token.i == counted.i}
    beside = (a.token for a in draft.arguments if a.function in functions)
    return tuple(
        dict.fromkeys(
            token
            for token in (counted, *beside)
            if not _is_named(token)
            and (token.i == counted.i or token.pos_ == "NUM" or any(c.dep_ == "nummod" for c in token.children))
            and (token.i == counted.i or not _is_part(token))
        )
    )


def _is_driven_out(draft: Draft, argument: Argument) -> bool:
    """ "Drove dozens of refugees out of the camp": a capture's frame, refined to a displacement, counts nobody."""
    return draft.event_class == "Displacement" and draft.row.frame == "expel" and argument.function == "object"


def _is_named(token: Token) -> bool:
    """ "A lawyer, John Doe" is somebody, not a number."""
    return any(child.dep_ == "appos" and child.pos_ == "PROPN" for child in token.children)


def _is_somebody(token: Token, casualty: _Casualty, figures: tuple[Mention, ...]) -> bool:
    """Whether a noun that no actor is known by stands for people: "killing a nurse and four Georgians"."""
    if lemma_of(casualty.word) not in _class("living") or token.pos_ not in {"NOUN", "PROPN"}:
        return False
    if token.tag_ in {"NN", "NNP"}:
        return any(child.lower_ in {"a", "an"} for child in token.children)
    return any(
        isinstance(mention.value, Figure)
        and mention.value.measure == casualty.measure
        and any(mention.start <= child.idx < mention.end for child in token.children)
        for mention in figures
    )


def _take_left_over(
    fillers: Fillers,
    mention: Mention,
    by_trigger: dict[int, Draft],
    folded: dict[int, Draft],
    tolls: dict[int, list[tuple[Figure | None, tuple[Actor, ...]]]],
) -> None:
    """Give a number of dead or wounded that nothing has taken to the event that its clause tells of."""
    span = fillers.doc.char_span(mention.start, mention.end, alignment_mode="expand")
    figure = mention.value
    if span is None or not isinstance(figure, Figure) or figure.measure not in BODILY or _is_part(span.root):
        return
    noun = span.root.head
    things = (t for child in span.root.children if child.lower_ == "of" for t in child.children if t.pos_ == "NOUN")
    if any(not fillers.actors(thing) and lemma_of(thing) not in _class("vague") for thing in things):
        # "Dozens of rockets" are nobody.
        return
    harm = (lemma_of(noun), "noun") in _words() or (noun.lower_, "adjective") in _words()
    if span.root.dep_ == "nummod" and not (harm or fillers.actors(noun) or lemma_of(noun) in _class("vague")):
        # "Fired 48 rockets, killing two": what is counted must be people, or be the dead and wounded themselves.
        return
    host = _nearest(span.root, by_trigger)
    while host is not None and host.trigger.i in folded:
        host = folded[host.trigger.i]
    if host is None:
        return
    taken = tolls.setdefault(host.trigger.i, [])
    if any(other is not None and other.measure == figure.measure for other, _ in taken):
        return
    elsewhere = (other for entries in tolls.values() for other, _ in entries)
    if figure not in elsewhere:
        taken.append((figure, ()))


def _is_part(number: Token) -> bool:
    """ "Including four children", "among them two nurses", "two of them": counted already."""
    noun = number.head if number.dep_ == "nummod" else number
    before = noun.doc[max(noun.left_edge.i - 2, sentence_of(noun).start) : number.i]
    if any(token.lower_ in _class("part") for token in before):
        return True
    return noun.dep_ in {"appos", "npadvmod", "dep"} and any(
        child.lower_ == "of" and any(c.tag_ in {"PRP", "WP"} for c in child.children) for child in noun.children
    )


def _nearest(number: Token, by_trigger: dict[int, Draft]) -> Draft | None:
    """The armed event above a number, the one that did it, or the last one before it in the sentence."""
    for above in number.ancestors:
        draft = _armed(by_trigger, above)
        if draft is None and lemma_of(above) in _class("price") and (verb := governor(above)) is not None:
            draft = by_trigger.get(verb.i)
            return draft if draft is not None and draft.event_class in COSTLY else None
        if draft is None and above.pos_ in {"VERB", "AUX"}:
            found = (_armed(by_trigger, noun) for noun in (*subjects(above), *_causes(above)))
            draft = next((one for one in found if one is not None), None)
        if draft is not None:
            return draft
    for earlier in range(number.i - 1, sentence_of(number).start - 1, -1):
        draft = _armed(by_trigger, number.doc[earlier])
        if draft is not None and not _in_aside(draft.trigger, number):
            return draft
    return None


def _in_aside(trigger: Token, word: Token) -> bool:
    """Whether a trigger stands in a relative clause that a later word is not part of."""
    clause = next((token for token in (trigger, *trigger.ancestors) if token.dep_ == "relcl"), None)
    return clause is not None and clause not in word.ancestors and clause.i != word.i


def _bare_number(token: Token) -> bool:
    """A number that stands for people alone ("wounding 200", "hundreds are missing"), not "hundreds of villages"."""
    if lemma_of(token) in _class("loss"):
        return True
    if token.pos_ != "NUM" and lemma_of(token) not in _class("quantity"):
        return False
    return not any(child.dep_ == "prep" and child.lower_ == "of" for child in token.children)


def _toll(entries: list[tuple[Figure | None, tuple[Actor, ...]]]) -> Toll:
    figures = tuple(dict.fromkeys(figure for figure, _ in entries if figure is not None))
    victims = {actor.key: actor for _, actors in entries for actor in actors}
    return Toll(figures, tuple(victims.values()))


def _casualties(doc: Doc) -> Iterator[_Casualty]:
    words = _words()
    for token in doc:
        pos = PARTS_OF_SPEECH.get(token.pos_)
        if pos is None:
            continue
        lemma = lemma_of(token)
        keys = [(lemma, pos)]
        if pos == "adjective" and token.tag_ in {"VBN", "VBD"}:
            keys.append((lemma, "verb"))
        if token.tag_ in {"VBN", "VBG"}:
            keys.append((token.lower_, "adjective"))
        for row in (row for key in keys for row in words.get(key, ())):
            counted = tuple(_whose(_counted(token, row)))
            if counted:
                yield _Casualty(token, row["measure"], counted)
                break


def _whose(counted: tuple[Token, ...]) -> Iterator[Token]:
    """ "The lives of 12 soldiers", "the bodies of three civilians": those whose they are."""
    for token in counted:
        owners = [c for child in token.children if child.lower_ == "of" for c in child.children if c.dep_ == "pobj"]
        yield from (
            (one for owner in owners for one in coordinated(owner))
            if lemma_of(token) in _class("owned") and owners
            else (token,)
        )


def _counted(token: Token, row: dict[str, str]) -> tuple[Token, ...]:
    # "Shooting dead ten villagers": the parser hangs the word on the villagers.
    following = token.doc[token.i + 1 : token.i + 2]
    beside = {word for child in (*token.children, *following) for word in (child.lower_, lemma_of(child))}
    if row.get("particle") and row["particle"] not in beside:
        return ()
    wanted = row["counted"]
    if wanted == "subject":
        return subjects(token)
    if wanted == "self":
        return subjects(token) if token.pos_ == "VERB" and token.dep_ != "amod" else _described(token)
    if token.pos_ not in {"VERB", "AUX"}:
        return _described(token)
    return tuple(_before(token)) or objects(token) or tuple(_behind_quantifier(token))


def _before(verb: Token) -> Iterator[Token]:
    """ "Three were killed and several dozen wounded": the number that stands for the second verb's own people."""
    if verb.dep_ == "conj" and verb.tag_ in {"VBN", "VBD"}:
        yield from (c for c in verb.children if c.dep_ == "npadvmod" and lemma_of(c) in _class("quantity"))


def _behind_quantifier(verb: Token) -> Iterator[Token]:
    """The parser takes "killing between 20 and 30 people" for a place or time: find the people again."""
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in {"between", "at", "over", "about", "around", "up", "under"}:
            yield from (c for c in child.children if c.dep_ == "pobj" and any(n.dep_ == "nummod" for n in c.children))


def _described(token: Token) -> tuple[Token, ...]:
    """The people that an adjective or noun of harm counts: "12 dead", "left 12 soldiers dead", "12 deaths"."""
    if token.dep_ in {"oprd", "acomp", "ccomp", "xcomp"} and token.head.pos_ in {"VERB", "AUX"}:
        found = objects(token.head) or subjects(token.head)
        own = tuple(child for child in token.children if child.dep_ == "nsubj")
        return own or found
    if token.dep_ == "conj" and any(child.dep_ == "nummod" for child in token.children):
        return (token,)
    if token.dep_ == "amod":
        return (token.head,)
    return (token,)


def _host(casualty: _Casualty, by_trigger: dict[int, Draft], own: Draft | None) -> Draft | None:
    word = casualty.word
    verb = word if word.pos_ in {"VERB", "AUX"} else governor(word)
    if verb is not None:
        for noun in (*subjects(verb), *_causes(verb)):
            draft = _armed(by_trigger, noun)
            if draft is not None and draft is not own:
                return draft
    node = verb
    while node is not None and node.dep_ in {"advcl", "conj", "xcomp", "acl", "relcl"} and node.head.i != node.i:
        shares = not any(
            child.dep_ in {"nsubj", "nsubjpass"} and child.tag_ not in {"WDT", "WP"} for child in node.children
        )
        node = node.head
        draft = _armed(by_trigger, node)
        if draft is not None and draft is not own and shares and _takes(draft, casualty):
            return draft
        if not shares:
            break
    if own is not None and own.initiator and word.tag_ != "VBG":
        return own
    for earlier in range(word.i - 1, sentence_of(word).start - 1, -1):
        draft = _armed(by_trigger, word.doc[earlier])
        if draft is not None and own is not None and word.tag_ != "VBG" and _in_aside(draft.trigger, word):
            # "In Kibirizi, which was raided in May, 26 villagers were killed": two statements.
            continue
        if draft is not None and draft is not own and _takes(draft, casualty):
            return draft
    if own is None and lemma_of(word) in _class("owned") and word not in casualty.counted:
        # "The bodies of two men were found in a house hit by a missile".
        return next(
            (one for later in word.doc[word.i : sentence_of(word).end] if (one := _armed(by_trigger, later))), None
        )
    return own


def _takes(draft: Draft, casualty: _Casualty) -> bool:
    """A killing takes the wounded beside it; two killings are two events."""
    return draft.row.frame != "kill" or draft.row.measure != casualty.measure


def _armed(by_trigger: dict[int, Draft], token: Token) -> Draft | None:
    inner = (
        below for child in token.children if child.lower_ == "of" for below in child.children if below.dep_ == "pobj"
    )
    beside = {"compound", "nsubj"} if token.pos_ == "VERB" else {"compound"}
    for candidate in (token, *(child for child in token.children if child.dep_ in beside), *inner):
        draft = by_trigger.get(candidate.i)
        if draft is not None and draft.event_class in KILLING:
            return draft
    return None


def _causes(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        if child.dep_ in {"prep", "agent", "advcl", "prt"} and child.lower_ in CAUSING:
            yield from (inner for inner in child.children if inner.dep_ in {"pobj", "pcomp"})
        if child.dep_ == "conj" and child.pos_ == "VERB":
            yield from _causes(child)
        if child.dep_ == "conj" and child.pos_ in {"NOUN", "NUM"} and verb.tag_ == "VBN":
            # "Two were killed and 20 others wounded by a mortar bomb": the parser makes the others a noun.
            yield from (cause for c in child.children if c.dep_ == "acl" for cause in _causes(c))
        if child.dep_ == "advcl" and any(c.lower_ in {"when", "as", "after"} for c in child.children):
            yield child
        # "... on Friday when their vehicle hit a mine": the parser hangs the clause on the day.
        for below in child.subtree:
            if below.dep_ == "relcl" and any(c.lower_ == "when" for c in below.children):
                yield below
