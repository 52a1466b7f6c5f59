"""One thing of every kind in a commune, made through services, and the address of each: what the matrix is tried on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core import signing

from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier, IssuedForm, OutsidePaper
from motcua.dossiers.online import faces
from motcua.dossiers.services import exchange, phones, satisfaction, scans
from motcua.kernel import files, identity, schedule
from motcua.kernel.calendar import Day
from motcua.kernel.identity import Post
from motcua.kernel.outbox import Delivery
from motcua.oversight import policies as oversight_policies
from motcua.oversight import services as oversight
from motcua.oversight.views import feedback as feedback_views
from motcua.oversight.views import public
from motcua.portal import password_links
from motcua.portal import services as portal
from motcua.procedures import services as catalogue
from tests.cast import BIRTH, CERTIFY, NOW, TODAY, Town, limit
from tests.dossiers import asked, foreign
from tests.oversight import directing, visiting
from tests.oversight import feedback as saying
from tests.oversight.departments import World
from tests.oversight.test_guidance import content, document
from tests.procedures import postings

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
HOUR = timedelta(hours=1)
# Beside the words of an address: what stands behind its question mark, and what is sent.
QUERY, DATA = "?", "data"
# What stands in an address beside the thing itself: a word of a list, a day, a procedure.
WORDS: Mapping[str, Any] = {
    "code": BIRTH,
    "sid": "page",
    "slug": "xa-mau-1",
    "form": "csv",
    "day": TODAY,
    "duty": "keeper",
    "sector": "ho-tich",
    "rest": "nothing",
    "edition": "1-0",
    "reference": "none",
    "place": 1,
    "key": "a" * 43,
    "side": "answer",
    "secret": "no",
}


def _file() -> Any:
    return files.keep(PDF, type="application/pdf")


def _mended(world: World, town: Town) -> Dossier:
    """Filed with a paper, received, mended once with another paper, and asked about in another office."""
    dossier = world.cast.file(BIRTH, town, components=[asked.photo()]).dossier
    dossier = dossiers.receive_dossier(dossier=dossier, by=town.intake, at=NOW, limit=limit(3))
    asked.ask(dossier, town.case, NOW)
    asked.answer(dossier, NOW)
    return dossier


def _settled(world: World, town: Town, **more: str) -> Dossier:
    dossier = world.cast.take_in(CERTIFY, town).dossier
    said = {"result_name": "Bản sao", "file": _file(), **more}
    return dossiers.settle_dossier(dossier=dossier, by=town.approver, at=NOW, **said)


def _asked(world: World, town: Town) -> Dossier:
    dossier = world.cast.file(BIRTH, town, components=[asked.photo()]).dossier
    dossier = dossiers.receive_dossier(dossier=dossier, by=town.intake, at=NOW, limit=limit(3))
    asked.ask(dossier, town.case, NOW)
    return dossier


class Things:
    """The things of one commune. `of(address)` says what stands in an address of this name."""

    def __init__(self, world: World, town: Town) -> None:
        self.world, self.town = world, town
        self.own: dict[str, Mapping[str, Any]] = {**self._dossiers(), **self._counter(), **self._exchange()}
        self.own |= self._oversight() | self._procedures() | self._settings()

    def of(self, name: str) -> Mapping[str, Any]:
        """What stands in the address of this name, or of the family of names that it belongs to."""
        nearest = max((each for each in self.own if name.startswith(each)), key=len, default="")
        return {**WORDS, "commune": self.town.slug, "number": self.dossier.number, **self.own.get(nearest, {})}

    def _dossiers(self) -> dict[str, Mapping[str, Any]]:
        town, world = self.town, self.world
        self.filed = world.cast.file(BIRTH, town)
        self.dossier = mended = _mended(world, town)
        settled, waiting = _settled(world, town), _asked(world, town)
        opinion = dossiers.ask_opinion(
            dossier=mended, office=town.certification, by=town.case, at=NOW, question="Đúng?", due_at=NOW + 9 * HOUR
        )
        opinion = dossiers.give_opinion(dossier=mended, by=town.leader, at=NOW, answer="Đúng.", file=_file())
        returned = world.cast.returned(CERTIFY, town)
        satisfaction.rate_dossier(dossier=returned, score=1, place="online", sentence="Chờ lâu", at=NOW)
        archived = dossiers.hand_to_archive(
            office=town.commune, dossiers=[returned], receiver="Kho", by=town.leader, at=NOW
        )
        told = Delivery.objects.filter(event__matter=mended.matter).earliest("pk")
        proven = _settled(world, town, verify_code=("34" if town is world.here else "43") * 8)
        form = IssuedForm.objects.filter(dossier=mended).earliest("pk")
        on = {"number": mended.number}
        return {
            "desk-": on,
            "desk-act": on | {"name": "remark"},
            "desk-paper": on | {"sid": "birth_paper", "position": 0},
            "desk-later-paper": on | {"n": 2, "sid": "birth_paper", "position": 0},
            "desk-result": {"number": settled.number, "pk": settled.results.get().pk},
            "desk-opinion-file": on | {"pk": opinion.pk, "side": "answer"},
            "desk-counter-slip": {DATA: {"number": self.filed.number, "claim_code": self.filed.claim_code}},
            "desk-form": on | {"pk": form.pk},
            "desk-message": on | {"pk": told.pk, DATA: {"way": "again"}},
            "operator-again": {"pk": told.pk},
            "desk-cut-off": {DATA: {"office": town.commune.code}},
            "desk-report-close": {DATA: {"office": town.commune.code, "month": "2026-08"}},
            "verify-result": {"code": proven.results.get().verify_code},
            "desk-supplement-enter": {"number": waiting.number},
            "desk-faces": {"number": returned.number},
            "desk-rating": {"number": returned.number},
            "desk-archive-list": {"pk": archived.pk},
            "desk-archive-file": {"pk": archived.pk, "form": "csv"},
            "desk-many": {"name": "receive"},
            "desk-report-file": {"name": "register", "form": "csv"},
            "citizen-": on,
            "citizen-supplement": {"number": waiting.number},
            "citizen-supplement-autosave": {"number": waiting.number, DATA: {"seq": "1"}},
            "citizen-autosave": {DATA: {"seq": "1"}},
            "citizen-supplement-page": {"number": waiting.number, "sid": "page"},
            "citizen-rate": {"number": returned.number},
            "citizen-faces": {"number": returned.number, "token": faces.address(returned.number).split("/")[-2]},
        }

    def _counter(self) -> dict[str, Mapping[str, Any]]:
        town, op_id = self.town, f"sheet-{self.town.slug}"
        scan = scans.keep_scan(content=PDF, name="a.pdf", office=town.commune, source="counter", op_id=op_id, at=NOW)
        link = phones.pair_phone(op_id=op_id, title="Mẫu", office=town.commune, by=town.intake, at=NOW)
        return {"desk-counter-scan": {"pk": scan.pk}, "phone-photos": {"token": phones.token_of(link)}}

    def _exchange(self) -> dict[str, Mapping[str, Any]]:
        town, code = self.town, f"dvcqg-{self.town.slug}"
        system = exchange.add_system(
            code=code, name="Cổng mẫu", kind="portal", office=town.commune, by=identity.system_person(), at=NOW
        )
        said = {"DonViXuLy": town.commune.agency_code}
        with_paper = [{"TepDinhKemId": "4", "TenTepDinhKem": "khong.pdf"}]
        known = foreign.message(self.world.cast, **said, MaHoSo=f"{code}-1", TaiLieuNop=with_paper)
        number = foreign.send(system, known).number
        unknown = foreign.message(self.world.cast, **said, MaHoSo=f"{code}-2", MaTTHC="9.999999")
        foreign.send(system, unknown)
        arrival = system.arrivals.get(number=f"{code}-2")
        told = Delivery.objects.filter(event__matter__reference=number).earliest("pk")
        paper = OutsidePaper.objects.get(dossier__matter__reference=number)
        return {
            "exchange-dossiers": {"code": code},
            "desk-arrival": {"pk": arrival.pk},
            "desk-outside-paper": {"number": number, "pk": paper.pk},
            "desk-exchange": {"number": number, "pk": told.pk, DATA: {"way": "again"}},
        }

    def _oversight(self) -> dict[str, Mapping[str, Any]]:
        return self._difficulties() | self._directives() | self._visits() | self._feedback()

    def _difficulties(self) -> dict[str, Mapping[str, Any]]:
        world, town = self.world, self.town
        given = oversight.Given(_file(), "m.pdf")
        private, answered = world.raised(town, shared=False, files=[given]), world.answered(town)
        own = oversight.publish_guidance(content=content(), office=town.commune, by=town.leader, at=NOW)
        kept = document(world, f"{next(world._numbers)}/HD-MAU", files=[given])
        said = [oversight.Section("work", "Việc đã làm", "Xong.")]
        draft = oversight.draft_report(
            office=town.commune, first=TODAY, last=TODAY, sections=said, by=town.leader, at=NOW
        )
        other = oversight.draft_report(
            office=town.commune, first=TODAY, last=TODAY + timedelta(days=1), sections=said, by=town.leader, at=NOW
        )
        report = {"reference": oversight.send_report(report=other, by=town.leader, at=NOW).reference}
        on = {"number": private.number}
        return {
            "difficulty": on,
            "difficulty-act": on | {"name": "clarify"},
            "difficulty-file": on | {"pk": private.attachments.get().pk},
            "guidance-publish": {"number": answered.number},
            "guidance": {"reference": own.reference},
            "guidance-feed": {"token": oversight_policies.reader_token(town.leader)},
            "document": {"reference": kept.reference},
            "document-file": {"reference": kept.reference, "pk": kept.files.get().pk},
            "situation-report": report,
            "situation-report-write": {"reference": draft.reference},
            "situation-report-drop": {"reference": draft.reference},
            "situation-report-paper": report | {"form": "docx"},
        }

    def _directives(self) -> dict[str, Mapping[str, Any]]:
        world, town = self.world, self.town
        drafted = directing.drafted(world, number=f"{next(world._numbers)}/TB-MAU")
        conclusion = directing.issued(world, number=f"{next(world._numbers)}/TB-MAU")
        made = directing.given(world, [town.commune], conclusion).directives.get()
        oversight.report_on(
            directive=made, text="Xong.", by=town.leader, at=NOW, file=oversight.Given(_file(), "m.pdf")
        )
        oversight.send_back(directive=made, missing="Thiếu.", by=world.governor, at=NOW)
        on = {"reference": made.reference}
        return {
            "conclusion": {"reference": conclusion.reference},
            "conclusion-edit": {"reference": drafted.reference},
            "conclusion-issue": {"reference": drafted.reference},
            "directive": on,
            "directive-act": on | {"name": "report", DATA: {"text": "Đã xong."}},
            "directive-file": on | {"pk": made.turns.get(kind="report").pk},
            "directive-give": {"reference": conclusion.reference, "no": 4},
        }

    def _visits(self) -> dict[str, Mapping[str, Any]]:
        world, town = self.world, self.town
        visit = visiting.planned(world, hosts=[town.commune])
        seen = {"posted": oversight.Seen(photos=[files.keep(b"mau", type="image/jpeg")])}
        host = oversight.check_host(host=visit.hosts.get(), seen=seen, by=world.governor, at=NOW)
        photo = host.checks.get().photos.get()
        on = {"reference": visit.reference}
        return {
            "visit": on,
            "visit-checklist": on | {"slug": town.slug},
            "visit-photo": on | {"pk": photo.pk},
        }

    def _feedback(self) -> dict[str, Mapping[str, Any]]:
        given = oversight.Given(_file(), "m.pdf")
        self.feedback = oversight.send_feedback(
            said=saying.said(), commune=self.town.commune, op_id=f"said-{self.town.slug}", at=NOW, files=[given]
        )
        heard = oversight.send_feedback(
            said=saying.said(), commune=self.town.commune, op_id=f"heard-{self.town.slug}", at=NOW, by=self.town.intake
        )
        made, code = self.feedback.feedback, self.town.commune.code
        on = {"number": made.number}
        return {
            "feedback": on,
            "feedback-act": on | {"name": "accept"},
            "feedback-file": on | {"pk": made.files.get().pk},
            "feedback-counted": {QUERY: f"office={code}&from={TODAY}&to={TODAY}"},
            "feedback-taken": {"token": signing.dumps(heard.feedback.number, salt=feedback_views.SALT)},
            "public-difficulty-sent": {"token": signing.dumps("KK-1", salt=public.SALT)},
            "feedback-own-file": on | {"pk": made.files.get().pk},
        }

    def _procedures(self) -> dict[str, Mapping[str, Any]]:
        town = self.town
        synonym = catalogue.set_synonym(
            office=town.commune, phrase="giấy mẫu", codes=[BIRTH], words="", by=town.procedure_manager, at=NOW
        )
        assert synonym is not None
        posting = postings.hang(
            self.world.cast, CERTIFY, town=town, photo=files.keep(postings.photo(), type="image/jpeg")
        )[0]
        return {
            "synonym-back": {"pk": synonym.pk},
            "wall-p": {"pk": posting.pk},
            "wall-print": {QUERY: f"key={CERTIFY}"},
            "manage-overlay": {"code": BIRTH, "office": town.commune.code},
        }

    def _settings(self) -> dict[str, Mapping[str, Any]]:
        town, code = self.town, self.town.commune.code
        person = town.case
        post = Post.objects.get(person=person)
        schedule.set_day(office=town.commune, day=Day(TODAY, "off", "Nghỉ mẫu"), at=NOW, by=town.administrator)
        begins = NOW + timedelta(days=30)
        pause = portal.announce_downtime(
            system="",
            from_at=begins,
            until_at=begins + HOUR,
            advice="",
            late_reason="",
            by=identity.system_person(),
            at=NOW,
        )
        secret = password_links.make(person.account, NOW)
        on = {"code": code, "pk": person.pk}
        return {
            "settings-": on,
            "settings-day": {"code": code, "day": TODAY},
            "try-out": {DATA: {"username": person.account.username}},
            "settings-post-end": on | {"post_pk": post.pk},
            "choose-password": {"secret": secret},
            "operator-": {"pk": pause.pk, "duty": "keeper"},
        }
