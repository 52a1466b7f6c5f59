"""Guidance and documents that hold for somebody, as an Atom feed; each entry keeps its name for ever."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from motcua.kernel.identity import Person
from motcua.oversight import queries
from motcua.oversight.at_desk.guiding import office_of
from motcua.oversight.words import wording

MOST = 50
# The day from which this program names entries: part of every tag (RFC 4151) and never changed.
_SINCE = "2026-11-24"


def atom(person: Person, day: date, site: str, own: str, language: str) -> bytes:
    """The feed of what holds where this person works, the newest first."""
    office, host = office_of(person, day), site.partition("://")[2].partition(":")[0]
    feed = _Dated(
        title=_("Guidance for %(office)s") % {"office": office.name},
        link=f"{site}/desk/guidance/",
        description=None,
        language=language,
        author_name="Một Cửa",
        feed_url=own,
        feed_guid=f"tag:{host},{_SINCE}:guidance/{office.code}",
    )
    for at, reference, title, text, path in _items(person, day)[:MOST]:
        feed.add_item(
            title=title,
            link=f"{site}/desk/{path}/{reference}/",
            description=text,
            unique_id=f"tag:{host},{_SINCE}:{reference}",
            pubdate=at,
            updateddate=at,
        )
    return feed.writeString("utf-8").encode()


def _items(person: Person, day: date) -> list[tuple[datetime, str, str, str, str]]:
    office = office_of(person, day)
    entries = [
        (each.at, each.reference, f"{wording.WORTHS[each.worth].word}: {each.question}", each.text, "guidance")
        for each in queries.guidance_listed(office, day)
    ]
    documents = [
        (each.matter.opened_at, each.reference, f"{each.number}: {each.matter.title}", each.summary, "documents")
        for each in queries.documents_in_force(office, day)[:MOST]
    ]
    return sorted([*entries, *documents], reverse=True)


class _Dated(Atom1Feed):
    """An empty feed is as old as the naming of its entries, so that two readings of it are the same."""

    def latest_post_date(self) -> datetime:
        if self.items:
            return super().latest_post_date()
        return datetime.fromisoformat(f"{_SINCE}T00:00:00+00:00")
