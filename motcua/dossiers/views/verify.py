"""Whether a result holds: for anybody who has its code from the paper or its QR."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from motcua.dossiers import queries, rules
from motcua.dossiers.outside import digital_signing
from motcua.dossiers.words import wording
from motcua.kernel.access import public


@public
@never_cache
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    code = rules.normal_claim_code(request.GET.get("code", "")).replace("/", "")
    if code.strip("."):
        return redirect("verify-result", code[: rules.VERIFY_LENGTH * 2])
    return render(request, "dossiers/citizen/verify.html", {"asked": "code" in request.GET})


@public
@never_cache
@require_GET
def result(request: HttpRequest, code: str) -> HttpResponse:
    found = queries.result_by_code(rules.normal_claim_code(code))
    shown: dict[str, Any] = {"code": rules.spaced(rules.normal_claim_code(code)), "found": found, "asked": True}
    if found is not None:
        request.office = found.dossier.competent_office  # type: ignore[attr-defined]
        shown["file"], shown["signatures"] = queries.file_of(found), digital_signing.signatures_of(found)
        shown["name"] = wording.masked_name(found.dossier.applicant.full_name)
    return render(request, "dossiers/citizen/verify.html", shown, status=200 if found else 404)
