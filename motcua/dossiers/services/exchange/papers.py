"""Papers that another system names: fetched by deliveries or laid beside the message, through the checks of uploads.

One that cannot be had stays visible on the dossier, and an officer may attach what was got in another way.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePosixPath

from django.db import transaction
from django.db.models import Max

from motcua.dossiers import policies, queries
from motcua.dossiers.events import OutsidePaperKept
from motcua.dossiers.models import Dossier, Filing, OutsidePaper, Paper
from motcua.dossiers.services import course, uploads
from motcua.kernel import files, identity, ledger
from motcua.kernel.identity import Person, Post

ELSEWHERE = "elsewhere"


class NotToBeHad(ValueError):
    """The paper cannot be taken, however often it is tried: a code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def keep_beside(*, dossier: Dossier, files: Mapping[str, bytes], at: datetime) -> None:
    """Take the files that lay with the message, each by the name under which the record names it."""
    for paper in OutsidePaper.objects.filter(dossier=dossier, kept_at=None):
        name = PurePosixPath(paper.address.replace("\\", "/")).name or paper.name
        content = files.get(name, files.get(paper.name))
        if content is None:
            continue
        try:
            keep_paper(paper=paper, content=content, at=at)
        except uploads.UploadRefused as refused:
            OutsidePaper.objects.filter(pk=paper.pk).update(failure=refused.code)


def keep_paper(*, paper: OutsidePaper, content: bytes, at: datetime, by: Person | None = None) -> None:
    """Keep the bytes as a paper of the dossier. Raises uploads.UploadRefused for what is no photo and no PDF."""
    taken = uploads.take(content, paper.name)
    sha256 = files.store(taken.content)
    with transaction.atomic():
        dossier, _items = course.locked_whole(paper.dossier)
        held = OutsidePaper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
        if held.kept_at is not None or queries.is_erased(dossier.applicant):
            return
        post = _post(dossier, by, at)
        held.file, held.kept_at, held.failure = files.enter(sha256, taken.content, type=taken.type), at, ""
        held.save(update_fields=["file", "kept_at", "failure"])
        first = Filing.objects.get(dossier=dossier, n=1)
        of_sid = Paper.objects.filter(filing=first, sid=held.sid).aggregate(last=Max("position"))["last"]
        position = 0 if of_sid is None else of_sid + 1
        Paper.objects.create(filing=first, sid=held.sid, position=position, file=held.file, name=taken.name)
        hand, office = by or identity.system_person(), dossier.receiving_office
        kept = OutsidePaperKept(held.pk, sha256)
        ledger.record(kept, matter=dossier.matter, at=at, by=hand, post=post, office=office)


def attach_paper(*, paper: OutsidePaper, content: bytes, by: Person, at: datetime) -> None:
    """An officer attaches what could not be fetched. Raises uploads.UploadRefused, policies.NotAllowed."""
    keep_paper(paper=paper, content=content, at=at, by=by)


def _post(dossier: Dossier, by: Person | None, at: datetime) -> Post | None:
    office = dossier.receiving_office or dossier.competent_office
    return policies.post_for(by, identity.INTAKE, office, course.day_of(at)) if by else None
