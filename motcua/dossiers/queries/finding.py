"""Look-ups at the desk: by number, name, birth date, telephone or citizen id; and who has the same matter open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Exists, OuterRef, Q, UUIDField
from django.db.models.functions import Cast

from motcua.dossiers import policies, rules
from motcua.dossiers.models import Dossier, Restriction
from motcua.dossiers.rules import scan
from motcua.kernel import search
from motcua.kernel.identity import Person
from motcua.kernel.ledger import Event
from motcua.kernel.matters import Matter
from motcua.kernel.organisation import Office


def found(person: Person, text: str, day: date, limit: int = 50) -> list[Dossier]:
    """Dossiers that this person may see, by number, its tail, name, birth date, phone or citizen id; newest first."""
    text = scan.sought(text).strip()
    if not text:
        return []
    visible = Dossier.objects.filter(matter__in=Matter.objects.visible_to(person, day))
    # Whose use is restricted is found by its number only.
    restricted = Exists(Restriction.objects.filter(dossier=OuterRef("pk"), lifted_at=None))
    exact = Q(matter__reference=text.upper())
    matches = visible.filter(exact | (_matching(text) & ~restricted)).select_related(*policies.RELATED)
    return list(matches.order_by("-matter_id")[:limit])


def _matching(text: str) -> Q:
    digits = "".join(character for character in text if character.isdigit())
    if (day := _as_day(text)) is not None:
        return Q(applicant__birth_date=day)
    if digits and len(digits) >= 9 and not any(character.isalpha() for character in text):
        phone = "0" + digits[2:] if digits.startswith("84") else digits
        return Q(applicant__phone=phone) | Q(applicant__citizen_id=digits)
    # In the statement that asks what the person may see: nothing that matches is cut off before that is known.
    keys = search.matching("dossier", text).annotate(dossier=Cast("key", UUIDField())).values("dossier")
    return Q(pk__in=keys)


def _as_day(text: str) -> str | None:
    parts = text.replace("-", "/").replace(".", "/").split("/")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return None
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0])).isoformat()
    except ValueError:
        return None


def open_alike(
    commune: Office,
    code: str,
    applicant: Mapping[str, str],
    op_id: str = "",
    viewer: Person | None = None,
    day: date | None = None,
) -> list[Dossier]:
    """Open dossiers of the same procedure that likely are the same person's: a warning at the counter, never a
    refusal. The one that this very request has already become is none of them; with a viewer only what that person may
    see.
    """
    same = Dossier.objects.filter(procedure_code=code, competent_office=commune).exclude(state__in=rules.FINISHED)
    if viewer is not None and day is not None:
        same = same.filter(matter__in=Matter.objects.visible_to(viewer, day))
    who = Q(pk__in=[])
    if applicant.get("citizen_id"):
        who |= Q(applicant__citizen_id=applicant["citizen_id"])
    if applicant.get("full_name") and applicant.get("birth_date"):
        who |= Q(applicant__full_name__iexact=applicant["full_name"], applicant__birth_date=applicant["birth_date"])
    if op_id:
        same = same.exclude(filings__op_id=op_id)
    return list(same.filter(who).select_related(*policies.RELATED).order_by("-filed_at")[:5])


def taken_in_under(beginning: str, by: Person) -> list[Dossier]:
    """The dossiers that this person took in under keys that begin so and go on in hexadecimal digits, in order."""
    # A range, which an index answers on both databases: "g" comes after every such digit in every order of letters.
    keys = Event.objects.filter(op_id__gte=beginning, op_id__lt=f"{beginning}g", type="dossiers.filed", actor=by)
    found = Dossier.objects.filter(matter__in=keys.values("matter")).select_related(*policies.RELATED)
    return list(found.order_by("filed_at", "matter_id"))
