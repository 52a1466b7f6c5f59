"""When something goes wrong on our side: the page says so under a reference, which the log and a difficulty repeat."""

import logging
import secrets

from django.http import HttpRequest, HttpResponse
from django.template import loader

from motcua.ui import here
from motcua.ui.context import Page

logger = logging.getLogger(__name__)
# No letter that looks or sounds like another; read over the telephone.
ALPHABET, LENGTH = "3467ACDEFGHJKPQRTWXY", 8


def server_error(request: HttpRequest) -> HttpResponse:
    """The page of an error that nobody expected; it asks no database, which may be what is broken."""
    reference = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    here.put(request, error=reference)
    logger.error("reference %s at %s", reference, here.of(request).page or "an unknown page")
    told = {"reference": reference, "trouble": Page(request).trouble}
    return HttpResponse(loader.get_template("500.html").render(told), status=500)
