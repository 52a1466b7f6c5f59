"""One person at the counter: what was typed is read, checked and taken in by one act.

Nouns: Sheet (the counter's page for one procedure, as it stands after what was typed). It keeps nothing between pages.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.dossiers import acts, policies, queries, rules, services
from motcua.dossiers.at_counter import forms_counter, known_data, outage, sittings
from motcua.dossiers.at_counter.known_data import KnownData
from motcua.dossiers.at_counter.places import Place
from motcua.dossiers.at_counter.tray import Tray
from motcua.dossiers.forms import LimitForm
from motcua.dossiers.models import Dossier, PhoneLink
from motcua.dossiers.queries import blanks
from motcua.dossiers.rules import scan
from motcua.kernel import organisation
from motcua.kernel.identity import Person
from motcua.kernel.organisation import Office
from motcua.procedures import eforms
from motcua.procedures import queries as procedures
from motcua.procedures.definition import Definition
from motcua.procedures.queries import Edition


@dataclass
class Sheet:
    """The page for one procedure; `filed` is there once it was taken in."""

    place: Place
    edition: Edition
    context: eforms.Context
    data: QueryDict | None
    by: Person
    files: MultiValueDict[str, Any] = field(default_factory=MultiValueDict)
    problems: list[tuple[str, str]] = field(default_factory=list)
    doubtful: tuple[str, ...] = ()
    # Open dossiers of the same person, and whether the officer has read of them before pressing.
    alike: list[Dossier] = field(default_factory=list)
    filed: services.Filed | None = None
    refused: str = ""
    scanned: bool = False
    # Enter was pressed in a field: nothing was scanned and nothing taken in.
    waits: bool = False
    known: KnownData = field(default_factory=KnownData)

    def __post_init__(self) -> None:
        definition = self.definition = _without_files(self.edition.definition)
        self.who = forms_counter.WhoForm(self.data, context=self.context, initial=self._known_person())
        self.papers = forms_counter.paper_forms(definition, self.data)
        named = _limit_is_open(self.edition) and not self.only_helps
        self.limit = LimitForm(self.data, prefix="limit") if named else None
        self.slip = forms_counter.SlipForm(self.data, initial={"number": self.place.slip})
        self.op_id = (self.data or QueryDict()).get("op_id") or sittings.new_op_id(self.place.sitting)
        self.raw = self._raw() if self.data is not None else self._starting(self.who.initial)
        self.found: tuple[eforms.Problem, ...] = ()
        self.tray = Tray(self.place.own, self.op_id, self.edition.definition, self.data)
        self.phone: tuple[PhoneLink, str] | None = None
        if self.data is not None and "agreed" in self.data:
            self.known = known_data.agreed_before(self)

    @property
    def only_helps(self) -> bool:
        """Whether the competent commune's own centre is to receive it."""
        return (self.data or QueryDict()).get("only_help") == "1"

    @property
    def at_counter(self) -> Office:
        """The commune at whose counter the person stands."""
        return self.place.own

    @property
    def commune(self) -> Office:
        """The competent one."""
        return self.place.commune

    def _known_person(self) -> dict[str, str]:
        """Who sits here already: of the next matter nothing is asked again."""
        who = sittings.person(self.place.sitting, self.by) if self.place.sitting and self.data is None else None
        return forms_counter.as_typed(who) if who else {}

    def _raw(self) -> dict[str, Any]:
        pages = self.definition.pages
        return {sid: raw for page in pages for sid, raw in eforms.read_page(page, self.data or QueryDict()).items()}

    def _starting(self, who: Mapping[str, Any]) -> dict[str, Any]:
        """What the procedure's questions have from the person."""
        given = {name: value for name, value in who.items() if value}
        if "birth_date" in given:
            given["birth_date"] = forms_counter.iso_day(given["birth_date"])
        prefill = {f"applicant.{name}": value for name, value in given.items()}
        return {**eforms.starting_answers(self.definition, prefill, self.context), **self._raw()}

    def questions(self) -> list[tuple[Any, Any]]:
        """The procedure's own questions, page by page."""
        raw = self.raw if self.data is not None else None
        return [
            (
                page,
                eforms.render_page(self.definition, page, self.raw, self.context, raw=raw, problems=self.found),
            )
            for page in self.definition.pages
        ]

    def answer(self, at: datetime) -> None:
        """What the button that was pressed asks for; files are kept whatever it is."""
        if self.data is None:
            return
        self.problems += self.tray.keep(self.files, at)
        self._pressed(self.data)(at)
        self.phone = None if self.filed else self.tray.phone(at)

    def _pressed(self, data: QueryDict) -> Callable[[datetime], None]:
        acts_ = {
            "read_card": lambda _at: self.read_card(),
            "agree": self._agree,
            "put_in": lambda _at: self._put_in(),
            "look": self._at_tray(self.tray.look),
            "put_away": self._at_tray(self.tray.put_away),
            "phone": self._at_tray(lambda at: self.tray.pair(self.by, at)),
            "phone_close": self._at_tray(self.tray.unpair),
        }
        found = next((act for name, act in acts_.items() if name in data), None)
        if found is None and eforms.wants_redraw(data):
            return lambda _at: self.look_again()
        return found or self.take_in

    def _at_tray(self, act: Callable[[datetime], None]) -> Callable[[datetime], None]:
        def done(at: datetime) -> None:
            act(at)
            self.look_again()

        return done

    def _agree(self, at: datetime) -> None:
        """The person said yes: what is known from earlier is shown, and nothing of it filled in."""
        self.look_again()
        citizen_id = known_data.citizen_id_in(self.data)
        if not citizen_id:
            self.problems.append(("id_who-citizen_id", _("Read the card or enter the citizen id first: 12 digits.")))
            return
        self.known = known_data.agree(self, citizen_id, at)

    def _put_in(self) -> None:
        """What was ticked, and nothing else."""
        data = (self.data or QueryDict()).copy()
        for each in self.known.ticked:
            self.known.put(each, data, self.raw)
        self.data = data
        self.look_again(data)

    def read_card(self) -> None:
        """Fill the applicant from what the reader typed, wherever the cursor was; what looks eaten is named."""
        data = (self.data or QueryDict()).copy()
        card = forms_counter.taken_card(data)
        if card is None and blanks.is_number_of_slip(number := scan.number_of(data.get("scan", ""))):
            data.update({"slip-number": number, "scan": ""})
            self.scanned = True
            self.look_again(data)
            return
        if card is None:
            self.waits = not data.get("scan", "").strip()
            if not self.waits:
                words = _("This is not a citizen card's code. Scan again or type.")
                self.problems.append(("scan", words))
            self.look_again(data)
            return
        data.update(forms_counter.from_card(card))
        self.doubtful, self.scanned = card.doubtful, True
        self.look_again(data)
        known = {"citizen_id": card.citizen_id, "full_name": card.full_name, "birth_date": card.birth_date}
        self.alike = self._open_alike(known)
        self.raw = self._starting({**known, "address": card.address})

    def _open_alike(self, who: Mapping[str, str]) -> list[Dossier]:
        """Of another commune only what this person may see anyway."""
        viewer = self.by if self.place.is_elsewhere else None
        return queries.open_alike(self.commune, self.edition.code, who, self.op_id, viewer, self.context.today)

    def look_again(self, data: QueryDict | None = None) -> None:
        """The page as it was typed so far; nothing is taken in, and nothing held against anybody."""
        data = data or self.data or QueryDict()
        self.who = forms_counter.WhoForm(initial=forms_counter.typed(data, "who-"), context=self.context)
        self.slip = forms_counter.SlipForm(initial=forms_counter.typed(data, "slip-"))
        if self.limit is not None:
            self.limit = LimitForm(initial=forms_counter.typed(data, "limit-"), prefix="limit")

    def take_in(self, at: datetime) -> None:
        """One act, if everything is there, and if the officer has read that the person has the same matter open."""
        answers = self._checked()
        if self.problems:
            return
        papers = self.tray.papers(self.papers)
        who = self.who.applicant()
        self.alike = self._open_alike(asdict(who))
        if not {each.number for each in self.alike} <= set((self.data or QueryDict()).getlist("seen")):
            return
        try:
            self.filed = services.take_in_dossier(
                commune=self.commune,
                edition=self.edition,
                applicant=who,
                answers=answers,
                components=papers,
                op_id=self.op_id,
                request_sha256=rules.sha256(
                    rules.canonical({"who": repr(who), "answers": answers, "papers": repr(papers)} | self.on_slip())
                ),
                by=self.by,
                at=self.slip.moment or at,
                slip=services.Slip(self.slip.cleaned_data["number"], at) if self.slip.moment else None,
                limit=self.limit.limit() if self.limit else None,
                counter=self.place.own,
                only_help=self.only_helps,
                reused=self.known.used(asdict(who), answers),
                scans=self.tray.attached,
            )
        except services.KeyUsedForAnotherRequest:
            self.refused = _("This page was already sent with other words. Begin anew for the next dossier.")
        except services.SlipRefused as refused:
            self.problems.append(outage.problem_of(refused))
        except services.ScanTaken:
            self.refused = _("A scan was attached to another dossier or put away meanwhile. Look which ones are left.")
            self.tray = Tray(self.place.own, self.op_id, self.edition.definition, self.data)
        except (policies.NotAllowed, services.LimitNeeded) as refused:
            self.refused = acts.why_not(refused, Dossier(state="submitted"))

    def on_slip(self) -> dict[str, str]:
        """What is written on the slip, where there is one."""
        moment = self.slip.moment
        return {"slip": f"{self.slip.cleaned_data['number']} {moment.isoformat()}"} if moment else {}

    def _checked(self) -> dict[str, Any]:
        asked = [form for form in (self.slip, self.who, self.limit, *self.papers) if form is not None]
        valid = [form.is_valid() for form in asked]
        who = {f"applicant.{name}": value for name, value in self.who.cleaned_data.items() if value}
        definition = self.definition
        known = eforms.starting_answers(definition, who, self.context)
        cleaned = eforms.clean(definition, {**known, **self.raw}, self.context)
        self.found = cleaned.problems
        for form in asked:
            for name, errors in form.errors.items():
                self.problems.append((f"id_{form.prefix}-{name}", str(errors[0])))
        self.problems += [(each.anchor, str(each.message)) for each in cleaned.problems]
        assert all(valid) or self.problems
        return dict(cleaned.values)


@functools.lru_cache(maxsize=512)
def _without_files(definition: Definition) -> Definition:
    """What is asked at the counter: a paper lies there, and nobody photographs it meanwhile."""
    if all(each.type != "file" for each in definition.fields):
        return definition
    pages = (
        replace(page, fields=tuple(each for each in page.fields if each.type != "file")) for page in definition.pages
    )
    return replace(definition, pages=tuple(pages))


def _limit_is_open(edition: Edition) -> bool:
    return acts.limit_is_open(
        Dossier(version_id=edition.version_id, overlay_ids=list(edition.overlay_ids), channel="direct")
    )


def sheet(
    place: Place,
    code: str,
    day: date,
    data: QueryDict | None,
    by: Person,
    files: MultiValueDict[str, Any] | None = None,
) -> Sheet:
    """The counter's page for this procedure. NotInForce when it is not offered."""
    day = forms_counter.slip_day(data or {}, day)
    edition = procedures.edition_for(place.commune, code, day)
    context = eforms.Context(
        today=day,
        lang=get_language() or "vi",
        demo=organisation.is_demo(),
        province=place.commune.code.split("-")[0],
    )
    return Sheet(place, edition, context, data, by, files or MultiValueDict())
