"""The official papers of a dossier beside Form 01: issued ones as often as they are asked for, and who has had it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from motcua.dossiers import queries, slips
from motcua.dossiers.rules import accesses
from motcua.dossiers.views.opened import to_read
from motcua.dossiers.views.printing import pdf
from motcua.kernel.access import signed_in


def _origin(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


@signed_in
@require_GET
def issued(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.issued_forms(to_read(request, number, accesses.PRINT)), pk=pk)
    made = slips.issued_form(found, origin=_origin(request), printed_at=timezone.now())
    return pdf(made, f"{number}-{found.form}")


@signed_in
@require_GET
def control(request: HttpRequest, number: str) -> HttpResponse:
    made = slips.control_slip(
        to_read(request, number, accesses.PRINT), origin=_origin(request), printed_at=timezone.now()
    )
    return pdf(made, f"{number}-06")
