"""Runs the stages in order; the file to read first.

Report -> Doc -> mentions (dates, figures, actors, places) -> drafts of claims -> claims -> events
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date

from spacy.tokens import Doc

from kg.actors import ActorLinker
from kg.actors.authority import Authority
from kg.actors.rows import ActorRow
from kg.claims import read_claims
from kg.claims.attribution import Attributor
from kg.claims.fillers import Fillers, sets_scene
from kg.claims.fusion import fuse
from kg.claims.quotations import Quotations
from kg.dates import find_dates
from kg.figures import find_figures
from kg.language import DEFAULT_MODEL, Language
from kg.model import Actor, Claim, Event, Mention, MentionKind, Place, Report
from kg.places import PlaceLinker
from kg.places.described import described_places
from kg.places.gazetteer import Gazetteer
from kg.places.rows import OwnPlace, gazetteer_rows

__all__ = ["Pipeline", "Reading"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was understood of one report."""

    report: Report
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    events: tuple[Event, ...]


class Pipeline:
    """Reads reports with one spaCy pipeline, one gazetteer and one authority of actors.

    `actors` and `places` are rows of the user's own that authority and gazetteer take in. Raises
    `kg.language.ModelNotFound` where the spaCy pipeline is not installed, and TableError for a row that can't be used.
    """

    def __init__(
        self, model: str = DEFAULT_MODEL, *, actors: Iterable[ActorRow] = (), places: Iterable[OwnPlace] = ()
    ) -> None:
        with ThreadPoolExecutor(1) as beside:
            # Unpacking the gazetteer leaves the interpreter free to load the model.
            opening = beside.submit(Gazetteer.open)
            self.language = Language(model)
            shipped = opening.result()
        self.gazetteer = shipped.extended(gazetteer_rows(tuple(places), shipped))
        self.authority = Authority.open(country=self.gazetteer.country, added=actors)
        self._places = PlaceLinker(self.gazetteer)
        self._actors = ActorLinker(self.authority)

    def read(self, report: Report) -> Reading:
        """Return what is understood of one report."""
        return next(self.pipe([report]))

    def pipe(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """Yield the readings of reports, in their order."""
        listed = list(reports)
        for report, doc in zip(listed, self.language.pipe(listed), strict=True):
            yield self._reading(report, doc)

    def linked(self, reports: Iterable[Report]) -> Iterator[tuple[Report, tuple[Mention, ...]]]:
        """Yield reports with their linked mentions alone, in their order."""
        listed = list(reports)
        for report, doc in zip(listed, self.language.pipe(listed), strict=True):
            yield report, self._with_descriptions(report, doc)

    def mentions(self, doc: Doc, issued: date | None) -> tuple[Mention, ...]:
        """Return all linked mentions of a Doc, in the order of the text."""
        named = self._actors.names(doc)
        homes = tuple(home for mention in named if (home := _home(mention)) is not None)
        places = self._places.link(doc, tuple((mention.start, mention.end) for mention in named), homes)
        actors = self._actors.link(doc, issued, named, places)
        found = (*actors, *map(_as_named, places), *find_dates(doc, issued), *find_figures(doc))
        return tuple(sorted(found, key=lambda m: (m.start, m.end, m.kind)))

    def _with_descriptions(self, report: Report, doc: Doc) -> tuple[Mention, ...]:
        """All mentions of a report, places that are only described among them, which claims read for themselves."""
        mentions = self.mentions(doc, report.issued)
        actors = {(m.start, m.end) for m in mentions if m.kind is MentionKind.ACTOR}
        places = [m for m in mentions if m.kind is MentionKind.PLACE and (m.start, m.end) not in actors]

        def anaphor(word: str, offset: int) -> Place | None:
            return self._places.resolve_anaphor(word, offset, places)

        described = described_places(doc, report.id, places, mentions, anaphor)
        return tuple(sorted((*mentions, *described), key=lambda m: (m.start, m.end, m.kind)))

    def _reading(self, report: Report, doc: Doc) -> Reading:
        mentions = self.mentions(doc, report.issued)
        by_kind = {kind: tuple(m for m in mentions if m.kind is kind) for kind in MentionKind}
        places = by_kind[MentionKind.PLACE]
        acting = {(mention.start, mention.end) for mention in by_kind[MentionKind.ACTOR]}
        # A capital that stands for its government is not where "there" is.
        stood_in = tuple(place for place in places if (place.start, place.end) not in acting and sets_scene(doc, place))
        fillers = Fillers(
            doc,
            by_kind[MentionKind.ACTOR],
            places,
            lambda head, offset: self._places.resolve_anaphor(head, offset, stood_in),
            self.authority.actor("civilians"),
            self.authority,
        )
        claims = read_claims(
            report,
            doc,
            fillers,
            Attributor(fillers, Quotations(doc, fillers)),
            by_kind[MentionKind.DATE],
            by_kind[MentionKind.FIGURE],
        )
        return Reading(report=report, mentions=mentions, claims=claims, events=fuse(claims))


def _as_named(mention: Mention) -> Mention:
    """The mention of a place whose value has the name that the report uses for it."""
    place = mention.value
    if not isinstance(place, Place) or mention.text in (place.label, *place.names):
        return mention
    return replace(mention, value=replace(place, names=(*place.names, mention.text)))


def _home(mention: Mention) -> str | None:
    """Return the country code of an actor that a name means, None for one that is of none."""
    return mention.value.country.country_code if isinstance(mention.value, Actor) and mention.value.country else None
