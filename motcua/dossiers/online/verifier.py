"""The one file that tries receipts without a network: script, look, words and public keys inside itself.

Its own policy allows exactly the script and the style that it carries, and no connection at all.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.kernel import organisation, seals
from motcua.ui import built


def content(at: datetime) -> dict[str, Any]:
    """Everything that the file's template shows."""
    return _page("verifier.js", _words(), at) | {"keys": _for_script(seals.published())}


def pack(at: datetime) -> dict[str, Any]:
    """The same for the file that tries inspection packs; it needs no key."""
    return _page("pack.js", _words_of_packs(), at)


def _page(name: str, words: dict[str, str], at: datetime) -> dict[str, Any]:
    script, style = built.text(name), built.text("verifier.css")
    parts = (
        "default-src 'none'",
        f"script-src {built.digest(script)}",
        f"style-src {built.digest(style)}",
        "img-src blob: data:",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return {
        "policy": "; ".join(parts),
        "script": script,
        "style": style,
        "words": _for_script(words),
        "centre": here.province.name if (here := organisation.installation()) else "",
        "day": at,
    }


def _for_script(value: dict[str, str]) -> str:
    """JSON that cannot end the element it stands in."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")


def _words_of_packs() -> dict[str, str]:
    return {
        "holds": _("This pack is as it was made."),
        "not": _("This pack is not as it was made."),
        "said": _("Dossiers: {dossiers}, files: {files}."),
        "manifest": _("Digest of the manifest (SHA-256), as the centre has it on record:"),
        "missing": _("{path} is missing."),
        "changed": _("{path} was changed."),
        "unknown": _("{path} does not belong to it."),
        "broken": _("Dossier {number}: event {place} does not follow from the one before it."),
        "cut": _("Dossier {number}: the events do not end where the manifest says."),
        "foreign": _("{path} is not what was recorded when it was filed."),
        "unread": _("Dossier {number}: the events cannot be read."),
        "format": _("The manifest cannot be read."),
        "none": _("There is no manifest.json in this folder. Unpack the ZIP file first, then choose its folder."),
        "reading": _("Reading the files …"),
    }


def _words() -> dict[str, str]:
    return {
        "holds": _("This receipt holds."),
        "not": _("This receipt does not hold."),
        "genuine": _("The centre took in a dossier with this number and digest at this moment."),
        "whole": _("The answers below are the filed ones, to the last letter."),
        "changed": _("The centre sealed this receipt, but the answers beside it were changed."),
        "false": _("The signature is not of this centre, or something in the receipt was changed."),
        "none": _("There is no receipt in it. The line begins with MC1~ or MCS1~."),
        "ours": _("This number is ours."),
        "notOurs": _("This slip does not hold."),
        "reserved": _(
            "We reserved it for a slip that is filled in by hand during an outage. The code says nothing of what is "
            "written on the slip."
        ),
        "office": _("Office, by its code"),
        "reservedAt": _("Reserved at"),
        "empty": _("Paste the receipt, or choose its file."),
        "reading": _("Reading the photo …"),
        "unread": _("No receipt could be read. Photograph the code from straight above, close and in good light."),
        "number": _("Dossier number"),
        "moment": _("Filed at"),
        "digest": _("Digest (SHA-256)"),
        "papers": _("Papers"),
    }
