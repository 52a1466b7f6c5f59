"""A paper as it goes out: shown in its place, kept by nobody on the way, printable from the page that asked for it."""

from django.http import HttpResponse


def pdf(content: bytes, name: str) -> HttpResponse:
    """The paper under this name. Our own pages may put it in a frame, so that one key prints it (desk.js)."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response
