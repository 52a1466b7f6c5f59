"""The floor: a plain Django page that validates twelve fields, stores a photo durably and inserts three rows."""

import os
import secrets
from pathlib import Path

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from benchmarks.models import Form, Line, Photo

# Twelve fields.
FloorForm = forms.modelform_factory(
    Form,
    fields=(
        "full_name",
        "birth_date",
        "citizen_id",
        "phone",
        "email",
        "child_name",
        "child_birth_date",
        "sex",
        "place",
        "mother",
        "father",
        "copies",
    ),
)


@csrf_exempt
def photo(request: HttpRequest) -> HttpResponse:
    """Store the photo and say where."""
    name = secrets.token_hex(16)
    folder = Path(settings.MOTCUA_DATA) / "floor"
    folder.mkdir(exist_ok=True)
    sent = request.FILES["file"]
    assert isinstance(sent, UploadedFile)
    with (folder / name).open("wb") as file:
        file.write(sent.read())
        file.flush()
        os.fsync(file.fileno())
    return JsonResponse({"upload": name}, status=201)


@csrf_exempt
def form(request: HttpRequest) -> HttpResponse:
    """Check and keep the form."""
    filled = FloorForm(request.POST)
    if not filled.is_valid():
        return JsonResponse(filled.errors, status=422)
    with transaction.atomic():
        kept = filled.save()
        Photo(form=kept, path=request.POST["upload"]).save()
        Line(form=kept).save()
    return JsonResponse({"number": kept.pk}, status=201)
