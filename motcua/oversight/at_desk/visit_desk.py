"""What the pages of visits show, made for templates, and how a conclusion begins from what was found. Reads only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone, translation

from motcua.kernel.identity import Person
from motcua.oversight import policies, queries
from motcua.oversight.models import Finding, Host, Visit
from motcua.oversight.services import Written
from motcua.oversight.words import wording
from motcua.ui import writing

# Headings of a conclusion, in the order of the kinds; texts of an office are Vietnamese.
_HEADINGS = (
    ("praise", "Ghi nhận kết quả"),
    ("fault", "Tồn tại, hạn chế"),
    ("difficulty", "Khó khăn, vướng mắc của địa phương"),
    ("request", "Yêu cầu, giao việc"),
)
_NUMERALS = ("I", "II", "III", "IV")


def visit_page(person: Person, visit: Visit, day: date) -> dict[str, Any]:
    """Everything on its page but the forms that are open."""
    hosts = queries.hosts_of(visit)
    conclusions = policies.visible_conclusions(person, day).filter(visit=visit).select_related("matter")
    return {
        "visit": visit,
        "hosts": [{"commune": host.commune, "checks": list(_checks(host))} for host in hosts],
        "members": list(visit.members.all()),
        "agenda": list(visit.agenda.all()),
        "findings": list(_findings(visit)),
        "conclusions": list(conclusions),
        "may_direct": policies.may_direct(person, visit.office, day),
        "may_write": visit.state != "cancelled" and policies.may_write(person, visit, day),
        "history": [(event, wording.EVENTS.get(event.type, event.type)) for event in queries.history_of_visit(visit)],
    }


def _checks(host: Host) -> Iterator[dict[str, Any]]:
    known = {check.what: check for check in host.checks.prefetch_related("photos")}
    for what, label in wording.CHECKS.items():
        if what in known:
            yield {"label": label, "check": known[what], "photos": list(known[what].photos.all())}


def _findings(visit: Visit) -> Iterator[tuple[Any, list[Finding]]]:
    found = list(visit.findings.select_related("host__commune", "by"))
    for kind, label in wording.FINDINGS.items():
        if of_kind := [each for each in found if each.kind == kind]:
            yield label, of_kind


def conclusion_of(visit: Visit) -> Written:
    """What the conclusion of a visit begins with: each finding a paragraph under its kind."""
    found = list(visit.findings.select_related("host__commune"))
    lines: list[str] = []
    for kind, heading in _HEADINGS:
        of_kind = [each for each in found if each.kind == kind]
        if of_kind:
            numeral = _NUMERALS[sum(line.split(". ")[0] in _NUMERALS for line in lines)]
            lines += [f"{numeral}. {heading}", *(_paragraph(each) for each in of_kind)]
    with translation.override("vi"):
        day = writing.short_date(timezone.localtime(visit.begins_at).date())
    return Written(title=f"{visit.title}, ngày {day}", text="\n".join(lines) or visit.minutes or visit.title)


def _paragraph(finding: Finding) -> str:
    words = " ".join(finding.text.split())
    return f"{finding.host.commune.name}: {words}" if finding.host else words
