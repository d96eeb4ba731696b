"""A triple store in a thread that behaves as the documentation of one says, and fails as it is told to."""

from __future__ import annotations

import base64
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast
from urllib.parse import parse_qs, urlsplit

from pyoxigraph import NamedNode, QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, Store

from kg.stores.profiles import Profile

__all__ = ["Failing", "Seen", "Stub", "stub_store"]

ANSWER = "application/sparql-results+json"


@dataclass(frozen=True)
class Failing:
    """A failure: the status and the text of the answer, its kind, and how many requests are answered well before it.

    `times` is how often it fails; a status of 0 is no answer at all.
    """

    status: int
    text: str = ""
    kind: str = "text/plain"
    after: int = 0
    times: int = 1_000
    writing: bool = True


@dataclass(frozen=True)
class Seen:
    """A request as the store saw it."""

    method: str
    path: str
    parameters: dict[str, str]
    content_type: str
    size: int
    authorization: str


@dataclass
class Stub:
    """The store of a profile, below a path of its own."""

    profile: Profile
    base: str = ""
    failing: Failing | None = None
    users: dict[str, str] = field(default_factory=dict)
    token: str = ""
    largest_body: int = 10**9
    header: tuple[str, str] | None = None
    store: Store = field(default_factory=Store)
    seen: list[Seen] = field(default_factory=list)
    failed: int = 0
    url: str = ""

    def allows(self, authorization: str) -> bool:
        """Return whether a request with this header may change something."""
        if self.token:
            return authorization == f"Bearer {self.token}"
        pairs = (f"{user}:{password}".encode() for user, password in self.users.items())
        return not self.users or authorization in {f"Basic {base64.b64encode(pair).decode()}" for pair in pairs}

    def fails(self, writing: bool) -> Failing | None:
        """Return the failure that this request meets, if any."""
        failing = self.failing
        if failing is None or failing.writing != writing or self.failed >= failing.after + failing.times:
            return None
        self.failed += 1
        return failing if self.failed > failing.after else None


@contextmanager
def stub_store(stub: Stub, certificate: tuple[str, str] | None = None) -> Iterator[Stub]:
    """Run a stub, with TLS where a certificate and its key are given."""

    class Handler(_Handler):
        pass

    Handler.stub = stub
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    scheme = "https" if certificate else "http"
    stub.url = f"{scheme}://127.0.0.1:{server.server_address[1]}{stub.base}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    stub: Stub
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._handle()

    do_POST = do_PUT = do_DELETE = do_GET

    def version_string(self) -> str:
        name, value = self.stub.header or ("", "")
        return value if name == "Server" else "stub"

    def log_message(self, format: str, *args: object) -> None:
        pass

    def _handle(self) -> None:
        stub, profile, body = self.stub, self.stub.profile, self._body()
        address = urlsplit(self.path)
        parameters = {name: values[0] for name, values in parse_qs(address.query, keep_blank_values=True).items()}
        kind = self.headers.get("Content-Type", "")
        if "form" in kind:
            parameters.update({name: values[0] for name, values in parse_qs(body.decode()).items()})
        authorization = self.headers.get("Authorization", "")
        stub.seen.append(Seen(self.command, address.path, parameters, kind, len(body), authorization))
        path = address.path.removeprefix(stub.base) if address.path.startswith(stub.base) else None
        asked, updated = "query" in parameters, "update" in parameters
        failing = None if self.command == "GET" else stub.fails(writing=not asked)
        if failing is not None and failing.status == 0:
            time.sleep(float(failing.text or 0))
            self.close_connection = True
        elif failing is not None:
            self._answer(failing.status, failing.text.encode(), failing.kind)
        elif path == profile.query and asked:
            self._query(parameters["query"])
        elif not stub.allows(authorization):
            self._answer(401, b"", extra=("WWW-Authenticate", 'Basic realm="stub"'))
        elif path == profile.update and updated:
            stub.store.update(parameters["update"])
            self._answer(204)
        elif path == profile.graphs and profile.graph_parameter in parameters and profile.protocol != "update":
            self._graph(NamedNode(parameters[profile.graph_parameter]), kind, body)
        else:
            self._answer(404, b"<html>no such page</html>", "text/html")

    def _query(self, text: str) -> None:
        found = self.stub.store.query(text, use_default_graph_as_union=True)
        if isinstance(found, QuerySolutions | QueryBoolean):
            self._answer(200, cast(bytes, found.serialize(format=QueryResultsFormat.JSON)), ANSWER)
        else:
            self._answer(200, cast(bytes, found.serialize(format=RdfFormat.TURTLE)), "text/turtle")

    def _graph(self, name: NamedNode, kind: str, body: bytes) -> None:
        stub = self.stub
        if self.command == "GET" or kind.partition(";")[0] != stub.profile.media_type.partition(";")[0]:
            if self.command == "DELETE" and stub.store.contains_named_graph(name):
                stub.store.remove_graph(name)
                self._answer(204)
            else:
                self._answer(404 if self.command in ("GET", "DELETE") else 415)
            return
        if len(body) > stub.largest_body:
            self._answer(413)
            return
        if self.command == "PUT":
            stub.store.clear_graph(name) if stub.store.contains_named_graph(name) else None
        stub.store.load(body, format=RdfFormat.N_TRIPLES, to_graph=name)
        self._answer(201)

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def _answer(
        self, status: int, body: bytes = b"", kind: str = "text/plain", extra: tuple[str, str] | None = None
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for header in (extra, self.stub.header):
            if header is not None and header[0] != "Server":
                self.send_header(*header)
        self.end_headers()
        self.wfile.write(body)
