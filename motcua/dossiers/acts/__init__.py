"""The acts an officer does on a dossier from its page: words, key, form, and which service does it.

Says in words why an act was refused. Decides nothing: services and policies do.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from motcua.dossiers import rules
from motcua.dossiers.acts import refused as refusing
from motcua.dossiers.acts.act import Act, Seen
from motcua.dossiers.acts.applicant import APPLICANT, REPLY, WRITE
from motcua.dossiers.acts.corrections import CORRECTIONS
from motcua.dossiers.acts.extensions import EXTENSIONS
from motcua.dossiers.acts.money import MONEY
from motcua.dossiers.acts.opinions import OPINIONS
from motcua.dossiers.acts.outside import OUTSIDE
from motcua.dossiers.acts.personal import PERSONAL
from motcua.dossiers.acts.refused import REFUSALS
from motcua.dossiers.acts.results import RESULTS
from motcua.dossiers.acts.stopping import STOPPING
from motcua.dossiers.acts.straight import GIVE, REISSUE, REMARK, STRAIGHT, TAKE, limit_is_open
from motcua.dossiers.acts.supplement import ASK as ASK_SUPPLEMENT
from motcua.dossiers.acts.supplement import ENTER as ENTER_SUPPLEMENT
from motcua.dossiers.acts.supplement import SUPPLEMENT
from motcua.dossiers.models import Dossier

__all__ = [
    "ACTS",
    "ASK_SUPPLEMENT",
    "ENTER_SUPPLEMENT",
    "GIVE",
    "REFUSALS",
    "REISSUE",
    "REMARK",
    "TAKE",
    "Act",
    "Seen",
    "asks",
    "form_for",
    "limit_is_open",
    "offered",
    "why_not",
]

# In the order in which they stand on the page.
ACTS: Mapping[str, Act] = {
    **OUTSIDE,
    **OPINIONS,
    **STRAIGHT,
    **SUPPLEMENT,
    **APPLICANT,
    **EXTENSIONS,
    **CORRECTIONS,
    **STOPPING,
    **RESULTS,
    **MONEY,
    **PERSONAL,
}

# What is done here while another system says how far the dossier has come.
_BESIDE_ANOTHER = frozenset({REMARK, REPLY, WRITE})


def offered(seen: Seen) -> list[str]:
    """The acts offered to this person, in the order of the work; what the work itself asks for stands first."""
    followed = any(item.act == rules.FOLLOW for item in seen.items)
    names = [name for name in ACTS if not followed or name in _BESIDE_ANOTHER]
    return sorted((name for name in names if ACTS[name].offered(seen)), key=lambda name: bool(ACTS[name].kind))


def asks(dossier: Dossier, name: str) -> bool:
    """Whether the act asks anything before it is done."""
    return bool(ACTS[name].form_for(dossier).base_fields)


def form_for(seen: Seen, name: str, *given: Any) -> forms.Form:
    """The form of this act on this dossier, as this person is asked."""
    act = ACTS[name]
    return act.form_for(seen.dossier)(*given, **act.options(seen))


def why_not(refused: Exception, dossier: Dossier) -> str:
    """Why an act was not done, by which rule, and what is possible instead."""
    return refusing.why_not(refused, dossier, {name: act.label for name, act in ACTS.items()})
