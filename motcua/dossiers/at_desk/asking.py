"""The page on which an officer makes a supplement request: places are ticked, then each gets its reason and remedy.

Nouns: Place (an answer or paper that can be ticked), Chosen (a ticked place with its form), Asking (the page as it
stands after what was sent). It works without JavaScript: ticking and filling in are two looks at the same form.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from motcua.dossiers import queries, services
from motcua.dossiers.acts import Seen
from motcua.dossiers.acts.supplement import end_of
from motcua.dossiers.forms import NeedForm, SupplementForm
from motcua.dossiers.models import Paper, SupplementRequest
from motcua.dossiers.words import mending
from motcua.kernel import schedule
from motcua.kernel.organisation import Office
from motcua.procedures import eforms
from motcua.procedures.definition import Definition

# Time to answer that the page begins with; the officer chooses.
WORKING_DAYS = 10


@dataclass(frozen=True, slots=True)
class Place:
    """An answer or paper that can be pointed at; `said` is what stands there, empty when nothing does."""

    kind: str
    sid: str
    title: str
    said: str
    ticked: bool

    @property
    def name(self) -> str:
        """As the page sends it."""
        return f"{self.kind}-{self.sid}"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A ticked place and what is written about it."""

    place: Place
    form: NeedForm
    # The usual words for each reason, for the script that puts them in when another is chosen.
    usual: dict[str, str]


