"""Bytes that somebody sent, handed to somebody's browser: shown in place only when they are a picture or PDF, and never
able to act.
"""

from urllib.parse import quote

from django.http import Http404, HttpResponse

from motcua.kernel import files
from motcua.kernel.files import File

SHOWN_IN_PLACE = ("application/pdf", "image/jpeg", "image/png", "image/webp")


def bytes_of(file: File, name: str) -> HttpResponse:
    """The file under this name; 404 when its bytes are gone. Who may read it was asked before."""
    try:
        response = HttpResponse(files.read(file.sha256), content_type=file.type)
    except FileNotFoundError:
        raise Http404 from None
    kind = "inline" if file.type in SHOWN_IN_PLACE else "attachment"
    response["Content-Disposition"] = f"{kind}; filename*=UTF-8''{quote(name)}"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def made(content: bytes, name: str, kind: str) -> HttpResponse:
    """Bytes that this program made just now, to be kept under this name."""
    response = HttpResponse(content, content_type=kind)
    way = "inline" if kind == "application/pdf" else "attachment"
    response["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
