"""The acts an officer does on a dossier from its page: words, key, form, and which service does it.

Says in words why an act was refused. Decides nothing: services and policies do.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from motcua.dossiers import forms as desk_forms
from motcua.dossiers import queries, rules
from motcua.dossiers.acts.act import Act
from motcua.dossiers.acts.outside import OUTSIDE
from motcua.dossiers.acts.refused import REFUSALS, why_not
from motcua.dossiers.acts.straight import GIVE, REISSUE, REMARK, STRAIGHT, TAKE
from motcua.dossiers.models import Dossier
from motcua.kernel import identity
from motcua.kernel.identity import Person
from motcua.kernel.matters import WorkItem

__all__ = ["ACTS", "REFUSALS", "REISSUE", "TAKE", "asks", "form_for", "limit_is_open", "possible", "why_not"]

ACTS: Mapping[str, Act] = {**STRAIGHT, **OUTSIDE}


def possible(
    person: Person, dossier: Dossier, item: WorkItem | None, capabilities: frozenset[str], day: Any
) -> list[str]:
    """The acts offered to this person, in the order of the work."""
    of_work = list(queries.possible_acts(person, dossier, item, day))
    if of_work and item is not None and item.assignee_id != person.pk:
        of_work.append(TAKE)
    if of_work:
        of_work.append(GIVE)
    reissue = [REISSUE] if identity.INTAKE in capabilities and dossier.state not in rules.FINISHED else []
    return [*of_work, REMARK, *reissue]


def asks(dossier: Dossier, name: str) -> bool:
    """Whether the act asks anything before it is done."""
    return bool(_form_of(dossier, name).base_fields)


def form_for(dossier: Dossier, name: str, day: date, *given: Any) -> forms.Form:
    """The form of this act on this dossier, as it is asked that day."""
    if name == GIVE:
        return desk_forms.GiveForm(*given, colleagues=queries.colleagues(dossier, day))
    return _form_of(dossier, name)(*given)


def _form_of(dossier: Dossier, name: str) -> type[forms.Form]:
    """Receiving asks for a limit only where the edition leaves it open."""
    if name == rules.RECEIVE and limit_is_open(dossier):
        return desk_forms.LimitForm
    return ACTS[name].form


def limit_is_open(dossier: Dossier) -> bool:
    """Whether receiving must name a time limit, as services decide it."""
    channels = queries.edition_of(dossier).definition.channels
    own = next((each.limit for each in channels if each.kind == dossier.channel), None)
    own = own or next((each.limit for each in channels if each.limit), None)
    return own is None or own.value is None or own.unit is None
