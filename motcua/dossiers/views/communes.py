"""The commune that an address names."""

from django.http import Http404
from django.utils import timezone

from motcua.kernel import organisation
from motcua.kernel.organisation import Office


def commune_or_404(slug: str) -> Office:
    """The commune at this address today."""
    try:
        return organisation.commune_by_slug(slug, timezone.localdate())
    except Office.DoesNotExist:
        raise Http404 from None