class Asking:
    """The page for one dossier."""

    def __init__(self, seen: Seen, data: QueryDict | None = None) -> None:
        self.seen, self.dossier, self.data = seen, seen.dossier, data
        self.sending = data is not None and "send" in data
        self.problems: list[dict[str, str]] = [] if data is None else list(self._unticked())
        self.refused = ""
        self.sent: SupplementRequest | None = None

    @cached_property
    def definition(self) -> Definition:
        return queries.edition_of(self.dossier).definition

    @cached_property
    def earlier(self) -> list[SupplementRequest]:
        """The requests before this one."""
        return queries.supplement_requests_of(self.dossier)

    @cached_property
    def _filed(self) -> list[dict[str, Any]]:
        return [content for _filing, content in queries.filed_contents(self.dossier)]

    @cached_property
    def ticked(self) -> set[str]:
        """The places that were ticked."""
        return set(self.data.getlist("place")) if self.data is not None else set()

    @cached_property
    def sections(self) -> list[tuple[str, list[Place]]]:
        """Every question that is asked with these answers, page by page, with what stands there."""
        answers = queries.standing_answers(self._filed)
        asked = eforms.shown(self.definition, answers, self.seen.day)
        lang = get_language() or "vi"
        read = eforms.readback(self.definition, answers, lang, asked=asked)
        known = {field.sid for field in asked.fields}
        return [
            (
                section.title,
                [self._place("field", sid, label, said) for sid, label, said in section.rows if sid in known],
            )
            for section in read
        ]

    @cached_property
    def papers(self) -> list[Place]:
        """Every paper of the version that can be handed in, with what is there."""
        lang = get_language() or "vi"
        return [
            self._place("component", each.sid, each.title.get(lang), self._said_of(each.sid))
            for each in self.definition.components
            if each.handed_in
        ]

    def _said_of(self, sid: str) -> str:
        """The files of a paper, or that it lay on the counter."""
        given = [each for content in self._filed for each in content.get("components", ()) if each["sid"] == sid]
        names = [file["name"] for each in given for file in each["files"]]
        return ", ".join(names) or (_("Handed in on paper") if given else "")

    def _place(self, kind: str, sid: str, title: str, said: str) -> Place:
        return Place(kind, sid, title, said, f"{kind}-{sid}" in self.ticked)

    @cached_property
    def files(self) -> list[Paper]:
        """Every file that came, to be looked at beside the ticks."""
        of_dossier = Paper.objects.filter(filing__dossier=self.dossier).select_related("file", "filing")
        return list(of_dossier.order_by("filing__n", "sid", "position"))

    @cached_property
    def chosen(self) -> list[Chosen]:
        """The ticked places in the order of the page, each with its form."""
        places = [*(place for _title, rows in self.sections for place in rows), *self.papers]
        return [self._chosen(place) for place in places if place.ticked]

    def _chosen(self, place: Place) -> Chosen:
        lang = get_language() or "vi"
        reasons: list[tuple[str, Any]] = [(each.code, each.label) for each in mending.reasons(self.definition, lang)]
        title = mending.title(self.definition, place.kind, place.sid).vi
        usual = {code: mending.remedy(self.definition, code, place.kind, title) for code, _label in reasons}
        likely = mending.likely(place.kind, is_there=bool(place.said))
        first = {"reason_code": likely, "remedy": usual.get(likely, "")}
        typed = self.data is not None and f"{place.name}-remedy" in self.data
        form = NeedForm(self.data if typed else None, prefix=place.name, reasons=reasons, initial=first)
        form.use_required_attribute = False
        return Chosen(place, form, usual)

    @cached_property
    def form(self) -> SupplementForm:
        """Whom to call and until when."""
        typed = self.data is not None and "contact" in self.data
        return SupplementForm(
            self.data if typed else None,
            day=self.seen.day,
            again=bool(self.earlier),
            initial={"contact": self._contact(), "answer_by": self._usual_day()},
        )

    def _usual_day(self) -> Any:
        calendar = schedule.calendar_for(self.dossier.competent_office)
        return calendar.add_working_days(self.seen.day, WORKING_DAYS)

    def _contact(self) -> str:
        """The officer, the office and its telephone; official papers are Vietnamese."""
        office = self.seen.item.office if self.seen.item else self.dossier.competent_office
        phone = _phone_of(office)
        with override("vi"):
            words = _("%(name)s, %(office)s, telephone %(phone)s") if phone else "%(name)s, %(office)s"
            return (words % {"name": self.seen.person.full_name, "office": office.name, "phone": phone})[:200]

    def send(self, at: datetime) -> None:
        """Make the request if everything is there; what is missing stands at its place."""
        self.problems = list(self._problems())
        if self.problems:
            return
        given = self.form.cleaned_data
        self.sent = services.request_supplement(
            dossier=self.dossier,
            by=self.seen.person,
            at=at,
            items=[services.Need(each.place.kind, each.place.sid, **each.form.cleaned_data) for each in self.chosen],
            contact=given["contact"],
            answer_by=end_of(self.dossier, given["answer_by"]),
            repeat_reason=given.get("repeat_reason", ""),
            step=self.seen.item.step if self.seen.item else "",
        )

    def _problems(self) -> Iterator[dict[str, str]]:
        yield from self._unticked()
        if not self.chosen:
            return
        for each in self.chosen:
            yield from self._of_item(each)
        if not self.form.is_valid():
            for name, errors in self.form.errors.items():
                yield {"anchor": f"id_{name}", "message": str(errors[0])}

    def _unticked(self) -> Iterator[dict[str, str]]:
        if not self.chosen:
            yield {"anchor": "places", "message": _("Tick at least one answer or paper.")}

    def _of_item(self, each: Chosen) -> Iterator[dict[str, str]]:
        """A remedy in the usual words of another reason was left standing: the right ones are put in and shown."""
        if not each.form.is_valid():
            for name, errors in each.form.errors.items():
                yield {"anchor": f"id_{each.place.name}-{name}", "message": f"{each.place.title}: {errors[0]}"}
            return
        code, remedy = each.form.cleaned_data["reason_code"], each.form.cleaned_data["remedy"]
        if remedy != each.usual[code] and remedy in each.usual.values():
            data = (self.data or QueryDict()).copy()
            data[f"{each.place.name}-remedy"] = each.usual[code]
            each.form.data = data
            words = _("%(title)s: the usual words for this reason were put in. Read them, then send.")
            yield {"anchor": f"id_{each.place.name}-remedy", "message": words % {"title": each.place.title}}


def _phone_of(office: Office) -> str:
    """The office's telephone, or that of the nearest office above it."""
    place: Office | None = office
    while place is not None:
        if place.phone:
            return place.phone
        place = place.parent
    return ""
