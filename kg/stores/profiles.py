"""What is to be known of each triple store to speak with it: a row of `lexicon/stores.tsv`, and no code of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kg.lexicon import rows

__all__ = ["PLAIN", "STORES", "Addresses", "Profile", "addresses", "is_endpoint", "recognised"]

PLAIN = "sparql"


@dataclass(frozen=True, slots=True)
class Profile:
    """How one kind of store is addressed.

    `protocol` is graph-store (the Graph Store Protocol), insert (bodies are posted, SPARQL Update clears) or update
    (SPARQL Update alone, at most `largest_statement` triples each). `union` is the parameter that makes the default
    graph of a query the union of all graphs, where it is not so by itself; `limit_header` names the header in which
    the store says how many rows it gives at most.
    """

    store: str
    protocol: str
    query: str
    update: str
    graphs: str
    graph_parameter: str
    media_type: str
    largest_body: int
    largest_statement: int
    auth: str
    union: tuple[str, str] | None
    limit_header: str
    sign: str
    address: str


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a store is asked, where it is changed, and where its graphs are put."""

    query: str
    update: str
    graphs: str


def addresses(profile: Profile, url: str) -> Addresses:
    """Return the addresses of a store: `url` is its own one, or that of its queries, updates or graphs.

    >>> addresses(STORES["virtuoso"], "http://localhost:8890/sparql").update
    'http://localhost:8890/sparql-auth'
    """
    base = url.rstrip("/")
    for path in sorted({profile.query, profile.update, profile.graphs.rstrip("/")}, key=len, reverse=True):
        if path and base.endswith(path):
            base = base.removesuffix(path)
            break
    return Addresses(base + profile.query, base + profile.update, base + profile.graphs)


def recognised(answer: str) -> Profile | None:
    """Return the profile whose sign is in an answer: its address, then its headers, one a line; None for no known one.

    >>> recognised("http://localhost:8890/\\nserver: Virtuoso/07.20").store
    'virtuoso'
    """
    return next((profile for profile in STORES.values() if profile.sign and re.search(profile.sign, answer)), None)


def is_endpoint(text: object) -> bool:
    """Return whether a text is the address of an endpoint.

    >>> is_endpoint("http://localhost:7878"), is_endpoint("graph.ttl")
    (True, False)
    """
    return isinstance(text, str) and text.lower().startswith(("http://", "https://"))


def _profile(row: Mapping[str, str]) -> Profile:
    name, _, value = row["union"].partition("=")
    return Profile(
        store=row["store"],
        protocol=row["protocol"],
        query=row["query"],
        update=row["update"],
        graphs=row["graphs"],
        graph_parameter=row["graph_parameter"],
        media_type=row["media_type"],
        largest_body=int(row["largest_body"]),
        largest_statement=int(row["largest_statement"]),
        auth=row["auth"],
        union=(name, value) if name else None,
        limit_header=row["limit_header"],
        sign=row["sign"],
        address=row["address"],
    )


STORES: Mapping[str, Profile] = MappingProxyType({row["store"]: _profile(row) for row in rows("stores")})
