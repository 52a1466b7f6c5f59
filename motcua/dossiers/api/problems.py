"""What goes wrong, said to machines and their makers: problem details (RFC 9457) in Vietnamese and English."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

Words = str | Promise
Fault = tuple[str, Words]

WORDS: Mapping[str, Words] = {
    "not_found": _("There is nothing at this address."),
    "no_commune": _("There is no commune of this name."),
    "no_procedure": _("This commune has no procedure of this code."),
    "no_filing": _("No dossier is opened by this number and claim code."),
    "method": _("This address does not take such a request."),
    "media_type": _("Send JSON to file, and multipart form data to upload."),
    "too_large": _("The request is too large. A file may have up to 10 MB."),
    "unreadable": _("The request cannot be read. Look at how it is written."),
    "no_key": _("Send an Idempotency-Key of 1 to 200 printable characters without blanks."),
    "key_reused": _("This Idempotency-Key already stands for another request. Use a new key for a new request."),
    "invalid": _("Some of what was sent cannot be taken. Mend it and send again."),
    "version": _("The form of this procedure has changed. Fetch the form again, fill it in and send it."),
    "not_here": _("This procedure is not filed here in this way. Look at its page for where it is filed."),
    "not_asked": _("Nothing is asked for now, or no longer. Look at where the dossier stands."),
    "too_many": _("Too many requests came from your network. Wait as long as Retry-After says, then try again."),
    "busy": _("The centre is busy at this moment. Send the same request again shortly."),
}
# What the shape of a request can lack, by the name that the validator gives it.
SHAPES: Mapping[str, Words] = {
    "missing": _("This is needed."),
    "extra_forbidden": _("This is not known here. Leave it out."),
    "string_type": _("This must be a text."),
    "string_too_long": _("This is too long."),
    "string_too_short": _("This must not be empty."),
    "string_pattern_mismatch": _("This is not written as it should be."),
    "literal_error": _("This is none of the possible values."),
    "list_type": _("This must be a list."),
    "too_long": _("There are too many of these."),
    "too_short": _("There are too few of these."),
}
OTHER_SHAPE = _("This is not of the kind that is expected here.")


class Refused(Exception):
    """A request that is answered with a problem."""

    def __init__(self, status: int, code: str, faults: Iterable[Fault] = (), retry_after: int = 0) -> None:
        super().__init__(code)
        self.status, self.code, self.faults, self.retry_after = status, code, tuple(faults), retry_after


def answer(refused: Refused) -> HttpResponse:
    """The problem as it goes out."""
    words = WORDS[refused.code]
    with override("vi"):
        title = str(words)
    body = {
        "type": f"urn:motcua:problem:{refused.code}",
        "title": title,
        "status": refused.status,
        "errors": [in_both(*fault) for fault in refused.faults or (("", words),)],
    }
    response = JsonResponse(body, status=refused.status, content_type="application/problem+json")
    if refused.retry_after:
        response["Retry-After"] = str(refused.retry_after)
    return response


def in_both(pointer: str, words: Words) -> dict[str, str]:
    """One fault in both languages."""
    said = {}
    for language in ("vi", "en"):
        with override(language):
            said[language] = str(words)
    return {"pointer": pointer, **said}


def of_shape(errors: Iterable[Mapping[str, Any]]) -> Refused:
    """The problem behind what the validator found; a header is answered before the body."""
    errors = tuple(errors)
    if any(error["loc"][0] == "header" for error in errors):
        return Refused(400, "no_key")
    faults = [(_pointer(error["loc"]), SHAPES.get(error["type"], OTHER_SHAPE)) for error in errors]
    return Refused(422, "invalid", faults)


def _pointer(place: tuple[str | int, ...]) -> str:
    """RFC 6901; the validator names the part of the request first, and a body by its parameter."""
    start = 2 if place[0] == "body" else 1
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in place[start:])


def nothing_here(request: HttpRequest, rest: str = "") -> HttpResponse:
    """An address that the API does not have."""
    return answer(Refused(404, "not_found"))
