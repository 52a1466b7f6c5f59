"""What is typed in answer to a supplement request before it is sent: one draft for each request, whoever opens it.

Typing is no act and leaves no event; the filing of it does. Pages and files are saved by services.drafts.
"""

import secrets
from datetime import datetime

from motcua.dossiers.models import SupplementDraft
from motcua.dossiers.services import drafts


def draft_for(*, request_id: int, at: datetime) -> SupplementDraft:
    """The draft of this request, begun when there is none."""
    begun = {"made_at": at, "saved_at": at, "expires_at": at + drafts.LASTS}
    begun["send_op_id"] = f"supplement-{secrets.token_hex(16)}"  # type: ignore[assignment]
    return SupplementDraft.objects.get_or_create(request_id=request_id, defaults=begun)[0]


def remove_expired(*, at: datetime) -> int:
    """Delete the drafts whose time is over; the number of them."""
    return SupplementDraft.objects.filter(expires_at__lte=at).delete()[0]
