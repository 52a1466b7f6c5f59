"""What people have answered and are not finished with: open dossiers and drafts, for the proof of a new version."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.utils import timezone

from motcua.dossiers import rules
from motcua.dossiers.models import Draft, Filing
from motcua.procedures.services import Answered


def answered(code: str) -> Iterator[Answered]:
    """Every open dossier of this procedure with what stands in it, and every draft that was not sent."""
    yield from _filed(code)
    drafts = Draft.objects.filter(version__procedure=code, dossier=None).order_by("pk")
    for pk, answers, at in drafts.values_list("pk", "answers", "saved_at").iterator():
        if answers:
            yield Answered(f"draft {str(pk)[:8]}", False, answers, timezone.localtime(at).date())


def _filed(code: str) -> Iterator[Answered]:
    """The newest answer to each question counts: a supplement stands over the filing before it."""
    rows = Filing.objects.filter(dossier__procedure_code=code).exclude(dossier__state__in=rules.FINISHED)
    found: dict[str, Answered] = {}
    for number, content, at in rows.order_by("dossier", "n").values_list(
        "dossier__matter__reference", "content", "filed_at"
    ):
        said = json.loads(content).get("answers", {}) if content else {}
        before = found[number].answers if number in found else {}
        found[number] = Answered(number, True, {**before, **said}, timezone.localtime(at).date())
    yield from found.values()
