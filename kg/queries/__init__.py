"""Saved SPARQL queries: listed, described, filled and run."""

from kg.queries.saved import (
    Iri,
    Parameter,
    QueryError,
    Result,
    SavedQuery,
    Text,
    Value,
    explain,
    fill,
    list_queries,
    load_query,
    query,
    run,
)

__all__ = [
    "Iri",
    "Parameter",
    "QueryError",
    "Result",
    "SavedQuery",
    "Text",
    "Value",
    "explain",
    "fill",
    "list_queries",
    "load_query",
    "query",
    "run",
]
