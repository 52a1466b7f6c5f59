"""What is wrong with a row, cell by cell and in words that say how to mend it; and what a sound row says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.dossiers.services import ApplicantData, carrying
from motcua.dossiers.services.carried.listing import COLUMNS, NEEDED, THERE, TRIED, WRONG, Fault, Row, plain
from motcua.dossiers.services.carrying import CarriedData
from motcua.kernel import search
from motcua.kernel.calendar import Calendar
from motcua.kernel.organisation import Office
from motcua.procedures import queries as procedures

CHANNELS = {"": "direct", "truc tiep": "direct", "truc tuyen": "online", "buu chinh": "postal", "buu dien": "postal"}
OPEN = ("", "moi nop", "moi dang ky", "da gui", "da tiep nhan", "duoc tiep nhan", "dang giai quyet", "dang xu ly")
_LONGEST = {"number": 60, "full_name": 200, "citizen_id": 20, "phone": 20, "email": 254, "address": 300}
_MOMENTS = ("%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%H:%M %d/%m/%Y", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S")
_DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y")


def checked(
    row: Row, commune: Office, calendar: Calendar, system: str, seen: set[str], at: datetime
) -> CarriedData | None:
    """What the row says, if it can be carried over now; sets its outcome."""
    if row.number and row.number not in seen and carrying.is_carried(system, row.number):
        row.outcome = THERE
        seen.add(row.number)
        return None
    moments, said = _moments_of_row(row, calendar, at), {key: plain(row.said.get(key)) for key in COLUMNS}
    row.faults += [Fault(COLUMNS[key], words) for key, words in _wrong(said, moments, seen, commune, at)]
    seen.add(row.number)
    row.outcome = WRONG if row.faults else TRIED
    return None if row.faults else _data(said, moments, commune, at)


def _data(said: Mapping[str, str], moments: Mapping[str, datetime], commune: Office, at: datetime) -> CarriedData:
    given = {key: said[key] for key in ("full_name", "citizen_id", "phone", "email", "address")}
    received_at = moments.get("received_at")
    return CarriedData(
        number=said["number"],
        edition=procedures.edition_for(commune, said["procedure"], timezone.localdate(at)),
        applicant=ApplicantData(**given),
        channel=CHANNELS[search.fold(said["channel"])],
        filed_at=moments.get("filed_at") or received_at or at,
        received_at=received_at,
        due_at=moments.get("due_at"),
        said={COLUMNS[key]: value for key, value in said.items()},
    )


def _wrong(
    said: Mapping[str, str], moments: Mapping[str, datetime], seen: set[str], commune: Office, at: datetime
) -> Iterator[tuple[str, str]]:
    yield from ((key, _("This is needed.")) for key in NEEDED if not said[key])
    for key, most in _LONGEST.items():
        if len(said[key]) > most:
            yield key, _("At most %(most)s characters.") % {"most": most}
    if said["number"] in seen:
        yield "number", _("This number stands in the list twice.")
    elif said["number"] and not carrying.is_number_free(said["number"]):
        yield "number", _("Another dossier of this centre has this number already.")
    if said["procedure"] and not procedures.is_offered(commune, said["procedure"], timezone.localdate(at)):
        yield "procedure", _("There is no procedure of this code. Write it as text, for example 1.001193.")
    if search.fold(said["channel"]) not in CHANNELS:
        yield "channel", _("Write trực tiếp, trực tuyến or bưu chính.")
    if search.fold(said["state"]) not in OPEN:
        yield (
            "state",
            _(
                "Only open dossiers are carried over. What waits for papers is written as “Đang giải quyết” and asked "
                "for again here; what has its result is returned in the earlier system."
            ),
        )
    if said["email"] and not _is_email(said["email"]):
        yield "email", _("This is no e-mail address. Mend it or leave the cell empty.")
    yield from _wrong_moments(moments, at)


def _wrong_moments(moments: Mapping[str, datetime], at: datetime) -> Iterator[tuple[str, str]]:
    filed, received, due = (moments.get(key) for key in ("filed_at", "received_at", "due_at"))
    for key in ("filed_at", "received_at"):
        if key in moments and moments[key] > at:
            yield key, _("This lies ahead. Write the day on which it was.")
    if filed and received and received < filed:
        yield "received_at", _("It was received before it was filed. Mend one of the two days.")
    if received and due is None:
        yield "due_at", _("What was received has an appointment. Write the day that stands on the receipt.")
    if due and received is None:
        yield "received_at", _("What has an appointment was received. Write the day of receipt.")
    if due and received and due < received:
        yield "due_at", _("The appointment lies before the receipt. Mend one of the two days.")


def _moments_of_row(row: Row, calendar: Calendar, at: datetime) -> dict[str, datetime]:
    """The moments of the row; a day alone is the office's beginning, for the appointment its end."""
    found = {}
    for key in ("filed_at", "received_at", "due_at"):
        cell = row.said.get(key)
        if cell in (None, ""):
            continue
        moment = _moment(cell, calendar, ends=key == "due_at")
        if moment is None:
            row.faults.append(Fault(COLUMNS[key], _("Write the day as 24/11/2026, with a time if it is known.")))
        else:
            found[key] = moment
    return found


def _moment(cell: Any, calendar: Calendar, *, ends: bool) -> datetime | None:
    if isinstance(cell, datetime):
        day_only = cell.time() == time()
        return _of_day(cell.date(), calendar, ends=ends) if day_only else cell.replace(tzinfo=calendar.zone)
    if isinstance(cell, date):
        return _of_day(cell, calendar, ends=ends)
    text = " ".join(str(cell).replace("T", " ").split())
    for form in _MOMENTS:
        if (found := _parsed(text, form)) is not None:
            return found.replace(tzinfo=calendar.zone)
    for form in _DAYS:
        if (found := _parsed(text, form)) is not None:
            return _of_day(found.date(), calendar, ends=ends)
    return None


def _parsed(text: str, form: str) -> datetime | None:
    try:
        found = datetime.strptime(text, form)  # noqa: DTZ007 - the office's zone is put to it where it is known
    except ValueError:
        return None
    return found if found.year >= 2000 else None


def _of_day(day: date, calendar: Calendar, *, ends: bool) -> datetime | None:
    if day.year < 2000 or day.year > 2100:
        return None
    sessions = calendar.sessions(day)
    if ends:
        return calendar.at(day, sessions[-1].end if sessions else time(17))
    return calendar.at(day, sessions[0].start if sessions else time(8))


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
