"""Answering a supplement request page by page: only what was asked for is open, with what is wrong beside it.

Nouns: Supplementing (a request with the draft of its answer, the day and the reader's language). It reads; the draft is
written by services.drafts, the answer filed by services.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import queries, rules, services
from motcua.dossiers.models import Dossier, SupplementDraft, SupplementRequest
from motcua.dossiers.online.way import CHECK, PAPERS, Stop, Way
from motcua.dossiers.queries import Opened
from motcua.dossiers.services import ComponentData, FileData, uploads
from motcua.dossiers.services.supplements import drafts as supplement_drafts
from motcua.dossiers.words.asked import AskedFor, Wanted, asked_for
from motcua.kernel import organisation
from motcua.kernel.identity import Person
from motcua.procedures import eforms
from motcua.procedures.definition import Component, Definition, Page
from motcua.procedures.eforms import Cleaned, Problem

Said = list[tuple[str, str | Promise]]


class NothingAsked(LookupError):
    """Nothing is asked for, or no longer."""


def find(dossier: Dossier, now: datetime, today: date) -> Supplementing:
    """The open request of this dossier with its draft, begun when there is none. Raises NothingAsked."""
    request = queries.open_supplement(dossier)
    if request is None:
        raise NothingAsked(dossier.number)
    draft = supplement_drafts.draft_for(request_id=request.pk, at=now)
    return Supplementing(dossier, request, draft, today, get_language() or "vi")


class Supplementing(Way):
    """The answer to one request on its way."""

    draft: SupplementDraft

    def __init__(
        self, dossier: Dossier, request: SupplementRequest, draft: SupplementDraft, today: date, lang: str
    ) -> None:
        self.dossier, self.request, self.draft, self.today, self.lang = dossier, request, draft, today, lang

    @cached_property
    def opened(self) -> Opened:
        """What the request opens."""
        return queries.opened_by(self.dossier, self.request, self.today)

    @cached_property
    def asked(self) -> AskedFor:
        """The request in words."""
        return asked_for(self.request, self.dossier, self.lang)

    @property
    def definition(self) -> Definition:
        return self.opened.definition

    @property
    def name(self) -> str:
        """What people call the procedure."""
        return (self.definition.short_name or self.definition.name).get(self.lang)

    @cached_property
    def context(self) -> eforms.Context:
        locality = self.dossier.competent_office.locality
        province = (locality.parent_id or "") if locality else ""
        return eforms.Context(today=self.today, lang=self.lang, demo=organisation.is_demo(), province=province)

    @cached_property
    def merged(self) -> dict[str, Any]:
        """The filed answers with the new ones over them."""
        return self.opened.merged(self.draft.answers)

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """The pages with open questions, narrowed to them."""
        return self.opened.pages(self.draft.answers)

    @cached_property
    def _components(self) -> tuple[Component, ...]:
        return self.opened.components(self.draft.answers)

    @property
    def components(self) -> tuple[Component, ...]:
        """The papers that are open."""
        return self._components

    @cached_property
    def _stops(self) -> tuple[Stop, ...]:
        way = [self.stop(page.sid, page.title.get(self.lang)) for page in self.pages]
        if self.components:
            way.append(self.stop(PAPERS, _("Papers")))
        return (*way, self.stop(CHECK, _("Check your answers")))

    @property
    def stops(self) -> tuple[Stop, ...]:
        """The way as it is with the answers so far."""
        return self._stops

    def address(self, sid: str) -> str:
        """Where this page is."""
        return reverse("citizen-supplement-page", args=[self.dossier.number, sid])

    def page(self, sid: str) -> Page | None:
        """The page of open questions with this name."""
        return next((page for page in self.pages if page.sid == sid), None)

    def wanted(self, page: Page) -> list[Wanted]:
        """What is wrong on this page, and how to mend it."""
        own = {field.sid for field in page.fields}
        return [each for each in self.asked.items if each.kind == "field" and each.sid in own]

    def stored(self, page: Page) -> tuple[Definition, Mapping[str, Any]]:
        """The new answers that are saved for this page."""
        own = {field.sid for field in page.fields}
        return self.definition, {sid: value for sid, value in self.draft.answers.items() if sid in own}

    def drawn(self, page: Page, raw: Mapping[str, Any] | None = None, problems: Iterable[Problem] = ()) -> str:
        """The open questions as HTML, with what was typed, else with what had been filed."""
        return eforms.render_page(
            self.definition,
            page,
            self.merged,
            self.context,
            raw=self.draft.raw.get(page.sid) if raw is None else raw,
            problems=tuple(problems),
            names_of_files=self.names_of_files,
            demanded=self.opened.asked_fields,
        )

    def cleaned(self, page: Page, raw: Mapping[str, Any]) -> Cleaned:
        """What was typed on this page, checked."""
        asked = self.opened.asked_fields
        return eforms.clean_page(self.definition, page, raw, self.merged, self.context, demanded=asked)

    @cached_property
    def whole(self) -> Cleaned:
        """All open answers together, checked as they will be when they are sent."""
        asked = {field.sid for page in self.pages for field in page.fields}
        answers = {sid: value for sid, value in self.draft.answers.items() if sid in asked}
        return self.opened.cleaned(answers, self.context)

    def papers(self) -> list[dict[str, Any]]:
        """Every open paper with the files that are there and what is wrong with what was sent."""
        listed = self.listed(self.components, [each.sid for each in self.components])
        by_sid = {each.sid: each for each in self.asked.items if each.kind == "component"}
        return [{**each, "wanted": by_sid.get(each["sid"])} for each in listed]

    def missing_papers(self, brought: Collection[str] = ()) -> Said:
        """What to add, for every open paper without a file; `brought` lay on the counter."""
        given = [*brought, *(sid for sid, listed in self.draft.papers.items() if listed)]
        missing = self.opened.missing_components(self.draft.answers, given)
        return [(each.sid, _("Add “%(title)s”.") % {"title": each.title.get(self.lang)}) for each in missing]

    def problems(self, brought: Collection[str] = ()) -> Said:
        """What keeps it from being sent, each with the part of the check page where it can be mended."""
        found: Said = []
        for page in self.pages:
            found += [(f"part-{page.sid}", words) for words in self._problems_of(page)]
        return found + [(f"part-{PAPERS}", words) for _sid, words in self.missing_papers(brought)]

    def _problems_of(self, page: Page) -> list[str | Promise]:
        own = {field.sid for field in page.fields}
        problems: Iterable[Problem] = [each for each in self.whole.problems if each.sid in own]
        if page.sid in self.draft.raw:
            problems = self.cleaned(page, self.draft.raw[page.sid]).problems
        said: list[str | Promise] = [each.message for each in problems]
        if not said and (page.sid in self.draft.raw or page.sid not in self.draft.pages_done):
            said.append(_("Open “%(page)s” and press Continue.") % {"page": page.title.get(self.lang)})
        return said

    def sections(self) -> list[dict[str, Any]]:
        """The new answers read back, each with what had been filed and the way to change it."""
        before = self._read(self.opened.filed)
        return [
            {
                "sid": page.sid,
                "title": page.title.get(self.lang),
                "rows": [
                    {
                        "key": label,
                        "value": text,
                        "before": before.get(sid, ("", ""))[1],
                        "href": f"{self.address(page.sid)}#{sid}",
                    }
                    for sid, (label, text) in self._read(self.whole.values).items()
                    if any(field.sid == sid for field in page.fields)
                ],
            }
            for page in self.pages
        ]

    def _read(self, answers: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
        sections = eforms.readback(self.definition, answers, self.lang, self.names_of_files)
        return {row.sid: (row.label, row.text) for section in sections for row in section.rows}

    def send(self, at: datetime, by: Person | None = None, brought: Iterable[ComponentData] = ()) -> Said:
        """File it; what keeps it from being filed, if anything, as for the check page. `brought` are papers that lay on
        the counter.

        Raises workflow.Refused when it is no longer asked for, policies.NotAllowed.
        """
        files = uploads.known_uploads(list(self.names_of_files), at)
        gone = [name for handle, name in self.names_of_files.items() if handle not in files]
        if gone:
            words = _("We no longer keep these files: %(names)s. Please add them again.")
            return [(f"part-{PAPERS}", words % {"names": ", ".join(gone)})]
        photographed = self._photographed(files)
        sids = {each.sid for each in photographed}
        papers = [*photographed, *(each for each in brought if each.sid not in sids)]
        said = {"answers": dict(self.whole.values), "papers": self.draft.papers, "brought": repr(papers)}
        try:
            services.file_supplement(
                dossier=self.dossier,
                answers=self._sent_answers,
                components=papers,
                op_id=self.draft.send_op_id,
                request_sha256=rules.sha256(rules.canonical(said)),
                at=at,
                file_names=files,
                by=by,
            )
        except services.SupplementIncomplete:
            return [(f"part-{CHECK}", _("Something is still missing or wrong. Go through the pages once more."))]
        return []

    @property
    def _sent_answers(self) -> dict[str, Any]:
        """Without what is computed, which the filing computes itself."""
        asked = {field.sid for page in self.pages for field in page.fields}
        return {sid: value for sid, value in self.whole.values.items() if sid in asked}

    def _photographed(self, files: Mapping[str, FileData]) -> list[ComponentData]:
        known = {each.sid for each in self.components}
        return [
            ComponentData(sid, tuple(files[each["handle"]] for each in listed), kind="copy", quantity=1)
            for sid, listed in self.draft.papers.items()
            if sid in known and listed
        ]
