"""Finds the name and password, or the token, with which an endpoint is addressed: never an argument, never shown."""

from __future__ import annotations

import netrc
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

__all__ = ["Credentials", "CredentialsError", "credentials_for"]


class CredentialsError(ValueError):
    """Credentials that can't be used; the message says where they stand and how to mend them, never what they are."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """A name with its password, or a token, or neither; none of them is shown when this is printed."""

    user: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)

    def __bool__(self) -> bool:
        return bool(self.user or self.token)


def credentials_for(url: str, environment: Mapping[str, str] | None = None) -> Credentials:
    """Return what KG_TOKEN, or KG_USER and KG_PASSWORD, or the user's netrc file say for an address.

    Raises CredentialsError for a user without a password, an address with a password in it, and a broken netrc file.
    """
    known = os.environ if environment is None else environment
    address = urlsplit(url)
    if address.username or address.password:
        raise CredentialsError(
            f"{address.scheme}://{address.hostname}: a name or password in the address ends up in histories and logs:"
            " set KG_USER and KG_PASSWORD instead"
        )
    if known.get("KG_TOKEN"):
        return Credentials(token=known["KG_TOKEN"])
    if known.get("KG_USER"):
        if "KG_PASSWORD" not in known:
            raise CredentialsError("KG_USER is set and KG_PASSWORD is not: set both")
        return Credentials(user=known["KG_USER"], password=known["KG_PASSWORD"])
    return _from_netrc(address.hostname or "", known)


def _from_netrc(host: str, known: Mapping[str, str]) -> Credentials:
    path = known.get("NETRC") or os.path.join(known.get("HOME") or os.path.expanduser("~"), ".netrc")
    try:
        found = netrc.netrc(path).authenticators(host)
    except OSError:
        return Credentials()
    except netrc.NetrcParseError as error:
        # Its message may quote the line, and with it a password.
        raise CredentialsError(f"{path}, line {error.lineno}: can't be read as netrc") from None
    return Credentials(user=found[0], password=found[2] or "") if found else Credentials()
