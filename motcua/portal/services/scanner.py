"""The folder into which the scanner of an office's counter puts its files."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.dossiers import services as dossiers
from motcua.kernel.identity import Person
from motcua.kernel.organisation import Office
from motcua.portal import policies
from motcua.portal.services.record import CannotChange


def set_scanner(*, office: Office, folder: str, by: Person, at: datetime) -> None:
    """Watch this folder from now on; none without a name. Raises CannotChange, policies.NotAllowed."""
    post = policies.post_to_change(by, office, timezone.localdate(at))
    words = {
        "name": _("Write small letters without marks, digits and dashes only, for example quay-1."),
        "taken": _("Another counter's scanner uses this folder: choose another name."),
    }
    try:
        dossiers.set_scan_folder(office=office, folder=folder.strip(), by=by, post=post, at=at)
    except dossiers.NotAFolder as refused:
        raise CannotChange(words[refused.code], "folder") from None
    except OSError:
        raise CannotChange(_("The machine cannot make this folder: ask whoever looks after it."), "folder") from None
