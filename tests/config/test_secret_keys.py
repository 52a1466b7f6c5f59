"""Secrets are renewed by a command, in the middle of the work: what must go on working does, what must not does not."""

from __future__ import annotations

import hashlib
from argparse import Namespace
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.test import Client
from django.utils import timezone

from motcua.config import secret_keys
from motcua.config.backup import places
from motcua.config.cli import database
from motcua.config.cli import keys as command
from motcua.config.secret_keys import CodeKeys
from motcua.dossiers import policies, services
from motcua.dossiers.models import Dossier
from motcua.dossiers.online import opening
from motcua.dossiers.services import drafts, filing, phones, pieces, resuming
from motcua.kernel.ledger import Event
from motcua.portal import password_links
from tests.cast import BIRTH, NOW, TODAY, Cast
from tests.oversight import feedback
from tests.oversight.departments import make as departments

OLD = "the secret that was there since the first day"
KEY = "k" * 43
CONTENT = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def restart(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Reads the secrets as a process does that begins now."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    monkeypatch.setattr(timezone, "localdate", lambda *given: TODAY)
    settings.SECRET_FILE, settings.KEYS_FOLDER = tmp_path / "secret-key", tmp_path / "keys"
    settings.SECRET_IS_GIVEN, settings.FILES_FOLDER = False, tmp_path / "files"
    settings.SECRET_FILE.write_text(OLD + "\n")

    def read() -> None:
        settings.SECRET_KEY = settings.SECRET_FILE.read_text().strip()
        settings.SECRET_KEY_FALLBACKS = secret_keys.earlier(settings.KEYS_FOLDER, timezone.now())
        settings.CLAIM_KEYS = CodeKeys(settings.KEYS_FOLDER, settings.SECRET_KEY)
        settings.CLAIM_KEY_ID = settings.CLAIM_KEYS.newest

    read()
    return read


@pytest.fixture(autouse=True)
def _tables_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command brings the database up to date first, which a test's transaction cannot."""
    monkeypatch.setattr(database, "prepare", lambda at: None)


def rotate(what: str, *, at_once: bool = False) -> int:
    return command.run(Namespace(act="rotate", what=what, at_once=at_once))


class Given:
    """What people hold in their hands when a secret is renewed."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.filed = cast.file(BIRTH)
        self.said = feedback.sent(departments(cast))
        self.draft = drafts.start_draft(commune=cast.here.commune, edition=cast.edition(BIRTH), at=NOW).draft
        self.resume_code = resuming.code_of(self.draft.send_op_id, self.draft.resume_hash)
        self.phone = services.pair_phone(
            op_id="sheet", title="Mẫu", office=cast.here.commune, by=cast.here.intake, at=NOW
        )
        self.token = phones.token_of(self.phone)
        self.handle = self.upload()
        self.officer, self.browser = Client(), Client()
        self.officer.force_login(cast.here.intake.account)
        self.link = password_links.make(cast.here.case.account, NOW)
        self.browser.cookies[opening.COOKIE] = opening.with_dossier("", self.filed.dossier, NOW)
        self.mark = places._mark()

    def upload(self) -> str:
        """A file that came in pieces; whoever asks again is told the same handle."""
        about = {"name": "a.pdf", "size": len(CONTENT), "sha256": hashlib.sha256(CONTENT).hexdigest()}
        begun = pieces.announce(key=KEY, network="192.0.2.1", at=NOW, **about)
        if begun.handle:
            return begun.handle
        return pieces.add_piece(
            key=KEY, start=0, content=CONTENT, network="192.0.2.1", at=NOW, lasts=timedelta(days=1)
        ).handle

    def assert_paper_still_opens(self) -> None:
        """What stands on paper, or was written down, goes on working whatever is renewed."""
        number, code = self.filed.number, self.filed.claim_code
        assert policies.get_dossier_by_claim(number, code) == self.filed.dossier
        assert filing.claim_code_of(Dossier.objects.get(pk=self.filed.dossier.pk)) == code
        draft = type(self.draft).objects.get(pk=self.draft.pk)
        assert resuming.code_of(draft.send_op_id, draft.resume_hash) == self.resume_code
        resumed = resuming.resume(code=self.resume_code, at=NOW)
        assert resumed.draft == self.draft
        assert drafts.key_hash(resumed.key) == self.draft.again_hash
        assert phones.token_of(self.phone) == self.token
        assert phones.open_link(self.token, NOW) == self.phone
        assert self.upload() == self.handle
        assert places._mark() == self.mark
        with pytest.raises(ObjectDoesNotExist):
            policies.get_dossier_by_claim(number, "AAAAAAAAAA")

    def is_signed_in(self) -> bool:
        return self.officer.get("/desk/").status_code == 200

    def has_it_open(self) -> bool:
        return self.browser.get(f"/status/{self.filed.number}/").status_code == 200

    def link_is_alive(self) -> bool:
        try:
            return password_links.account_of(self.link, NOW) == self.cast.here.case.account
        except password_links.DeadLink:
            return False


def test_after_another_secret_nobody_is_signed_out_and_every_code_opens(
    cast: Cast, restart: Callable[[], None]
) -> None:
    given = Given(cast)
    assert rotate("secret") == 0
    restart()
    given.assert_paper_still_opens()
    assert given.is_signed_in()
    assert given.has_it_open()
    assert given.link_is_alive()


def test_a_secret_that_somebody_knows_is_void_at_once_and_paper_still_opens(
    cast: Cast, restart: Callable[[], None]
) -> None:
    given = Given(cast)
    rotate("secret")
    rotate("secret", at_once=True)
    restart()
    given.assert_paper_still_opens()
    assert not given.is_signed_in()
    assert not given.has_it_open()
    assert not given.link_is_alive()


def test_the_old_secret_is_accepted_for_ninety_days(cast: Cast, restart: Callable[[], None], settings: Any) -> None:
    rotate("secret")
    folder = settings.KEYS_FOLDER
    assert secret_keys.earlier(folder, NOW + timedelta(days=89)) == [OLD]
    assert secret_keys.earlier(folder, NOW + timedelta(days=90)) == []


def test_codes_are_made_with_the_new_key_and_those_before_it_open(
    cast: Cast, restart: Callable[[], None], settings: Any
) -> None:
    given = Given(cast)
    running = settings.CLAIM_KEYS
    assert rotate("codes") == 0
    rotate("secret")
    restart()
    given.assert_paper_still_opens()
    newer = cast.file(BIRTH)
    assert newer.dossier.claim_key_id == "2"
    assert policies.get_dossier_by_claim(newer.number, newer.claim_code) == newer.dossier
    # A process that has not begun again proves it, too.
    settings.CLAIM_KEYS, settings.CLAIM_KEY_ID = running, "1"
    assert policies.get_dossier_by_claim(newer.number, newer.claim_code) == newer.dossier


def test_it_is_on_record_and_no_secret_stands_there_or_on_the_screen(
    cast: Cast, restart: Callable[[], None], settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    rotate("codes")
    rotate("secret", at_once=True)
    said = [event.payload for event in Event.objects.filter(type="portal.secret_renewed").order_by("position")]
    assert said == [{"what": "codes", "at_once": False}, {"what": "secret", "at_once": True}]
    secrets = {path.read_text().strip() for path in settings.KEYS_FOLDER.glob("*")}
    secrets.add(settings.SECRET_FILE.read_text().strip())
    shown = capsys.readouterr().out + str(said)
    assert not [each for each in secrets if each in shown]
    assert {path.stat().st_mode & 0o77 for path in settings.KEYS_FOLDER.glob("*")} == {0}


def test_a_secret_in_a_variable_is_not_changed_but_its_codes_are_made_safe(
    cast: Cast, restart: Callable[[], None], settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    given = Given(cast)
    settings.SECRET_IS_GIVEN = True
    rotate("secret")
    assert "MOTCUA_SECRET_KEY_FALLBACKS" in capsys.readouterr().out
    assert settings.SECRET_FILE.read_text().strip() == OLD
    settings.SECRET_FILE.write_text("what was put into the variable\n")
    restart()
    given.assert_paper_still_opens()
