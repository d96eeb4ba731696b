"""Links the names of a report: those that the authority knows, and those that the report itself introduces."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from spacy.tokens import Doc, Span, Token

from kg.actors.descriptions import name_type
from kg.actors.report_names import Name, abbreviations, unknown_names
from kg.model import Actor, Mention

__all__ = ["linked_names"]


def linked_names(
    doc: Doc, named: Iterable[Mention], placed: Collection[int], choose: Callable[[Span], Actor | None]
) -> tuple[Name, ...]:
    """Return the names of a Doc in order, none overlapping another.

    `named` are the mentions of known names, `placed` the tokens of places; `choose` decides what an ambiguous name
    means where the whole report and its year are known. What the report says of an abbreviation goes before what the
    authority knows of it.
    """
    known: dict[int, Name] = {}
    for mention in named:
        span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is None or _sided(span[0]) or _is_part(span):
            continue
        actor = choose(span) or (mention.value if isinstance(mention.value, Actor) else None)
        if actor is not None:
            known[span.end] = Name(span.start, span.end, actor)
    short = abbreviations(doc, known, placed)
    for name in short.values():
        known.setdefault(name.end, name)
    taken = {index for name in known.values() for index in range(name.start, name.end)}
    for name in unknown_names(doc, taken, placed):
        known.setdefault(name.end, name)
    defined = {text: name.actor for text, name in short.items()}
    found = _with_abbreviations(doc, known, defined)
    return tuple(sorted(_with_short_forms(doc, found, placed), key=lambda name: name.start))


def _with_abbreviations(doc: Doc, known: Mapping[int, Name], defined: Mapping[str, Actor]) -> dict[int, Name]:
    """Return the names with each abbreviation meaning what the report defines it to mean, before and after that."""
    within = {index for name in known.values() if name.end - name.start > 1 for index in range(name.start, name.end)}
    found = dict(known)
    for token in doc if defined else ():
        if token.text in defined and token.i not in within:
            found[token.i + 1] = Name(token.i, token.i + 1, defined[token.text])
    return found


def _sided(token: Token) -> bool:
    """Return whether "pro-" or "anti-" stands before a name: "pro-Russian rebels" are not Russian."""
    before = token.doc[max(0, token.i - 2) : token.i].text.lower()
    return before in {"pro-", "anti-", "non-"}


def _is_part(span: Span) -> bool:
    """Return whether a name is but a part of a larger phrase: "the Indian state of Kerala"."""
    following = span.doc[span.end] if span.end < len(span.doc) else None
    return span[-1].lower_ == "state" and following is not None and following.lower_ == "of"


def _with_short_forms(doc: Doc, found: Mapping[int, Name], placed: Collection[int]) -> Iterator[Name]:
    """Yield the names, and "the Front" where a name such as "Popular Front" went before."""
    taken = {index for name in found.values() for index in range(name.start, name.end)}
    yield from found.values()
    names = sorted(found.values(), key=lambda name: name.start)
    for token in doc[1:]:
        if not token.is_title or token.i in taken or token.i in placed or doc[token.i - 1].lower_ != "the":
            continue
        after = doc[token.i + 1] if token.i + 1 < len(doc) else None
        if after is not None and after.is_title and after.i not in taken:
            continue
        before = [name for name in names if name.end <= token.i and name.end - name.start > 1]
        known = next((name for name in reversed(before) if _shortens(token, doc[name.start : name.end])), None)
        if known is not None:
            yield Name(token.i, token.i + 1, known.actor)


def _shortens(token: Token, name: Span) -> bool:
    """Return whether a word alone can stand for a name: its last word, or the one that says what it is."""
    if token.text in {name[-1].text, name[-1].text + "s"}:
        return True
    return name_type(token.text) is not None and any(token.text in {word.text, word.text + "s"} for word in name)
