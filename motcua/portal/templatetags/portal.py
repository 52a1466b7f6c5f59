"""How hours and days are written on the settings pages."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.kernel.calendar import Sessions
from motcua.kernel.identity import Post
from motcua.portal.forms.typed import in_one_line
from motcua.portal.forms.working_time import DAY_KINDS, WEEKDAYS

register = template.Library()
FAILURES = {
    "Refused": gettext_lazy("The other side does not accept it, for example because the address does not exist"),
    "LookupError": gettext_lazy("The program does not know how to deliver it"),
}
STATUSES = {
    "to_confirm": gettext_lazy("announced, the act not yet seen"),
    "rule": gettext_lazy("by the rule of the law, not yet announced"),
    "estimated": gettext_lazy("estimated, not yet announced"),
}


@register.filter
def sessions(hours: Sessions) -> str:
    """07:30-11:30, 13:00-17:00; a day without hours rests."""
    return in_one_line(hours) or _("rests")


@register.filter
def last_day(post: Post) -> date | None:
    """The last day on which a post is held; None for one without an end."""
    return post.valid_to - timedelta(days=1) if post.valid_to else None


@register.filter
def weekdays(week: Mapping[int, Sessions]) -> Iterator[tuple[str | Promise, Sessions]]:
    """The name of each weekday with its hours."""
    return ((WEEKDAYS[n], hours) for n, hours in week.items())


@register.filter
def day_kind(kind: str) -> str | Promise:
    """What a day is; one that is taken back is like any other of its weekday."""
    return DAY_KINDS.get(kind, _("Like its weekday"))


@register.filter
def day_status(status: str) -> str | Promise:
    """How sure a day is that is not official."""
    return STATUSES.get(status, "")


@register.filter
def of(mapping: Mapping[str, object], key: str) -> object:
    """What stands under a key; the key itself when nothing does."""
    return mapping.get(key, key)


@register.filter
def failure_kind(failure: str) -> str:
    """Why it did not arrive, without the failure's own words: those may name a person."""
    kind = failure.partition(":")[0]
    return str(FAILURES.get(kind, "")) or _("No connection (%(kind)s)") % {"kind": kind}
