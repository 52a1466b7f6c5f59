"""What lies scanned at a counter: for one sheet, and for whichever takes it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet

from motcua.dossiers.models import Filing, PhoneLink, Scan, ScanFolder
from motcua.kernel.organisation import Office

# So many are shown; what is attached or put away makes room.
MOST = 60


def tray(office: Office, op_id: str) -> list[Scan]:
    """What may be attached on this sheet, oldest first, and what was refused; with what this very request attached."""
    own = Q(dossier=None, put_away_at=None) & (Q(op_id="") | Q(op_id=op_id))
    found = Scan.objects.filter(own | Q(dossier__filings__op_id=op_id), office=office).select_related("file")
    return list(found.order_by("-id")[:MOST])[::-1]


def scan_at(office: Office, pk: int) -> QuerySet[Scan]:
    """The scan with this number, if it lies at this commune's counter and was kept."""
    return Scan.objects.filter(pk=pk, office=office, dossier=None, file__isnull=False).select_related("file")


def scan_folder(office: Office) -> ScanFolder | None:
    """The folder that is watched for this commune."""
    return ScanFolder.objects.filter(office=office).first()


def scan_folders(office: Office | None = None) -> list[ScanFolder]:
    """Every folder that is watched, or the one of this commune."""
    found = ScanFolder.objects.select_related("office").order_by("folder")
    return list(found if office is None else found.filter(office=office))


def place_of_folder(name: str) -> Path:
    """Where the folder is on this machine."""
    return Path(settings.SCANS_FOLDER) / name


def phone_link_of(op_id: str, at: datetime) -> PhoneLink | None:
    """The page that a phone may use for this sheet now."""
    links = PhoneLink.objects.filter(op_id=op_id, closed_at=None, expires_at__gt=at)
    return links.order_by("-made_at").first()


def phone_link(token_hash: str, at: datetime) -> PhoneLink | None:
    """The open page of this token; none once its time is over, it was closed or the dossier was taken in."""
    link = PhoneLink.objects.select_related("office").filter(token_hash=token_hash, closed_at=None).first()
    if link is None or link.expires_at <= at or Filing.objects.filter(op_id=link.op_id).exists():
        return None
    return link


def sent_by_phone(link: PhoneLink) -> list[str]:
    """The names of what the phones of this sheet have sent."""
    return list(Scan.objects.filter(op_id=link.op_id, source="phone").order_by("id").values_list("name", flat=True))
