"""Pairs the claims of an annotated report with those of a graph, and counts what is right in each field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from benchmarks.annotations import ROLES, SYMMETRIC, Named, Statement
from kg.model import GROUP_OF

__all__ = ["FIELDS", "Counts", "Row", "Score", "compare", "pair_up"]

FIELDS = (
    "class",
    "group",
    "initiator",
    "target",
    "supporter",
    "place",
    "time",
    "stance",
    "source",
    "figures",
    "whole",
    "occurrence",
)
# A claim's sameness for pairing weighs its class most, then each field.
PAIRING = ("initiator", "target", "supporter", "place", "time", "stance", "source", "figures")
NOTHING = Statement()


@dataclass(frozen=True, slots=True)
class Counts:
    """How many values of a field are right, were predicted and are in the annotation."""

    right: float
    predicted: int
    gold: int

    @property
    def same(self) -> bool:
        return self.right == self.predicted == self.gold

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.predicted + other.predicted, self.gold + other.gold)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table."""

    precision: float
    recall: float
    f1: float
    gold: int


@dataclass
class Score:
    """The counts over all reports that were added, and a note on each difference."""

    counts: dict[str, Counts] = field(default_factory=lambda: dict.fromkeys(FIELDS, Counts(0, 0, 0)))
    notes: list[str] = field(default_factory=list)
    reports: int = 0

    def add(self, name: str, gold: Sequence[Statement], predicted: Sequence[Statement]) -> None:
        """Count a report's claims; `name` stands in the notes."""
        self.reports += 1
        pairs = pair_up(gold, predicted)
        for known, made in pairs:
            if not gold[known].optional:
                self._add(compare(gold[known], predicted[made]), name, gold[known])
        for index in sorted(set(range(len(gold))) - {known for known, _ in pairs}):
            if not gold[index].optional:
                missed = compare(gold[index], NOTHING)
                self._count({name: Counts(0, 0, counts.gold) for name, counts in missed.items()})
                self.notes.append(f"{name}: missed {gold[index].event_class}: {gold[index].quote[:110]!r}")
        for index in sorted(set(range(len(predicted))) - {made for _, made in pairs}):
            made_up = predicted[index]
            self._count({name: Counts(0, counts.predicted, 0) for name, counts in compare(NOTHING, made_up).items()})
            self.notes.append(f"{name}: nobody says {made_up.event_class} at {made_up.start}-{made_up.end}")
        self._count({"occurrence": _occurrences(gold, predicted, pairs)})

    def rows(self) -> dict[str, Row]:
        """Return the table, field by field."""
        return {name: _row(counts) for name, counts in self.counts.items()}

    def _add(self, fields: dict[str, Counts], name: str, gold: Statement) -> None:
        self._count(fields)
        if wrong := [field for field, counts in fields.items() if not counts.same and field != "whole"]:
            self.notes.append(f"{name}: {', '.join(wrong)} differ in {gold.event_class}: {gold.quote[:110]!r}")

    def _count(self, fields: dict[str, Counts]) -> None:
        for name, counts in fields.items():
            self.counts[name] += counts


def _row(counts: Counts) -> Row:
    precision = counts.right / counts.predicted if counts.predicted else 0.0
    recall = counts.right / counts.gold if counts.gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Row(precision, recall, f1, counts.gold)


def compare(gold: Statement, predicted: Statement) -> dict[str, Counts]:
    """Return the counts of each field of a pair of claims."""
    group = GROUP_OF.get(predicted.event_class)
    counts = {
        "class": Counts(float(gold.event_class == predicted.event_class), 1, 1),
        "group": Counts(float(GROUP_OF.get(gold.event_class) == group), 1, 1),
        **{role: _actors(gold.roles.get(role, ()), predicted.roles.get(role, ())) for role in ROLES},
    }
    if gold.event_class in SYMMETRIC:
        counts["initiator"] = _actors(gold.sides, predicted.sides)
        counts["target"] = Counts(0, 0, 0)
    right = any(place.is_place(other) for place in gold.place for other in predicted.place)
    counts["place"] = Counts(float(right), min(1, len(predicted.place)), len(gold.place))
    told = gold.period != (None, None)
    counts["time"] = Counts(
        float(told and gold.period == predicted.period), int(predicted.period != (None, None)), int(told)
    )
    counts["stance"] = Counts(float(gold.stance == predicted.stance), 1, 1)
    shared = (Counter(gold.figures) & Counter(predicted.figures)).total()
    counts["figures"] = Counts(shared, len(predicted.figures), len(gold.figures))
    counts["whole"] = Counts(float(all(each.same for each in counts.values())), 1, 1)
    return counts


def _actors(gold: Collection[Named], predicted: Collection[Named]) -> Counts:
    free, right = list(predicted), 0
    for actor in gold:
        if (hit := next((other for other in free if actor.is_actor(other)), None)) is not None:
            free.remove(hit)
            right += 1
    return Counts(right, len(set(predicted)), len(set(gold)))


def pair_up(gold: Sequence[Statement], predicted: Sequence[Statement]) -> list[tuple[int, int]]:
    """Return one-to-one pairs of the indices of claims that overlap in the text and are of one group, best first."""
    candidates = sorted(_candidates(gold, predicted), reverse=True)
    pairs: list[tuple[int, int]] = []
    for _, known, made in candidates:
        if all(known != other and made != another for other, another in pairs):
            pairs.append((known, made))
    return pairs


def _candidates(gold: Sequence[Statement], predicted: Sequence[Statement]) -> list[tuple[float, int, int]]:
    return [
        (_likeness(known, made), i, j)
        for i, known in enumerate(gold)
        for j, made in enumerate(predicted)
        if GROUP_OF[known.event_class] == GROUP_OF.get(made.event_class) and known.overlap(made) > 0
    ]


def _likeness(gold: Statement, predicted: Statement) -> float:
    fields = compare(gold, predicted)
    agreed = 4 * fields["class"].right + sum(fields[name].right for name in PAIRING)
    on_trigger = predicted.start <= gold.trigger[0] and gold.trigger[1] <= predicted.end
    lengths = predicted.end - predicted.start + gold.end - gold.start
    return agreed + on_trigger + gold.overlap(predicted) / lengths


def _occurrences(gold: Sequence[Statement], predicted: Sequence[Statement], pairs: Sequence[tuple[int, int]]) -> Counts:
    """Return how many of the links between claims of one event were made."""
    known = [gold[index].occurrence or f"#{index}" for index, _ in pairs]
    made = [predicted[index].occurrence for _, index in pairs]
    links = [{(a, b) for a, b in combinations(range(len(pairs)), 2) if side[a] == side[b]} for side in (known, made)]
    told = Counter(claim.occurrence for claim in gold if claim.occurrence and not claim.optional)
    possible = sum(count * (count - 1) // 2 for count in told.values())
    return Counts(len(links[0] & links[1]), len(links[1]), max(possible, len(links[0])))
