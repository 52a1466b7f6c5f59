"""https by the centre's own authority: what it may vouch for, how its certificate renews itself, and that nobody is
locked out.
"""

import plistlib
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from motcua.config.checks import certificate
from motcua.kernel.ledger import Event
from motcua.portal import services
from motcua.portal.https import authority, kept, machine
from motcua.portal.https import middleware as doors
from tests.cast import Cast

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
HOSTS = ["127.0.0.1", "localhost", "xa-mau.example", "192.168.1.20"]


@pytest.fixture
def keys(tmp_path: Path, settings: Any) -> Path:
    """A folder of keys of its own, in a centre with these host names."""
    settings.KEYS_FOLDER, settings.ALLOWED_HOSTS, settings.HTTPS_OWN = tmp_path / "keys", [*HOSTS, "testserver"], True
    return tmp_path / "keys" / "https"


@pytest.fixture
def door(keys: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The authority is there since just now, and the door of https stands open."""
    kept.found("Mot Cua", timezone.now())
    monkeypatch.setitem(doors._door, "port", 8443)
    return keys


def shakes_hands(root: authority.Held, server: authority.Held, name: str, folder: Path) -> bool:
    """Whether a browser that trusts the root takes what the server shows for this name; without a network."""
    (folder / "server.pem").write_bytes(server.secret_pem + server.pem + root.pem)
    theirs, ours = ssl.create_default_context(cadata=root.pem.decode()), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(folder / "server.pem")
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    browser = theirs.wrap_bio(back, there, server_hostname=name)
    answering = ours.wrap_bio(there, back, server_side=True)
    for _ in range(4):
        for side in (browser, answering):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
            except ssl.SSLError:
                return False
    return True


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("xa-mau.example", True),
        ("may-chu.xa-mau.example", True),
        ("192.168.1.20", True),
        ("127.0.0.1", True),
        ("ngan-hang.example", False),
        ("8.8.8.8", False),
    ],
)
def test_the_authority_is_believed_for_its_own_names_and_private_addresses_only(
    tmp_path: Path, name: str, taken: bool
) -> None:
    root = authority.make("Mot Cua", ["xa-mau.example", "localhost"], timezone.now())
    addresses = [a for a in [*machine.addresses([name]), *machine._said([name])] if str(a) == name]
    names = [] if addresses else [name]
    server = authority.issue(root, names, addresses[:1], timezone.now())
    assert shakes_hands(root, server, name, tmp_path) is taken


def test_no_certificate_is_longer_than_browsers_take_or_than_its_authority() -> None:
    root = authority.make("Mot Cua", ["localhost"], NOW)
    made = authority.issue(root, ["localhost"], [], NOW).certificate
    assert made.not_valid_after_utc - made.not_valid_before_utc == timedelta(days=397)
    late = authority.issue(root, ["localhost"], [], NOW + timedelta(days=3600)).certificate
    assert late.not_valid_after_utc == root.certificate.not_valid_after_utc


def test_keys_are_for_the_owner_only(keys: Path) -> None:
    kept.found("Mot Cua", NOW)
    modes = {file.name: file.stat().st_mode & 0o777 for file in keys.iterdir()}
    assert modes == {"root.key": 0o600, "server.pem": 0o600, "root.pem": 0o644}
    assert keys.stat().st_mode & 0o777 == 0o700


@pytest.mark.django_db
def test_it_is_renewed_a_month_before_its_end_and_the_authority_stays(cast: Cast, keys: Path) -> None:
    fingerprint = services.found_authority(at=NOW)
    assert not services.renew_certificate(at=NOW + timedelta(days=360))
    assert services.renew_certificate(at=NOW + timedelta(days=367))
    assert not services.renew_certificate(at=NOW + timedelta(days=368))
    assert kept.fingerprint() == fingerprint
    told = list(Event.objects.filter(type__contains="certif").values_list("type", flat=True))
    assert told == ["portal.certificate_renewed"]


@pytest.mark.django_db
def test_it_is_renewed_when_the_machine_has_another_address_or_name(cast: Cast, keys: Path, settings: Any) -> None:
    services.found_authority(at=NOW)
    settings.ALLOWED_HOSTS = [*HOSTS, "192.168.7.7", "quay.xa-mau.example"]
    assert services.renew_certificate(at=NOW)
    names, addresses = authority.names_of(kept.shown())
    assert "quay.xa-mau.example" in names
    assert "192.168.7.7" in map(str, addresses)
    # A name that the authority was not founded for cannot be had so; it is said instead, and nothing goes round.
    settings.ALLOWED_HOSTS = [*HOSTS, "192.168.7.7", "quay.xa-mau.example", "xa-khac.example"]
    assert not services.renew_certificate(at=NOW)
    assert kept.left_out() == ["xa-khac.example"]


@pytest.mark.django_db
def test_a_centre_without_one_renews_nothing_and_has_no_such_page(cast: Cast, keys: Path, client: Any) -> None:
    assert not services.renew_certificate(at=NOW)
    for path in ("", "works/", "mot-cua.crt", "mot-cua.mobileconfig"):
        assert client.get(f"/install-certificate/{path}").status_code == 404
    services.found_authority(at=NOW)
    services.forget_authority(at=NOW)
    assert not kept.is_on()
    assert list(keys.iterdir()) == []


@pytest.mark.django_db
def test_every_system_is_handed_the_authority_as_it_takes_it(door: Path, client: Any) -> None:
    der = client.get("/install-certificate/mot-cua.crt")
    assert der["Content-Type"] == "application/x-x509-ca-cert"
    root = x509.load_der_x509_certificate(der.content)
    assert root == kept.root()
    profile = plistlib.loads(client.get("/install-certificate/mot-cua.mobileconfig").content)
    (inner,) = profile["PayloadContent"]
    assert inner["PayloadType"] == "com.apple.security.root"
    assert inner["PayloadContent"] == der.content


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("agent", "opened"),
    [("Mozilla (Windows NT 10.0) Chrome", "Install Certificate"), ("Mozilla (Linux; Android 14)", "CA certificate")],
)
def test_the_page_shows_the_digits_and_the_steps_of_this_system(
    door: Path, client: Any, agent: str, opened: str
) -> None:
    page = client.get("/en/install-certificate/", headers={"User-Agent": agent}).content.decode()
    assert kept.fingerprint() in page
    shown = page.split('<details class="govuk-details" open', 1)[1].split("</details>", 1)[0]
    assert opened in shown


@pytest.mark.django_db
def test_a_device_is_led_over_only_when_it_said_so_over_https(door: Path, client: Any) -> None:
    assert client.get("/install-certificate/works/").status_code == 302
    assert client.get("/install-certificate/works/", secure=True).status_code == 200
    client.post("/install-certificate/choose/", {"to": "https"})
    assert doors.TRUSTS not in client.cookies
    answer = client.post(
        "/install-certificate/choose/", {"to": "https", "next": "https://elsewhere.example/"}, secure=True
    )
    assert client.cookies[doors.TRUSTS].value == "1"
    assert answer["Location"] == "/desk/"
    client.post("/install-certificate/choose/", {"to": "http"})
    assert client.cookies[doors.TRUSTS].value == ""


def through(request: Any, **cookies: str) -> Any:
    """What somebody is answered, and the cookies that the pages behind the doors see."""
    seen: dict[str, str] = {}

    def behind(asked: Any) -> HttpResponse:
        seen.update(asked.COOKIES)
        answer = HttpResponse("page")
        answer.set_cookie("sessionid", "secret", httponly=True, samesite="Lax", max_age=60)
        return answer

    request.COOKIES.update(cookies)
    answer = doors.TwoDoors(behind)(request)
    answer.seen = seen
    return answer


def test_nobody_is_led_over_without_having_said_so_or_while_the_door_is_shut(
    door: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, told = RequestFactory(headers={"Host": "xa-mau.example:8000"}), {doors.TRUSTS: "1"}
    answer = through(make.get("/desk/?a=1"), **told)
    assert answer["Location"] == "https://xa-mau.example:8443/desk/?a=1"
    assert through(make.get("/desk/")).status_code == 200
    assert through(make.post("/desk/"), **told).status_code == 200
    assert through(make.get("/install-certificate/"), **told).status_code == 200
    monkeypatch.setitem(doors._door, "port", 0)
    assert through(make.get("/desk/"), **told).status_code == 200
    monkeypatch.setitem(doors._door, "port", 8443)
    kept.found("Mot Cua", NOW - timedelta(days=500))
    assert through(make.get("/desk/"), **told).status_code == 200


def test_what_https_sets_is_never_said_over_http_and_what_http_set_is_not_heard(door: Path) -> None:
    make = RequestFactory()
    answer = through(make.get("/", secure=True), sessionid="put there over http")
    assert answer.seen == {}
    cookie = answer.cookies["__Secure-sessionid"]
    assert "sessionid" not in answer.cookies
    assert (cookie.value, cookie["secure"], cookie["httponly"], cookie["samesite"]) == ("secret", True, True, "Lax")
    assert cookie["max-age"] == 60
    answer = through(make.get("/", secure=True), **{"__Secure-sessionid": "secret", "sessionid": "another"})
    assert answer.seen == {"sessionid": "secret"}


@pytest.mark.parametrize(
    ("since", "state"), [(timedelta(), "ok"), (timedelta(days=380), "warning"), (timedelta(days=500), "warning")]
)
def test_whoever_looks_after_the_centre_hears_when_it_does_not_renew_itself(
    keys: Path, since: timedelta, state: str
) -> None:
    kept.found("Mot Cua", timezone.now() - since)
    assert [found.state for found in certificate.certificate()] == [state]


def test_a_name_that_came_later_and_a_lost_file_are_said(keys: Path, settings: Any) -> None:
    kept.found("Mot Cua", timezone.now())
    settings.ALLOWED_HOSTS = [*HOSTS, "xa-khac.example"]
    (found,) = certificate.certificate()
    assert (found.state, "xa-khac.example" in str(found.sentence)) == ("warning", True)
    kept.server().unlink()
    assert next(certificate.certificate()).state == "fault"
