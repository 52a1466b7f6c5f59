"""New and changed procedures as an Atom feed; each entry keeps its name for ever."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from motcua.kernel.organisation import Office
from motcua.procedures import news
from motcua.procedures.news import Change
from motcua.procedures.open_data.cpsv import service_address

# The day from which this program names entries: part of every tag (RFC 4151) and never changed.
_SINCE = "2026-11-23"


def atom(office: Office, found: Iterable[Change], home: str, feed_url: str, language: str) -> bytes:
    """The feed of one commune; `home` is its address in the reader's language."""
    host = home.partition("://")[2].partition("/")[0].partition(":")[0]
    feed = _Dated(
        title=_("%(office)s: procedures that are new or have changed") % {"office": office.name},
        link=home,
        description=None,
        language=language,
        author_name=office.name,
        feed_url=feed_url,
        feed_guid=f"tag:{host},{_SINCE}:{office.slug}/changes",
    )
    for each in found:
        feed.add_item(
            title=f"{_kind(each.kind)}: {each.name}",
            link=service_address(home, each.code),
            description=_described(each),
            unique_id=f"tag:{host},{_SINCE}:change/{each.position}",
            pubdate=each.at,
            updateddate=each.at,
        )
    return feed.writeString("utf-8").encode()


class _Dated(Atom1Feed):
    """An empty feed is as old as the naming of its entries, so that two readings of it are the same."""

    def latest_post_date(self) -> datetime:
        if self.items:
            return super().latest_post_date()
        return datetime.fromisoformat(f"{_SINCE}T00:00:00+00:00")


def _kind(kind: str) -> str:
    said = {news.NEW: _("New"), news.CHANGED: _("Changed"), news.CHANGED_HERE: _("Changed here")}
    return said[kind]


def _described(change: Change) -> str:
    if change.kind == news.CHANGED_HERE:
        return _("Code %(code)s. The office changed how this is done here: fee, time, counter or hours.") % {
            "code": change.code
        }
    return _("Code %(code)s, version %(no)d of the catalogue.") % {"code": change.code, "no": change.no}
