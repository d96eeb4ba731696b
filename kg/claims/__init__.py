"""Claims read from linked mentions - event, roles, place, time, stance, source, figures - and joined into events.

`reading` puts a claim together; what it asks, in this order:

- which event, who did what to whom: `triggers`, `predicates`, `roles` (and `role_checks`), `refinement`, `events`
- how many: `casualties`; where and when: `circumstances`, `settings`, `calendar`
- who says so and how surely: `cues`, `effects`, `refutations`, `speech`, `quotations`, `speakers`, `attribution`
- what the rest of the report adds: `losers` (from whom a place was taken), `answers` (bare denials and blame)
- the words it rests on: `evidence`; how sure the reading is: `confidence`; which claims are one event: `fusion`

Words are rows of `kg/lexicon/*.tsv`, first of all `triggers.tsv` with `frames.tsv`, and `cues.tsv`.
"""

from kg.claims.reading import read_claims

__all__ = ["read_claims"]
