"""Says in one line what went wrong between us and an endpoint, and whether it may pass."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator

__all__ = ["EndpointBusy", "EndpointError", "no_results", "refused", "unreachable"]

# The server or the way to it is in trouble, or it asks us to wait: the same request may do later.
PASSING = frozenset([408, 425, 429, 500, 502, 503, 504])
DISK_FULL = re.compile(r"no space left|disk (?:is )?full|disk quota|out of disk", re.IGNORECASE)
MARKUP = re.compile(r"<[^>]*>|\s+")
LONGEST = 200


class EndpointError(ValueError):
    """An endpoint that can't do what is asked of it; the message names the address, the cause and the cure."""


class EndpointBusy(EndpointError):
    """An endpoint in trouble that may pass: the same request is worth another try."""


def refused(url: str, status: int, text: str, *, known: bool, challenge: str = "") -> EndpointError:
    """Return the error for an answer that is no success; `known` says that a name or token was sent along."""
    if DISK_FULL.search(text) or status == 507:
        return EndpointError(f"{url}: the server has no space left on its disk ({status}): make room there")
    if status == 401:
        cure = "set KG_USER and KG_PASSWORD, or KG_TOKEN, or the netrc file"
        cause = "does not take this name and password, or token" if known else "asks for a name and password"
        scheme = challenge.partition(" ")[0]
        return EndpointError(f"{url}: {cause} (401{f', {scheme}' if scheme else ''}): {cure}")
    if status == 403:
        return EndpointError(f"{url}: this user may not do that (403): ask for the right to, or set another KG_USER")
    if status in (404, 405):
        return EndpointError(f"{url}: there is no such endpoint ({status}): check the address, or name the --store")
    if 300 <= status < 400:
        return EndpointError(f"{url}: has moved ({status}): give the new address")
    said = _said(text)
    if status == 413:
        return EndpointError(f"{url}: takes no body of this size (413){said}")
    if status in PASSING:
        return EndpointBusy(f"{url}: the server is in trouble ({status}){said}")
    return EndpointError(f"{url}: refuses the request ({status}){said}")


def unreachable(url: str, error: BaseException) -> EndpointError:
    """Return the error for a request that got no answer."""
    causes = list(_causes(error))
    untrusted = next((cause for cause in causes if isinstance(cause, ssl.SSLCertVerificationError)), None)
    if untrusted is not None or any("CERTIFICATE_VERIFY_FAILED" in str(cause) for cause in causes):
        reason = getattr(untrusted, "verify_message", "") or "it can't be verified"
        return EndpointError(
            f"{url}: the server's certificate is not trusted ({reason}): set SSL_CERT_FILE to that of its authority"
        )
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return EndpointError(f"{url}: does not speak TLS as we do: is it http:// instead of https://?")
    if any(isinstance(cause, ConnectionRefusedError) or "refused" in str(cause) for cause in causes):
        return EndpointBusy(f"{url}: nobody listens there: is the server running, is the port right?")
    if any(isinstance(cause, TimeoutError) or "timed out" in str(cause) for cause in causes):
        return EndpointBusy(f"{url}: no answer in time: the server is busy, or the address is wrong")
    if any("Name or service" in str(cause) or "nodename" in str(cause) for cause in causes):
        return EndpointBusy(f"{url}: no such host: check the address")
    last = MARKUP.sub(" ", str(causes[-1]) or type(causes[-1]).__name__).strip()
    return EndpointBusy(f"{url}: the connection broke off ({last[:LONGEST]})")


def no_results(url: str, content_type: str, text: str) -> EndpointError:
    """Return the error for a success that brings no SPARQL results."""
    kind = content_type.partition(";")[0].strip() or "something unnamed"
    if "html" in kind or text.lstrip()[:9].lower() in ("<!doctype", "<html"):
        return EndpointError(f"{url}: answers with a web page, not with SPARQL results: is this the query endpoint?")
    return EndpointError(f"{url}: answers with {kind} that can't be read as SPARQL results{_said(text)}")


def _said(text: str) -> str:
    # A page's markup is dropped, and a query that is quoted back.
    first = MARKUP.sub(" ", text.partition("SPARQL query:")[0]).strip()
    return f": {first[:LONGEST]}" if first else ""


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    following: BaseException | None = error
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        yield following
        reason = getattr(following, "reason", None)
        following = reason if isinstance(reason, BaseException) else following.__cause__ or following.__context__
