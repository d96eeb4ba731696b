"""Puts claims together from what the rooms before it read: roles, place, time, stance, source, figures, evidence."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.actors.scope import within_report
from kg.claims.answers import answers
from kg.claims.attribution import Attribution, Attributor
from kg.claims.calendar import Calendar
from kg.claims.casualties import Toll, fold_tolls
from kg.claims.circumstances import clause_head
from kg.claims.confidence import confidence, explained
from kg.claims.events import Draft, read_drafts
from kg.claims.evidence import clause_span, trigger_span
from kg.claims.fillers import Fillers
from kg.claims.losers import with_losers
from kg.claims.settings import Settings
from kg.claims.support import MEDIATED, supporters
from kg.model import Actor, Claim, Mention, Report

__all__ = ["read_claims"]


def read_claims(
    report: Report,
    doc: Doc,
    fillers: Fillers,
    attributor: Attributor,
    dates: tuple[Mention, ...],
    figures: tuple[Mention, ...],
) -> tuple[Claim, ...]:
    """Return the claims of one report in the order of the text."""
    calendar = Calendar(doc, dates)
    drafts = fold_tolls(doc, read_drafts(doc, fillers), figures, fillers)
    heads = frozenset(clause_head(draft).i for draft, _ in drafts)
    settings = Settings(tuple(draft for draft, _ in drafts), fillers, calendar)
    claims = [
        _claim(report, draft, toll, heads, fillers, settings, attributor.read(draft.trigger, draft.event_class))
        for draft, toll in drafts
    ]
    told = with_losers([(draft.trigger, claim) for (draft, _), claim in zip(drafts, claims, strict=True)])
    found = (*(claim for _, claim in told), *answers(doc, told, attributor))
    return tuple(sorted(found, key=lambda c: (c.start, c.end, c.trigger_start, c.event_class)))


def _claim(
    report: Report,
    draft: Draft,
    toll: Toll,
    heads: frozenset[int],
    fillers: Fillers,
    settings: Settings,
    attribution: Attribution,
) -> Claim:
    start, end = clause_span(draft, heads - {clause_head(draft).i})
    trigger_start, trigger_end = trigger_span(draft)
    start, end = min(start, trigger_start), max(end, trigger_end)
    location, origin, destination = settings.where(draft)
    target = {actor.key: actor for actor in (*draft.target, *toll.victims)}
    backers = supporters(draft, fillers)
    # "The two met, with Norway as mediator": who mediates is not who was met.
    taken = {actor.key for actor in (*draft.initiator, *(backers if draft.event_class in MEDIATED else ()))}
    return Claim(
        report=report.id,
        event_class="Attack" if attribution.attempted and draft.event_class == "Capture" else draft.event_class,
        stance=attribution.stance,
        quote=report.text[start:end],
        start=start,
        end=end,
        trigger=report.text[trigger_start:trigger_end],
        trigger_start=trigger_start,
        confidence=confidence(draft, attribution),
        initiator=_scoped(draft.initiator, report),
        target=_scoped(tuple(a for key, a in target.items() if key not in taken), report),
        supporter=_scoped(backers, report),
        location=location,
        origin=origin,
        destination=destination,
        period=settings.when(draft),
        source=_scoped(attribution.sources, report),
        figures=toll.figures,
        reading=(
            f"{draft.event_class}: {draft.row.pos} {draft.trigger.text!r}, frame {draft.row.frame}",
            *draft.steps,
            *settings.steps(draft),
            *(f"figure: {figure.minimum} to {figure.maximum or 'open'} {figure.measure}" for figure in toll.figures),
            *(f"stance and source: {step}" for step in attribution.steps),
            explained(draft, attribution),
        ),
    )


def _scoped(actors: tuple[Actor, ...], report: Report) -> tuple[Actor, ...]:
    return tuple(within_report(actor, report.id) for actor in actors)
