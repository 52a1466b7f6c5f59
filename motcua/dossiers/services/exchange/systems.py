"""With which systems dossiers are exchanged, and on what terms; each setting leaves its event at the office.

A key that lets a system send is shown once, when it is made; only its digest is kept.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from motcua.dossiers import rules
from motcua.dossiers.events import ExchangeSet
from motcua.dossiers.models import CodeMeaning, ExternalRef, PartnerSystem, StatusOwner
from motcua.dossiers.rules import exchange
from motcua.kernel import ledger, matters
from motcua.kernel.identity import Person
from motcua.kernel.organisation import Office


class NotPossibleNow(ValueError):
    """The setting would change what dossiers that came already rest on."""


def add_system(
    *,
    code: str,
    name: str,
    kind: str,
    office: Office,
    by: Person,
    at: datetime,
    endpoint: str = "",
    file_hosts: Sequence[str] = (),
    folder: str = "",
) -> PartnerSystem:
    """Make a system known, or change what is known of it. Raises ValueError for a kind that there is not."""
    if kind not in exchange.KINDS:
        raise ValueError(kind)
    said = {"name": name, "kind": kind, "office": office, "endpoint": endpoint, "folder": folder}
    with transaction.atomic():
        system, _made = PartnerSystem.objects.update_or_create(
            code=code, defaults={**said, "file_hosts": list(file_hosts)}
        )
        _record(system, "system", by, at)
    return system


def give_key(*, system: PartnerSystem, by: Person, at: datetime) -> str:
    """A new key under which the system may send; the earlier one opens nothing. Said once, kept as a digest."""
    key = secrets.token_urlsafe(32)
    with transaction.atomic():
        system.key_hash = _hash(key)
        system.save(update_fields=["key_hash"])
        _record(system, "key", by, at)
    return key


def system_of_key(code: str, key: str) -> PartnerSystem:
    """The system of this name if the key is its own; else PartnerSystem.DoesNotExist, whatever is wrong."""
    system = PartnerSystem.objects.select_related("office").filter(code=code).first()
    wanted = system.key_hash if system else ""
    if not hmac.compare_digest(_hash(key), wanted or "-" * 64) or system is None:
        raise PartnerSystem.DoesNotExist(code)
    return system


def mean(*, system: PartnerSystem, kind: str, theirs: str, ours: str, by: Person, at: datetime) -> None:
    """From now on its code means this procedure, or this office, here."""
    if kind not in (exchange.PROCEDURE, exchange.OFFICE) or not theirs.strip() or not ours.strip():
        raise ValueError(kind)
    with transaction.atomic():
        CodeMeaning.objects.update_or_create(
            system=system, kind=kind, theirs=theirs.strip()[:200], defaults={"ours": ours.strip()[:60]}
        )
        _record(system, kind, by, at)


def spell_status(*, system: PartnerSystem, state: str, code: str, by: Person, at: datetime) -> None:
    """What the system calls this state of ours; empty: by the National Portal's number. Raises ValueError."""
    if state not in rules.PORTAL_STATUS:
        raise ValueError(state)
    with transaction.atomic():
        system.statuses = {key: value for key, value in system.statuses.items() if key != state}
        if code.strip():
            system.statuses[state] = code.strip()[:20]
        system.save(update_fields=["statuses"])
        _record(system, "statuses", by, at)


def own_status(*, version_id: int, system: PartnerSystem, owner: str, by: Person, at: datetime) -> None:
    """Who says how far dossiers of this version have come: we (here), or this system (there). One owner per version.

    Raises NotPossibleNow once dossiers of the version came from outside: their owner does not change under them.
    """
    with transaction.atomic():
        held = StatusOwner.objects.filter(version_id=version_id)
        wanted = system.code if owner == exchange.THERE else None
        if held.values_list("system", flat=True).first() == wanted:
            return
        if ExternalRef.objects.filter(dossier__version_id=version_id, carried_over=False).exists():
            raise NotPossibleNow(system.code)
        held.delete()
        if owner == exchange.THERE:
            StatusOwner.objects.create(version_id=version_id, system=system, by=by, at=at)
        _record(system, f"owner-{owner}", by, at)


def _record(system: PartnerSystem, what: str, by: Person, at: datetime) -> None:
    matter = matters.administration_of(system.office, at)
    ledger.record(ExchangeSet(system.code, what), matter=matter, at=at, by=by, office=system.office)


def _hash(key: str) -> str:
    return hashlib.sha256(f"exchange:{key}".encode()).hexdigest()
