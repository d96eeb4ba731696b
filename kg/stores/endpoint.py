"""A triple store on the network: finds out what it is, puts graphs into it and counts what it holds."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import httpx
from pyoxigraph import Literal, NamedNode
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from kg.stores.credentials import Credentials, credentials_for
from kg.stores.endpoint_errors import EndpointBusy, EndpointError, refused, unreachable
from kg.stores.endpoint_queries import Answer, Asker
from kg.stores.profiles import PLAIN, STORES, Addresses, Profile, addresses, recognised

__all__ = ["Endpoint", "EndpointError", "Patience"]

Made = TypeVar("Made")

ANY = "ASK {?s ?p ?o}"
NOWHERE = "urn:conflict-kg:none"
# Where the queries of a store that nobody knows may be answered, below the address that was given.
GUESSES = (("", ""), ("/query", "/update"), ("/sparql", "/update"), ("/sparql", "/sparql"))


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a request is tried that a server in trouble did not answer, and the pauses in seconds, which double."""

    tries: int = 7
    first: float = 0.5
    longest: float = 30.0


class Endpoint:
    """A triple store at an address, of the kind `store` names, or of that which its answers show.

    Raises EndpointError for a kind that is not known, for an address that does not answer, and CredentialsError.
    """

    def __init__(
        self,
        url: str,
        store: str | None = None,
        *,
        credentials: Credentials | None = None,
        timeout: float = 120.0,
        patience: Patience = Patience(),
        paged: bool = True,
    ) -> None:
        if store is not None and store not in STORES:
            raise EndpointError(f"{store!r} is no store that is known: take one of {', '.join(STORES)}")
        self.url = url
        self._credentials = credentials_for(url) if credentials is None else credentials
        self._timeout = timeout
        self._patience = patience
        self._client: httpx.Client | None = None
        self.profile = STORES[store] if store else self._recognised()
        self._scheme = self.profile.auth
        self.addresses = addresses(self.profile, url)
        if self.profile.store == PLAIN:
            self.addresses = self._guessed()
        self._asker = self._asking(self.addresses.query, paged)
        self._primed = False

    def query(self, text: str) -> Answer:
        """Return the answer to a query that reads; raises EndpointError and QueryError."""
        return self._asker.ask(text)

    def reach(self, *, writing: bool = False) -> None:
        """Raise EndpointError where the store does not answer queries or, with `writing`, refuses the credentials."""
        self.query(ANY)
        if writing:
            self._prime()

    def count(self, name: NamedNode) -> int:
        """Return how many triples a graph has."""
        return self._number(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {name} {{ ?s ?p ?o }} }}")

    def lacking(self, part: NamedNode, whole: NamedNode) -> int:
        """Return how many triples of the graph `part` are not in the graph `whole`."""
        both = f"GRAPH {part} {{ ?s ?p ?o }} FILTER NOT EXISTS {{ GRAPH {whole} {{ ?s ?p ?o }} }}"
        return self._number(f"SELECT (COUNT(*) AS ?n) WHERE {{ {both} }}")

    def put(self, name: NamedNode, lines: Sequence[bytes]) -> None:
        """Make lines of N-Triples the whole content of a graph."""
        if self.profile.protocol != "graph-store" or not lines:
            self.drop(name)
            self.add(name, lines)
            return
        first, *others = self._bodies(lines)
        self._send_body("PUT", name, first)
        for body in others:
            self._send_body("POST", name, body)

    def add(self, name: NamedNode, lines: Sequence[bytes]) -> None:
        """Add lines of N-Triples to a graph."""
        for body in self._bodies(lines):
            self._send_body("POST", name, body)

    def copy(self, part: NamedNode, whole: NamedNode) -> None:
        """Add the triples of a graph to another one, within the store."""
        self.update(f"INSERT {{ GRAPH {whole} {{ ?s ?p ?o }} }} WHERE {{ GRAPH {part} {{ ?s ?p ?o }} }}")

    def update(self, text: str, *, again: bool = True) -> None:
        """Change the store by a SPARQL Update; unless `again`, a server in trouble is asked once."""
        self._request("POST", self.addresses.update, data={"update": text}, again=again)

    def drop(self, name: NamedNode) -> None:
        """Remove a graph, if there is one."""
        if self.profile.protocol == "graph-store":
            self._request("DELETE", self.addresses.graphs, params=self._graph(name), may_miss=True)
        else:
            self.update(f"DROP SILENT GRAPH {name}")

    def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def _number(self, text: str) -> int:
        (row,) = self._patiently(partial(self._asker.ask, text)).rows
        if not isinstance(row[0], Literal):
            raise EndpointError(f"{self.addresses.query}: does not count")
        return int(row[0].value)

    def _bodies(self, lines: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
        """Yield lines in parts of which each is as large as the store takes."""
        updating = self.profile.protocol == "update"
        start, size = 0, 0
        for end, line in enumerate(lines):
            full = (
                end - start >= self.profile.largest_statement
                if updating
                else size + len(line) > self.profile.largest_body
            )
            if full and end > start:
                yield lines[start:end]
                start, size = end, 0
            size += len(line)
        if start < len(lines):
            yield lines[start:]

    def _send_body(self, method: str, name: NamedNode, lines: Sequence[bytes]) -> None:
        body = b"".join(lines)
        try:
            if self.profile.protocol == "update":
                self.update(f"INSERT DATA {{ GRAPH {name} {{\n{body.decode()}}} }}")
            else:
                self._request(method, self.addresses.graphs, params=self._graph(name), content=body)
        except _TooLarge:
            if len(lines) < 2:
                raise
            middle = len(lines) // 2
            self._send_body(method, name, lines[:middle])
            self._send_body("POST", name, lines[middle:])

    def _graph(self, name: NamedNode) -> dict[str, str]:
        return {self.profile.graph_parameter: name.value}

    def _request(
        self,
        method: str,
        url: str,
        *,
        params: dict[str, str] | None = None,
        content: bytes | None = None,
        data: dict[str, str] | None = None,
        may_miss: bool = False,
        again: bool = True,
    ) -> None:
        headers = {"Content-Type": self.profile.media_type} if content is not None else {}
        self._prime()

        def send() -> None:
            response = self._sent(method, url, params=params, content=content, data=data, headers=headers)
            if not (response.is_success or (may_miss and response.status_code == 404)):
                raise self._refused(url, response)

        self._patiently(send) if again else send()

    def _sent(self, method: str, url: str, **given: object) -> httpx.Response:
        if self._client is None:
            self._client = self._connected()
        try:
            return self._client.request(method, url, **given)  # type: ignore[arg-type]
        except httpx.HTTPError as error:
            raise unreachable(url, error) from None

    def _refused(self, url: str, response: httpx.Response) -> EndpointError:
        challenge = response.headers.get("www-authenticate", "")
        error = refused(url, response.status_code, response.text, known=bool(self._credentials), challenge=challenge)
        return _TooLarge(str(error)) if response.status_code == 413 else error

    def _prime(self) -> None:
        """Fetch the challenge with a small request: a server may hang up on a large one that is not authorised yet."""
        if self._primed:
            return
        url, parameters = self.addresses.graphs, self._graph(NamedNode(NOWHERE))
        if self.profile.protocol != "graph-store":
            url, parameters = self.addresses.update, {}
        response = self._patiently(lambda: self._sent("GET", url, params=parameters))
        if response.status_code == 401 and "digest" in response.headers.get("www-authenticate", "").lower():
            self.close()
            self._scheme = "digest"
            response = self._patiently(lambda: self._sent("GET", url, params=parameters))
        if response.status_code == 401:
            raise self._refused(url, response)
        self._primed = True

    def _connected(self) -> httpx.Client:
        known = self._credentials
        authorization = {"Authorization": f"Bearer {known.token}"} if known.token else {}
        method = httpx.DigestAuth if self._scheme == "digest" else httpx.BasicAuth
        return httpx.Client(
            timeout=httpx.Timeout(self._timeout, connect=min(self._timeout, 10.0)),
            # Unlike httpx's own list of authorities, this one is the system's, or that of SSL_CERT_FILE.
            verify=ssl.create_default_context(),
            headers=authorization,
            auth=method(known.user, known.password or "") if known.user and not known.token else None,
        )

    def _recognised(self) -> Profile:
        try:
            with httpx.Client(timeout=self._timeout, verify=ssl.create_default_context()) as client:
                response = client.post(self.url, data={"query": ANY})
        except httpx.HTTPError as error:
            raise unreachable(self.url, error) from None
        answer = [self.url, *(f"{name.lower()}: {value}" for name, value in response.headers.items())]
        return recognised("\n".join(answer)) or STORES[PLAIN]

    def _guessed(self) -> Addresses:
        """Return the addresses at which a store of no known kind answers."""
        errors: list[EndpointError] = []
        base = self.url.rstrip("/")
        for query, update in GUESSES:
            try:
                self._asking(base + query, paged=False).ask(ANY)
                return Addresses(base + query, base + update, base)
            except EndpointError as error:
                errors.append(error)
        raise errors[0]

    def _asking(self, url: str, paged: bool) -> Asker:
        return Asker(url, self.profile, self._credentials, self._timeout, paged)

    def _patiently(self, call: Callable[[], Made]) -> Made:
        again = Retrying(
            stop=stop_after_attempt(self._patience.tries),
            wait=wait_exponential(multiplier=self._patience.first, max=self._patience.longest),
            retry=retry_if_exception_type(EndpointBusy),
            reraise=True,
        )
        return again(call)


class _TooLarge(EndpointError):
    """A body that the store does not take in one piece."""
