"""One citizen's application on its way: its stops in order, what is drawn on each, what is still to be mended.

Nouns: Application (a draft with its edition, the day and the reader's language).
It reads; services.drafts writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import applicant, rules
from motcua.dossiers.models import Draft
from motcua.dossiers.online.way import CHECK, PAPERS, Stop, Way
from motcua.dossiers.services import drafts, resuming
from motcua.kernel import organisation
from motcua.kernel.organisation import Office
from motcua.procedures import eforms
from motcua.procedures import queries as procedures
from motcua.procedures.definition import Component, Definition, Page
from motcua.procedures.eforms import Cleaned, Problem
from motcua.procedures.queries import Edition

# So many drafts one browser may hold; the oldest key is forgotten first.
MOST_KEYS = 5


class Absent(LookupError):
    """This browser holds no draft of this procedure here."""


def find(keys: str, commune: Office, code: str, now: datetime, today: date, *, op_id: str = "") -> Application:
    """The newest draft of this procedure here that one of the keys opens, or the one of this op_id; else Absent."""
    hashes = [drafts.key_hash(key) for key in keys.split(".")[:MOST_KEYS] if key]
    found = (
        Draft.objects.filter(Q(key_hash__in=hashes) | Q(again_hash__in=hashes))
        .filter(commune=commune, version__procedure=code, expires_at__gt=now)
        .filter(**({"send_op_id": op_id} if op_id else {}))
        .select_related("commune__locality", "dossier__matter", "dossier__receiving_office")
        .order_by("-made_at")
        .first()
    )
    if found is None:
        raise Absent(code)
    return Application(found, today, get_language() or "vi")


def unfinished(keys: str, commune: Office, code: str, now: datetime, today: date) -> Application | None:
    """What this browser began here and has not sent, if anything was typed in it."""
    try:
        found = find(keys, commune, code, now, today)
    except Absent:
        return None
    typed = found.draft.applicant or found.draft.answers or found.draft.raw
    return found if typed and found.draft.dossier_id is None else None


def keys_with(keys: str, key: str) -> str:
    """The cookie's value with a new key in front."""
    return ".".join([key, *(each for each in keys.split(".") if each)][:MOST_KEYS])


def keys_without(keys: str, draft: Draft) -> str:
    """The cookie's value without what opens this draft."""
    opens = {draft.key_hash, draft.again_hash}
    return ".".join(key for key in keys.split(".") if key and drafts.key_hash(key) not in opens)


