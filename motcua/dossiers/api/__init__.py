"""The service for machines at /api/v1/: the same road as the pages, as JSON. docs/reference/api.md describes it.

No session and no cookie: whoever files is named by an Idempotency-Key, whoever asks by the claim code.
"""

from typing import Annotated, Any

from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, Header, NinjaAPI, Query
from ninja.errors import HttpError, ValidationError
from ninja.files import UploadedFile
from ninja.responses import Status

from motcua.dossiers import limits, rules, slips
from motcua.dossiers.api import filing, problems, reading, shapes
from motcua.dossiers.api import supplement as supplementing
from motcua.dossiers.api.problems import Refused
from motcua.dossiers.queries import sealed
from motcua.dossiers.services import uploads
from motcua.kernel import freshness


class Described(NinjaAPI):
    """The framework's own, with problems described under the media type that they have."""

    def get_openapi_schema(self, **options: Any) -> Any:
        """The description."""
        schema = super().get_openapi_schema(**options)
        answers = (each["responses"] for address in schema["paths"].values() for each in address.values())
        for status, answer in ((status, answer) for each in answers for status, answer in each.items()):
            if int(status) >= 400 and "application/json" in answer.get("content", {}):
                answer["content"] = {"application/problem+json": answer["content"]["application/json"]}
        return schema


api = Described(
    title="Một Cửa", version="1", docs_url=None, urls_namespace="api", description="A service centre, for machines."
)
Slug = Annotated[str, Query(pattern=r"^[-a-z0-9]{0,80}$")]
READS = {404: shapes.Problem, 422: shapes.Problem, 503: shapes.Problem}
LIMITED = {429: shapes.Problem}
_OF_FILE = {
    "quota": (429, "too_many"),
    "too_large": (413, "too_large"),
    "type": (415, "media_type"),
    "office": (415, "media_type"),
}
WRITES = READS | dict.fromkeys((400, 409, 413, 415, 429), shapes.Problem)


@api.get("/communes", response={200: shapes.Communes, 503: shapes.Problem})
def communes(request: HttpRequest) -> Any:
    """Every commune that people can file with."""
    return reading.communes(timezone.localdate())


