"""Loads graphs into a store, wherever it is: a directory on disk or an address on the network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.graph.named_graphs import Graphs, graph_name, read_graphs
from kg.stores.embedded import load as load_into_directory
from kg.stores.embedded import optimize as optimize_directory
from kg.stores.embedded import store_graphs
from kg.stores.profiles import is_endpoint

__all__ = ["check_store", "load_file", "load_graphs"]

# More graphs than these are told of in one line.
TOLD = 25


def check_store(target: str, store: str | None = None) -> None:
    """Raise EndpointError or CredentialsError where the store at an address does not answer; a directory may be new."""
    if is_endpoint(target):
        from kg.stores.endpoint import Endpoint

        endpoint = Endpoint(target, store)
        try:
            endpoint.reach(writing=True)
        finally:
            endpoint.close()
    else:
        _check_local(store)


def load_file(
    path: str | Path,
    target: str,
    *,
    store: str | None = None,
    graph: str | None = None,
    replace: bool = False,
    optimize: bool = False,
) -> Iterator[str]:
    """Load the graph of a file into the store at `target`, and yield in words what the store holds of it.

    With `optimize` a store on disk is then written anew for quicker queries. Raises GraphFileError, StoreError,
    EndpointError, CredentialsError, and ValueError for a graph name that is no IRI, or for an option that is not of
    this store.
    """
    if is_endpoint(target):
        if optimize:
            raise ValueError("--optimize is of a store on disk: one on the network sees to that itself")
        yield from load_graphs(
            read_graphs(path, into=None if graph is None else graph_name(graph)),
            target,
            store=store,
            graph=graph,
            replace=replace,
        )
    else:
        _check_local(store)
        yield f"{target}: {load_into_directory(path, target, graph=graph, replace=replace):,} triples"
        if optimize:
            optimize_directory(target)
            yield f"{target}: optimized"


def load_graphs(
    graphs: Graphs, target: str, *, store: str | None = None, graph: str | None = None, replace: bool = False
) -> Iterator[str]:
    """Load named graphs into the store at `target`, and yield what the store holds of them; raises as `load_file`."""
    if not is_endpoint(target):
        _check_local(store)
        yield f"{target}: {store_graphs(graphs, target, replace=replace):,} triples"
        return
    # They bring the HTTP client, which stores on disk do without.
    from kg.stores.endpoint import Endpoint
    from kg.stores.remote_load import load_remote

    endpoint = Endpoint(target, store)
    into = None if graph is None else graph_name(graph)
    try:
        loaded = load_remote(graphs, endpoint, into=into, replace=replace)
    finally:
        endpoint.close()
    if len(loaded) <= TOLD:
        yield from (f"{found.name}: {found.found:,} triples" for found in loaded)
    resumed = sum(found.resumed for found in loaded)
    went_on = f", {resumed:,} of them there since the load that was broken off" if resumed else ""
    total = sum(found.found for found in loaded)
    yield f"{target}: {endpoint.profile.store} counts {total:,} triples in {len(loaded):,} graphs{went_on}"


def _check_local(store: str | None) -> None:
    if store is not None:
        raise ValueError(f"--store {store} is of a store on the network: give its address, as in --to http://...")
