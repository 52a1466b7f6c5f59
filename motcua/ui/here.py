"""Where a page is, in codes that any room may read: which procedure, which step, which field, which matter.

Nouns: Here. A view says what it knows with `put`; whoever shows something beside the page, or leads on from it, reads
`page.here`. No names, no numbers of persons: only what the page itself is about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from django.http import HttpRequest

LONGEST = 60
_PLAIN = re.compile(r"[\w.\-/]{1,60}")


@dataclass(frozen=True, slots=True)
class Here:
    """What a page is about. Everything may be empty."""

    procedure: str = ""
    version: str = ""
    step: str = ""
    field: str = ""
    # The reference of a matter: followed only by those who may see it.
    matter: str = ""
    # The name of the page's address, never the address itself, in which numbers stand.
    page: str = ""
    error: str = ""

    @property
    def query(self) -> str:
        """As the end of an address."""
        return urlencode({each.name: value for each in fields(self) if (value := getattr(self, each.name))})


def put(request: HttpRequest, **facts: str) -> None:
    """Say what this page is about."""
    request.here = replace(of(request), **facts)  # type: ignore[attr-defined]


def of(request: HttpRequest) -> Here:
    """What is known of this page: what its view said, and the page's own name."""
    found: Here | None = getattr(request, "here", None)
    if found is not None:
        return found
    match = getattr(request, "resolver_match", None)
    return Here(page=match.view_name or "" if match else "")


def read(sent: Mapping[str, str]) -> Here:
    """What another page said of itself, from an address or a form; whatever is no plain code is left out."""
    given = {each.name: sent.get(each.name, "") for each in fields(Here)}
    return Here(**{name: value for name, value in given.items() if _PLAIN.fullmatch(value)})