@api.get("/{commune}/procedures", response={200: shapes.Page} | READS)
def procedures(
    request: HttpRequest,
    commune: str,
    q: Annotated[str, Query(max_length=200)] = "",
    sector: Slug = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Any:
    """Procedures, best match first; an empty page ends the list."""
    day = timezone.localdate()
    return reading.page(request, reading.commune(commune, day), day, q, sector, page)


@api.get("/{commune}/procedures/{code}", response={200: shapes.Procedure} | READS)
def procedure(request: HttpRequest, commune: str, code: str) -> Any:
    """One procedure as this commune offers it."""
    day = timezone.localdate()
    office = reading.commune(commune, day)
    return reading.procedure(request, office, reading.edition(office, code, day))


@api.get("/{commune}/procedures/{code}/form", response={200: shapes.Form} | READS, by_alias=True)
def form(request: HttpRequest, commune: str, code: str) -> Any:
    """The form: a JSON Schema of the answers with a complete example, and the papers."""
    day = timezone.localdate()
    return reading.form(reading.edition(reading.commune(commune, day), code, day), day)


@api.post("/{commune}/uploads", response={201: shapes.Uploaded} | WRITES)
def upload(request: HttpRequest, commune: str, file: Annotated[UploadedFile, File()]) -> Any:
    """Keep a photo or PDF file for a day, to be named by a filing."""
    at = timezone.now()
    reading.commune(commune, timezone.localtime(at).date())
    address = limits.address_of(request)
    kept = uploads.keep_upload(content=file.read(), name=file.name or "", network=address, at=at)
    return Status(201, {"upload": kept.handle, "digest": kept.sha256, "sent_digest": kept.sent_sha256})


@api.post("/{commune}/filings", response={201: shapes.Filed} | WRITES)
def file(
    request: HttpRequest,
    commune: str,
    body: shapes.NewFiling,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key", pattern="^[!-~]{1,200}$")],
) -> Any:
    """File a request; the same key and body give the same answer."""
    at = timezone.now()
    limits.count(request, "filings", at)
    with freshness.held():
        dossier, code = filing.file(reading.commune(commune, timezone.localtime(at).date()), idempotency_key, body, at)
    return Status(201, filing.answer(request, commune, dossier, code))


@api.post("/{commune}/filings/{number}/supplements", response={201: shapes.SupplementFiled} | WRITES)
def supplement(
    request: HttpRequest,
    commune: str,
    number: str,
    body: shapes.NewSupplement,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key", pattern="^[!-~]{1,200}$")],
    claim_code: Annotated[str, Header(alias="Claim-Code")] = "",
) -> Any:
    """Mend what was asked for; the same key and body give the same answer."""
    at = timezone.now()
    limits.count(request, "filings", at)
    dossier = reading.opened(request, reading.commune(commune, timezone.localdate()), number, claim_code, at)
    return Status(201, supplementing.file(dossier, idempotency_key, body, at))


@api.get("/{commune}/filings/{number}", response={200: shapes.Standing} | READS | LIMITED)
def standing(
    request: HttpRequest, commune: str, number: str, claim_code: Annotated[str, Header(alias="Claim-Code")] = ""
) -> Any:
    """Where a dossier stands; a wrong code and an unknown number get the same answer."""
    now = timezone.now()
    limits.count(request, "standing", now)
    return reading.standing(request, reading.commune(commune, timezone.localdate()), number, claim_code, now)


@api.get(
    "/{commune}/filings/{number}/receipt",
    response=READS | LIMITED,
    openapi_extra={
        "responses": {
            200: {
                "description": "PDF: that it was filed; Form 01 once it is received",
                "content": {"application/pdf": {}},
            }
        }
    },
)
def receipt(
    request: HttpRequest, commune: str, number: str, claim_code: Annotated[str, Header(alias="Claim-Code")] = ""
) -> Any:
    """The paper that its sender may keep, to whoever has the claim code: as the pages give it."""
    now = timezone.now()
    limits.count(request, "standing", now)
    dossier = reading.opened(request, reading.commune(commune, timezone.localdate()), number, claim_code, now)
    code = rules.normal_claim_code(claim_code)
    content = slips.applicants_slip(dossier, code, origin=request.build_absolute_uri("/").rstrip("/"))
    return HttpResponse(content, content_type="application/pdf", headers={"Cache-Control": "no-store"})


@api.get("/{commune}/filings/{number}/sealed-receipt", response={200: shapes.SealedReceipt} | READS | LIMITED)
def sealed_receipt(
    request: HttpRequest, commune: str, number: str, claim_code: Annotated[str, Header(alias="Claim-Code")] = ""
) -> Any:
    """What proves to anybody what was filed when, to whoever has the claim code; with the filing's own text."""
    now = timezone.now()
    limits.count(request, "standing", now)
    dossier = reading.opened(request, reading.commune(commune, timezone.localdate()), number, claim_code, now)
    return sealed.receipt_file(dossier)


@api.exception_handler(Refused)
def refused(request: HttpRequest, problem: Refused) -> HttpResponse:
    """A request that we refuse in words."""
    return problems.answer(problem)


@api.exception_handler(limits.TooMany)
def asked_too_often(request: HttpRequest, many: limits.TooMany) -> HttpResponse:
    """A network that has had enough for a while."""
    return problems.answer(Refused(429, "too_many", retry_after=many.wait))


@api.exception_handler(ValidationError)
def misshapen(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A request of another shape."""
    return problems.answer(problems.of_shape(error.errors))


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A body that is no JSON."""
    return problems.answer(Refused(error.status_code, "unreadable"))


@api.exception_handler(uploads.UploadRefused)
def not_kept(request: HttpRequest, error: uploads.UploadRefused) -> HttpResponse:
    """A file that we do not keep."""
    status, code = _OF_FILE.get(error.code, (422, "invalid"))
    wait = limits.MINUTE if error.code == "quota" else 0
    return problems.answer(Refused(status, code, [("/file", error.message)], retry_after=wait))


@api.exception_handler(RequestDataTooBig)
def too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    """A body beyond all measure."""
    return problems.answer(Refused(413, "too_large"))


@api.exception_handler(OperationalError)
def busy(request: HttpRequest, error: OperationalError) -> HttpResponse:
    """The database could not take it just now; nothing was written."""
    return problems.answer(Refused(503, "busy", retry_after=1))