class Application(Way):
    """A draft with what is needed to go on with it."""

    draft: Draft

    def __init__(self, draft: Draft, today: date, lang: str) -> None:
        self.draft, self.today, self.lang = draft, today, lang
        self.commune: Office = draft.commune

    @cached_property
    def edition(self) -> Edition:
        """The edition under which the draft was begun."""
        return procedures.edition(self.draft.version_id, tuple(self.draft.overlay_ids))

    @property
    def definition(self) -> Definition:
        return self.edition.definition

    @cached_property
    def newer(self) -> Edition | None:
        """The version in force, when the draft was begun under an earlier one: it is offered, never forced (R3)."""
        try:
            found = procedures.edition_for(self.commune, self.edition.code, self.today)
        except procedures.NotInForce:
            return None
        return found if found.filed_here and found.version_id != self.edition.version_id else None

    @property
    def left_behind(self) -> list[dict[str, str]]:
        """Answers that are kept though nobody asks for them any more, with the words under which they were asked."""
        asked = {field.sid for field in self.definition.fields}
        kept = {sid: value for sid, value in self.draft.answers.items() if sid not in asked}
        words = procedures.labels_ever(self.edition.code) if kept else {}
        return [{"key": words[sid].get(self.lang), "value": str(value)} for sid, value in kept.items() if sid in words]

    @property
    def name(self) -> str:
        """What people call the procedure."""
        return (self.definition.short_name or self.definition.name).get(self.lang)

    @cached_property
    def context(self) -> eforms.Context:
        return eforms.Context(today=self.today, lang=self.lang, demo=organisation.is_demo(), province=self._province)

    @property
    def _province(self) -> str:
        """The code of the centre's own province."""
        locality = self.commune.locality
        return (locality.parent_id or "") if locality else ""

    @cached_property
    def shown(self) -> eforms.Shown:
        """What these answers lead to."""
        return eforms.shown(self.definition, self.draft.answers, self.today)

    @property
    def components(self) -> tuple[Component, ...]:
        """The papers to hand in."""
        return tuple(each for each in self.shown.components if each.handed_in)

    @property
    def is_draft_form(self) -> bool:
        """Whether nobody has yet held the questions against the official form."""
        return self.definition.draft_grade == "C"

    @property
    def only_shown(self) -> list[str]:
        """The papers to bring and show, which are never handed in."""
        return [each.title.get(self.lang) for each in self.shown.components if each.role == "present"]

    @cached_property
    def stops(self) -> tuple[Stop, ...]:
        """The way as it is with the answers so far."""
        pages = (applicant.PAGE, *self.shown.pages)
        way = [self.stop(page.sid, page.title.get(self.lang)) for page in pages]
        if self.components:
            way.append(self.stop(PAPERS, _("Papers")))
        return (*way, self.stop(CHECK, _("Check your answers")))

    def address(self, sid: str) -> str:
        """Where this page of the application is."""
        return reverse("citizen-page", args=[self.commune.slug, self.edition.code, sid])

    def page(self, sid: str) -> Page | None:
        """The page of questions with this name, if it is asked."""
        return next((page for page in (applicant.PAGE, *self.shown.pages) if page.sid == sid), None)

    def _whole(self, page: Page) -> tuple[Definition, Mapping[str, Any]]:
        if page.sid == applicant.SID:
            return applicant.DEFINITION, self.draft.applicant
        return self.definition, self.draft.answers

    def stored(self, page: Page) -> tuple[Definition, Mapping[str, Any]]:
        """The answers that are saved for this page, with the definition that asks for them."""
        definition, answers = self._whole(page)
        own = {field.sid for field in page.fields}
        return definition, {sid: value for sid, value in answers.items() if sid in own}

    def drawn(self, page: Page, raw: Mapping[str, Any] | None = None, problems: Iterable[Problem] = ()) -> str:
        """The questions as HTML, with what was typed."""
        definition, answers = self._whole(page)
        typed = self.draft.raw.get(page.sid) if raw is None else raw
        return eforms.render_page(
            definition,
            page,
            answers,
            self.context,
            raw=typed,
            problems=tuple(problems),
            names_of_files=self.names_of_files,
        )

    def cleaned(self, page: Page, raw: Mapping[str, Any]) -> Cleaned:
        """What was typed on this page, checked."""
        definition, answers = self._whole(page)
        return eforms.clean_page(definition, page, raw, answers, self.context)

    def starting(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Answers of the procedure's questions that are known from the applicant's page."""
        known = {f"applicant.{sid}": value for sid, value in values.items()}
        known |= {"today": self.today.isoformat(), "centre.province": self._province}
        if self.commune.locality_id:
            known["centre.commune"] = str(self.commune.locality_id)
        return eforms.starting_answers(self.definition, known, self.context)

    @cached_property
    def whole(self) -> Cleaned:
        """All answers together, checked as they will be when they are sent."""
        return eforms.clean(self.definition, self.draft.answers, self.context)

    def missing_papers(self) -> tuple[Problem, ...]:
        """A problem for every paper that must be there."""
        given = [sid for sid, listed in self.draft.papers.items() if listed]
        return eforms.missing_components(self.definition, self.draft.answers, given, self.today)

    def problems(self) -> list[tuple[str, str | Promise]]:
        """What keeps it from being sent, each with the part of the check page where it can be mended."""
        found: list[tuple[str, str | Promise]] = []
        for stop in self.stops:
            page = self.page(stop.sid)
            if page is not None:
                found += [(f"part-{stop.sid}", each) for each in self._problems_of(page)]
        return found + [(f"part-{PAPERS}", each.message) for each in self.missing_papers()]

    @property
    def code(self) -> str:
        """With which it is gone on with elsewhere; empty for what was begun before there were such codes."""
        return (
            rules.spaced(resuming.code_of(self.draft.send_op_id, self.draft.resume_hash))
            if self.draft.resume_hash
            else ""
        )

    def _problems_of(self, page: Page) -> list[str | Promise]:
        if page.sid in self.draft.raw:
            problems: Iterable[Problem] = self.cleaned(page, self.draft.raw[page.sid]).problems
        elif page.sid == applicant.SID:
            problems = self.cleaned(page, self.draft.applicant).problems
        else:
            own = {field.sid for field in page.fields}
            problems = [each for each in self.whole.problems if each.sid in own]
        said: list[str | Promise] = [each.message for each in problems]
        if not said and (page.sid in self.draft.raw or page.sid not in self.draft.pages_done):
            said.append(_("Open “%(page)s” and press Continue.") % {"page": page.title.get(self.lang)})
        return said

    def sections(self) -> list[dict[str, Any]]:
        """Everything read back, page by page, each with the way to change it."""
        own = eforms.readback(applicant.DEFINITION, self.draft.applicant, self.lang)
        theirs = eforms.readback(self.definition, self.whole.values, self.lang, self.names_of_files, asked=self.shown)
        return [
            {
                "sid": section.sid,
                "title": section.title,
                "rows": [
                    {"key": row.label, "value": row.text, "href": f"{self.address(section.sid)}#{row.sid}"}
                    for row in section.rows
                ],
            }
            for section in (*own, *theirs)
        ]

    def papers(self) -> list[dict[str, Any]]:
        """Every paper with the files that are there."""
        return self.listed(self.components, self.shown.required)
