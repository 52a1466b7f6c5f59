"""Sheets on the wall: hung, in place of those that hung there before, and taken down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from motcua.kernel import files, ledger, matters, rows
from motcua.kernel.files import File
from motcua.kernel.gate import Taken
from motcua.kernel.identity import Person
from motcua.kernel.matters import Matter
from motcua.kernel.organisation import Office
from motcua.procedures import policies, queries
from motcua.procedures.events import SheetPosted, SheetTakenDown
from motcua.procedures.models import Posting, Procedure
from motcua.procedures.queries import Sheet

LONGEST_PLACE = 200


class PostingRefused(ValueError):
    """What was said cannot have been; `reason` is no_sheets, no_place, in_the_future, not_offered, hung_later or
    before_it_hung, `keys` the sheets it is about.
    """

    def __init__(self, reason: str, keys: Iterable[str] = ()) -> None:
        self.reason, self.keys = reason, tuple(keys)
        super().__init__(f"{reason} {', '.join(self.keys)}")


def post_sheets(
    *,
    office: Office,
    keys: Sequence[str],
    place: str,
    posted_date: date,
    by: Person,
    at: datetime,
    op_id: str,
    photo: File | None = None,
) -> list[Posting]:
    """These sheets (codes of procedures, slugs of fields) hang at this place since that day; all of them or none.

    Each says what was in force on that day. A sheet of the same that hung at the same place came down then. The same
    `op_id` again gives the first answer. Raises PostingRefused; policies.NotAllowed when `by` does not keep this wall.
    """
    _must_keep(by, office, at)
    place = " ".join(place.split())
    with transaction.atomic():
        # Two at once for the same wall: the second waits here and then sees what the first hung.
        Office.objects.select_for_update().get(pk=office.pk)
        if done := list(Posting.objects.filter(office=office, op_id=op_id).order_by("pk")):
            return done
        sheets = _sheets(office, keys, place, posted_date, timezone.localdate(at))
        _replaced(office, keys, place, posted_date, by, at)
        made = [
            Posting(
                office=office,
                kind=sheet.kind,
                procedure_id=sheet.key if sheet.kind == Posting.PROCEDURE else None,
                version_id=sheet.version_id,
                overlay_ids=list(sheet.overlay_ids),
                sector_id=sheet.key if sheet.kind == Posting.SECTOR else None,
                listing=sheet.listing,
                place=place,
                posted_date=posted_date,
                posted_by=by,
                photo=photo,
                op_id=op_id,
            )
            for sheet in sheets
        ]
        _record_posted(made, office, by, at)
    return made


def keep_photo(photo: Taken) -> File:
    """Keep what somebody photographed: an ordinary picture without what a phone adds.

    Nothing is recorded: the posting that names it records its digest.
    """
    return files.keep(photo.content, type=photo.type)


def take_down_sheet(*, posting: Posting, taken_down_date: date, by: Person, at: datetime) -> Posting:
    """The sheet hangs no more since that day; taken down already, it stays as it was said first.

    Raises PostingRefused for a day to come or one before it hung; policies.NotAllowed like post_sheets.
    """
    _must_keep(by, posting.office, at)
    if taken_down_date > timezone.localdate(at):
        raise PostingRefused("in_the_future")
    if taken_down_date < posting.posted_date:
        raise PostingRefused("before_it_hung")
    with transaction.atomic():
        held = Posting.objects.select_for_update(of=("self",)).select_related("office", "procedure__matter")
        found = held.get(pk=posting.pk)
        if found.taken_down_date is None:
            _take_down(found, taken_down_date, by, at)
    return found


def _must_keep(by: Person, office: Office, at: datetime) -> None:
    if not policies.can_manage(by, office, timezone.localdate(at)):
        raise policies.NotAllowed(office)


def _sheets(office: Office, keys: Sequence[str], place: str, posted_date: date, today: date) -> list[Sheet]:
    """What these keys said on that day; PostingRefused where something does not fit."""
    if not keys:
        raise PostingRefused("no_sheets")
    if not place or len(place) > LONGEST_PLACE:
        raise PostingRefused("no_place")
    if posted_date > today:
        raise PostingRefused("in_the_future")
    offered = queries.sheets_on(office, posted_date)
    if unknown := [key for key in keys if key not in offered]:
        raise PostingRefused("not_offered", unknown)
    return [offered[key] for key in dict.fromkeys(keys)]


def _replaced(office: Office, keys: Sequence[str], place: str, posted_date: date, by: Person, at: datetime) -> None:
    """What hangs at the place under these keys comes down; PostingRefused if any of it was hung later than this."""
    there = Posting.objects.filter(Q(procedure__in=keys) | Q(sector__in=keys), office=office, place=place)
    hanging = list(there.filter(taken_down_date=None).select_related("office", "procedure__matter").order_by("pk"))
    if later := [each.key for each in hanging if each.posted_date > posted_date]:
        raise PostingRefused("hung_later", later)
    for each in hanging:
        _take_down(each, posted_date, by, at)


def _take_down(posting: Posting, on: date, by: Person, at: datetime) -> None:
    posting.taken_down_date, posting.taken_down_by = on, by
    posting.save(update_fields=["taken_down_date", "taken_down_by"])
    happened = SheetTakenDown(posting.pk, on)
    matter = posting.procedure.matter if posting.procedure else matters.administration_of(posting.office, at)
    ledger.record(happened, matter=matter, at=at, by=by, office=posting.office)


def _record_posted(made: Sequence[Posting], office: Office, by: Person, at: datetime) -> None:
    """Write them with an event each: of a procedure on its own matter, of a field on the office's."""
    codes = [each.procedure_id for each in made if each.procedure_id]
    found = Procedure.objects.select_related("matter").in_bulk(codes)
    for each in made:
        rows.insert(each)
        procedure = found.get(each.procedure_id or "")
        matter: Matter = procedure.matter if procedure else matters.administration_of(office, at)
        photo, overlays = each.photo_id, tuple(each.overlay_ids)
        happened = SheetPosted(each.pk, each.key, each.version_id, overlays, each.posted_date, photo)
        ledger.record(happened, matter=matter, at=at, by=by, office=office)
