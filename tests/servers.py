"""Real triple stores for tests, each on a free loopback port and stopped by its own process number.

`kg.stores.endpoint` is tried on what is installed here: Oxigraph's server (from PyPI) and Virtuoso (Debian's
package). Where one is not installed its tests skip with the reason, except where CI is to show that they pass.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

__all__ = ["Server", "free_port", "oxigraph_server", "virtuoso_server"]

PASSWORD = "only-the-tests-know"
START = 30.0

VIRTUOSO = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
ServerThreads = 10
NumberOfBuffers = 40000
MaxDirtyBuffers = 30000
CheckpointInterval = 60
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 10000
"""


@dataclass
class Server:
    """A server of its own directory and port: it can be killed, and started again on what it had written."""

    store: str
    url: str
    command: Sequence[str]
    directory: Path
    query_path: str
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server and wait until it answers."""
        with (self.directory / "output.log").open("ab") as output:
            self.process = subprocess.Popen(self.command, cwd=self.directory, stdout=output, stderr=output)
        until = time.monotonic() + START
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > until:
                self.stop()
                raise RuntimeError(f"{self.store} does not start: {(self.directory / 'output.log').read_text()}")
            time.sleep(0.05)

    def kill(self) -> None:
        """End the server as a crash does."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End the server."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self.process is not None:
            self.process.send_signal(how)
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None

    def _answers(self) -> bool:
        # Virtuoso spins for ever on `ASK {}`, and does not read a body of application/sparql-query.
        request = urllib.request.Request(f"{self.url}{self.query_path}", b"query=ASK+%7B%3Fs+%3Fp+%3Fo%7D")
        try:
            with urllib.request.urlopen(request, timeout=5):
                return True
        except urllib.error.HTTPError as error:
            error.close()
            return True
        except OSError:
            return False


def free_port() -> int:
    """Return a loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def oxigraph_server(directory: Path) -> Iterator[Server]:
    """Run `oxigraph serve` on a directory."""
    program = _installed("oxigraph", "pip install oxigraph")
    port = free_port()
    command = [program, "serve", "--location", str(directory / "data"), "--bind", f"127.0.0.1:{port}"]
    yield from _running(Server("oxigraph", f"http://127.0.0.1:{port}", command, directory, "/query"))


@contextmanager
def virtuoso_server(directory: Path) -> Iterator[Server]:
    """Run Virtuoso on a directory; its user dba has a password that only the environment tells."""
    program = _installed("virtuoso-t", "apt install virtuoso-opensource-7-bin virtuoso-opensource-7-common")
    port, sql_port = free_port(), free_port()
    (directory / "virtuoso.ini").write_text(VIRTUOSO.format(port=port, sql_port=sql_port), encoding="utf-8")
    command = [program, "+configfile", "virtuoso.ini", "+foreground"]
    # With these options it makes the database, sets the passwords and ends.
    setting = [*command, "+pwdold", "dba", "+pwddba", PASSWORD, "+pwddav", PASSWORD]
    subprocess.run(setting, cwd=directory, check=True, capture_output=True, timeout=60)
    environment = {"KG_USER": "dba", "KG_PASSWORD": PASSWORD}
    yield from _running(Server("virtuoso", f"http://127.0.0.1:{port}", command, directory, "/sparql", environment))


def _running(server: Server) -> Iterator[Server]:
    try:
        server.start()
        yield server
    finally:
        server.stop()


def _installed(name: str, cure: str) -> str:
    path = shutil.which(name) or shutil.which(name, path=str(Path(sys.executable).parent))
    if path is None and os.environ.get("CI") == "true":
        pytest.fail(f"{name} is not installed, and CI is to show that it works: {cure}")
    if path is None:
        pytest.skip(f"{name} is not installed: {cure}")
    return path
