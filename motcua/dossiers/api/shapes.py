"""What goes over the wire: requests as closed objects, answers as they are promised."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

Code = Annotated[str, Field(pattern=r"^[0-9A-Za-z.\-]{1,20}$")]
Sid = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,59}$")]
Handle = Annotated[str, Field(pattern=r"^[A-Za-z0-9_\-]{8,128}$")]


class Closed(Schema):
    """A request that may hold nothing unknown."""

    model_config = ConfigDict(extra="forbid")


class Applicant(Closed):
    """Who asks; only the name must be given."""

    full_name: Annotated[str, Field(min_length=1, max_length=200)]
    birth_date: Annotated[str, Field(max_length=10, description='"1990" or "1990-11-24"')] | None = None
    citizen_id: Annotated[str, Field(max_length=20)] | None = None
    phone: Annotated[str, Field(max_length=30)] | None = None
    email: Annotated[str, Field(max_length=254)] | None = None
    address: Annotated[str, Field(max_length=200)] | None = None


class Component(Closed):
    """A paper: the handles of its uploads."""

    sid: Sid
    files: Annotated[list[Handle], Field(min_length=1, max_length=20)]


class NewFiling(Closed):
    """A request to file."""

    procedure: Code
    version: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    channel: Literal["online", "postal", "direct"]
    applicant: Applicant
    answers: dict[str, Any]
    components: Annotated[list[Component], Field(max_length=60)] = []


class Filed(Schema):
    """The answer to a filing; the same when it is repeated."""

    number: str
    claim_code: str
    filed_at: datetime
    receipt_url: str
    status_url: str


class HistoryItem(Schema):
    """One recorded event, in words."""

    at: datetime
    type: str
    text: str
    office: str


class AskedItem(Schema):
    """One field or paper that is to be mended."""

    kind: Literal["field", "component"]
    sid: str
    title: str
    reason_code: str
    reason: str
    note: str
    remedy: str


class AskedNow(Schema):
    """The supplement request that waits for its answer."""

    n: int
    asked_at: datetime
    answer_by: datetime
    contact: str
    items: list[AskedItem]


class NewSupplement(Closed):
    """An answer to a supplement request: only what was asked for."""

    answers: dict[str, Any] = {}
    components: Annotated[list[Component], Field(max_length=60)] = []


class SupplementFiled(Schema):
    """The answer to a supplement; the same when it is repeated."""

    number: str
    supplement: int
    filed_at: datetime
    digest: str


class Standing(Schema):
    """Where a dossier stands."""

    number: str
    status: str
    portal_status: int
    due_at: datetime | None
    due_why: str
    supplement: AskedNow | None = None
    history: list[HistoryItem]


class Uploaded(Schema):
    """A kept file: its handle, and the SHA-256 of its bytes."""

    upload: str
    # Of the bytes that are kept, as a filing seals them; and of those that were sent.
    digest: str
    sent_digest: str


class Commune(Schema):
    """A commune that people can file with."""

    slug: str
    name: str
    code: str


class Communes(Schema):
    """Every commune."""

    items: list[Commune]


class Listed(Schema):
    """A procedure in a list; `online` says that it is filed here."""

    code: str
    name: str
    sector: str
    online: bool
    url: str


class Page(Schema):
    """One page of a list; an empty one ends it."""

    items: list[Listed]


class Procedure(Listed):
    """A procedure as this commune offers it."""

    short_name: str
    sector_name: str
    mode: str
    version: int
    channels: list[str]


class ComponentShape(Schema):
    """A paper that may be asked for."""

    sid: str
    title: str
    required: bool


class Form(Schema):
    """The form for machines; `schema` is JSON Schema 2020-12 of the answers."""

    version: int
    schema_: Annotated[dict[str, Any], Field(alias="schema")]
    components: list[ComponentShape]


class Fault(Schema):
    """What is wrong, and where in the request."""

    pointer: str
    vi: str
    en: str


class Problem(Schema):
    """Problem details (RFC 9457)."""

    type: str
    title: str
    status: int
    errors: list[Fault]


class SealedFiling(Schema):
    """One filing: its receipt's line, its text, and from the next night on how it leads to its day's root."""

    receipt: str
    content: str
    day: dict[str, Any] | None = None
    path: list[str] | None = None


class SealedReceipt(Schema):
    """The receipt's file, as the pages give it."""

    what: str
    number: str
    filings: list[SealedFiling]
    keys: dict[str, str]
