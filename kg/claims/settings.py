"""Gives each draft its place and time: its own, its cause's, else the scene that the report has set."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cache

from kg import lexicon
from kg.claims.calendar import Calendar
from kg.claims.circumstances import LEAVINGS, where
from kg.claims.events import Draft
from kg.claims.fillers import Fillers
from kg.language.texts import sentence_of, text_of
from kg.model import Period, Place, PlaceType

__all__ = ["Settings"]

# What these events are about is seldom where the scene is.
UNPLACED = frozenset(["Sanction", "Threat", "Negotiation", "Agreement", "Release", "Arrest", "Protest"])

TALKS = frozenset(["Sanction", "Threat", "Negotiation", "Agreement"])
PARAGRAPH_BREAK = re.compile(r"\n\n")


class Settings:
    """Place and time of the drafts of one report."""

    def __init__(self, drafts: Sequence[Draft], fillers: Fillers, calendar: Calendar) -> None:
        self._calendar = calendar
        self._drafts = {draft.trigger.i: draft for draft in drafts}
        own = {draft.trigger.i: where(draft, fillers, self._drafts) for draft in drafts}
        self._places = {}
        self._found_in: dict[int, str] = {}
        scene: Place | None = None
        set_at: Period | None = None
        paragraph, elsewhere = -1, False
        breaks = tuple(match.end() for match in PARAGRAPH_BREAK.finditer(text_of(fillers.doc)))
        placed = {bisect_right(breaks, mention.start) for mention in fillers.place_spans}
        for draft in drafts:
            here = bisect_right(breaks, draft.trigger.idx)
            if here != paragraph:
                # A paragraph that names places of its own is elsewhere, but for what it tells before it names them.
                elsewhere = here in placed
            if elsewhere and _names_place(draft, fillers):
                scene = None
            paragraph = here
            location, origin, destination = own[draft.trigger.i]
            found_in = "its clause or sentence"
            if location is None and draft.cause is not None and draft.cause.i in own:
                location, found_in = own[draft.cause.i][0], "the event that caused it"
            here_too = not elsewhere or _at_one_time(self._calendar.of(draft), set_at)
            if location is None and here_too and draft.event_class not in UNPLACED:
                location, found_in = scene, "the scene set before"
            if location is not None:
                self._found_in[draft.trigger.i] = f"place: {location.label}, from {found_in}"
            self._places[draft.trigger.i] = (location, origin, destination)
            # Who flees to a town leaves the scene, which goes on without them.
            stays = (origin or scene or location) if draft.event_class in LEAVINGS else location
            if stays is not None and draft.event_class not in TALKS:
                scene, set_at, elsewhere = stays, self._calendar.of(draft), False

        focus = self._focus()
        for draft in drafts:
            location, origin, destination = self._places[draft.trigger.i]
            if focus is not None and location is None and draft.event_class not in UNPLACED:
                self._places[draft.trigger.i] = (focus, origin, destination)
                self._found_in[draft.trigger.i] = f"place: {focus.label}, which most of the report is about"

    def _focus(self) -> Place | None:
        """Return the place of at least half of what has a place, where the report tells enough to know."""
        located = [
            location
            for trigger, (location, _, _) in self._places.items()
            if location is not None
            and location.type is not PlaceType.COUNTRY
            and self._drafts[trigger].event_class not in UNPLACED
        ]
        if len(located) < _limits()["focus claims"]:
            return None
        key, number = Counter(place.key for place in located).most_common(1)[0]
        enough = number >= _limits()["focus claims"] and number >= _limits()["focus share"] * len(located)
        return next(place for place in located if place.key == key) if enough else None

    def where(self, draft: Draft) -> tuple[Place | None, Place | None, Place | None]:
        """Return location, origin and destination of a draft."""
        return self._places[draft.trigger.i]

    def steps(self, draft: Draft) -> tuple[str, ...]:
        """Return how place and time of a draft were found, a line each."""
        place = self._found_in.get(draft.trigger.i)
        period = self.when(draft)
        time = (
            f"time: {period.earliest} to {period.latest}, a date that hangs on its clause"
            if period is not None
            else None
        )
        return tuple(step for step in (place, time) if step is not None)

    def when(self, draft: Draft) -> Period | None:
        """Return the period of a draft, or that of its cause."""
        period = self._calendar.of(draft)
        if period is None and draft.cause is not None and draft.cause.i in self._drafts:
            return self._calendar.of(self._drafts[draft.cause.i])
        return period


@cache
def _limits() -> dict[str, float]:
    return {row["name"]: float(row["value"]) for row in lexicon.rows("scene_limits")}


def _names_place(draft: Draft, fillers: Fillers) -> bool:
    sentence = sentence_of(draft.trigger)
    return any(sentence.start_char <= mention.start < sentence.end_char for mention in fillers.place_spans)


def _at_one_time(own: Period | None, other: Period | None) -> bool:
    """Tell whether two periods may be one, as they are where the text gives only one or none."""
    return own is None or other is None or (own.earliest <= other.latest and other.earliest <= own.latest)
