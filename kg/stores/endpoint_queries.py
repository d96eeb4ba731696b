"""Asks a query of an endpoint through SPARQLWrapper: always by POST, with a time-out, with one clear error."""

from __future__ import annotations

import ast
import base64
import re
import warnings
from dataclasses import dataclass
from typing import TypeAlias
from urllib.error import HTTPError
from urllib.request import Request

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)
from SPARQLWrapper import DIGEST, JSON, POST, TURTLE, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

from kg.stores.credentials import Credentials
from kg.stores.endpoint_errors import EndpointError, no_results, refused, unreachable
from kg.stores.profiles import Profile
from kg.stores.query_text import query_form, tokens

__all__ = ["Answer", "Asker", "ResultsCutWarning"]

Node: TypeAlias = "NamedNode | BlankNode | Literal | Triple | None"
# What Virtuoso calls the one column of an answer to ASK.
ASKED = "__ASK_RETVAL"
ORDERED = re.compile(r"\bORDER\s+BY\b", re.IGNORECASE)


class ResultsCutWarning(UserWarning):
    """A store gave as many rows as it gives at most, so there may be more of them."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The columns and rows of an answer; that to ASK has one, `answer`, that to CONSTRUCT the parts of its triples."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Node, ...], ...]


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks one endpoint; with `paged`, the rest of an answer that the store cuts is asked for page by page."""

    url: str
    profile: Profile
    credentials: Credentials
    timeout: float = 120.0
    paged: bool = True

    def ask(self, text: str) -> Answer:
        """Return the answer to a query.

        Warns with ResultsCutWarning where the store cuts the answer and either `paged` is not set, or the query leaves
        the order open, on which pages depend. Raises EndpointError where the store does not answer, and QueryError for
        a text that is no query that reads.
        """
        # Whether SERVICE may be asked was decided where the query was read.
        form = query_form(text, service=True)
        if form in ("CONSTRUCT", "DESCRIBE"):
            content, _ = self._fetch(text, TURTLE)
            return self._triples(content)
        content, limit = self._fetch(text, JSON)
        answer = self._answer(content, form)
        if form != "SELECT" or not limit or len(answer.rows) < limit:
            return answer
        whole = self._all_pages(text, answer, limit) if self.paged else answer
        if len(whole.rows) > limit and not ORDERED.search(text):
            cure = "the rest was asked for page by page: an ORDER BY makes sure that no row is missed"
        elif not self.paged:
            cure = "there may be more: ask page by page"
        else:
            return whole
        warnings.warn(
            f"{self.url}: the store gives at most {limit:,} rows at once; {cure}", ResultsCutWarning, stacklevel=2
        )
        return whole

    def _all_pages(self, text: str, first: Answer, limit: int) -> Answer:
        rows, page = list(first.rows), first
        while len(page.rows) >= limit:
            content, _ = self._fetch(_page(text, first.columns, limit, len(rows)), JSON)
            page = self._answer(content, "SELECT")
            rows += page.rows
        return Answer(first.columns, tuple(rows))

    def _fetch(self, text: str, format: str) -> tuple[bytes, int]:
        """Return the body of the answer, and how many rows the store gives at most, 0 where it does not say."""
        wrapper = _Wrapper(self.url)
        wrapper.setMethod(POST)
        wrapper.setReturnFormat(format)
        wrapper.setTimeout(max(1, round(self.timeout)))
        wrapper.setQuery(text)
        if self.profile.union:
            wrapper.addParameter(*self.profile.union)
        self._authorize(wrapper)
        try:
            response = wrapper.query()
            headers = {name.lower(): value for name, value in response.info().items()}
            with response.response as body:
                content: bytes = body.read()
        except (SPARQLWrapperException, HTTPError) as error:
            raise self._refused(error) from None
        except OSError as error:
            raise unreachable(self.url, error) from None
        except Exception as error:
            # http.client has errors of its own kind for answers that break off.
            raise unreachable(self.url, error) from None
        kind = headers.get("content-type", "")
        if "html" in kind:
            raise no_results(self.url, kind, content[:1000].decode(errors="replace"))
        limit = headers.get(self.profile.limit_header, "") if self.profile.limit_header else ""
        return content, int(limit) if limit.isdigit() else 0

    def _authorize(self, wrapper: SPARQLWrapper) -> None:
        known = self.credentials
        if known.token:
            wrapper.addCustomHttpHeader("Authorization", f"Bearer {known.token}")
        elif known.user and self.profile.auth == "digest" and self.url.endswith("-auth"):
            wrapper.setHTTPAuth(DIGEST)
            wrapper.setCredentials(known.user, known.password)
        elif known.user and self.profile.auth != "digest":
            pair = base64.b64encode(f"{known.user}:{known.password}".encode()).decode()
            wrapper.addCustomHttpHeader("Authorization", f"Basic {pair}")

    def _refused(self, error: Exception) -> EndpointError:
        answered = error if isinstance(error, HTTPError) else error.__context__
        status = answered.code if isinstance(answered, HTTPError) else 500
        challenge = answered.headers.get("WWW-Authenticate", "") if isinstance(answered, HTTPError) else ""
        if isinstance(answered, HTTPError):
            answered.close()
        _, marked, quoted = str(error).partition("Response:\n")
        text = ast.literal_eval(quoted).decode(errors="replace") if marked and quoted.startswith("b") else ""
        return refused(self.url, status, text, known=bool(self.credentials), challenge=challenge)

    def _answer(self, content: bytes, form: str) -> Answer:
        try:
            found = parse_query_results(content, format=QueryResultsFormat.JSON)
            if isinstance(found, QueryBoolean):
                return Answer(("answer",), ((Literal(bool(found)),),))
            assert isinstance(found, QuerySolutions)
            columns = tuple(variable.value for variable in found.variables)
            rows = tuple(tuple(solution) for solution in found)
        except (SyntaxError, ValueError) as error:
            raise no_results(self.url, "JSON", content[:300].decode(errors="replace")) from error
        if form == "ASK" and columns == (ASKED,):
            return Answer(("answer",), ((Literal(any(str(row[0].value) == "1" for row in rows)),),))
        return Answer(columns, rows)

    def _triples(self, content: bytes) -> Answer:
        try:
            found = [quad.triple for quad in parse(content, format=RdfFormat.TURTLE)]
        except SyntaxError as error:
            raise no_results(self.url, "Turtle", content[:300].decode(errors="replace")) from error
        rows = tuple((triple.subject, triple.predicate, triple.object) for triple in dict.fromkeys(found))
        return Answer(("subject", "predicate", "object"), rows)


class _Wrapper(SPARQLWrapper):
    """SPARQLWrapper, which would hand the password on to wherever a server redirects to."""

    def _createRequest(self) -> Request:
        request: Request = super()._createRequest()
        authorization = request.headers.pop("Authorization", None)
        if authorization is not None:
            request.add_unredirected_header("Authorization", authorization)
        return request


def _page(text: str, columns: tuple[str, ...], limit: int, offset: int) -> str:
    """Return a query for a later page: what it selects is ordered inside, where Virtuoso sorts any number of rows."""
    start = next(token.start for token in tokens(text) if token.kind == "word" and token.text.upper() == "SELECT")
    projected = " ".join(f"?{column}" for column in columns)
    return f"{text[:start]}SELECT {projected} WHERE {{ {{ {text[start:]}\n}} }} LIMIT {limit} OFFSET {offset}"
