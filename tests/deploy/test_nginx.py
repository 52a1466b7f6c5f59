"""deploy/nginx.conf as a visitor meets it: a real nginx with that file, and behind it a server that says what came."""

import http.client
import json
import os
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
NAME = "motcua.example"
STRICT = os.environ.get("MOTCUA_TEST_STRICT") == "1"
Answer = tuple[int, http.client.HTTPMessage, str]


class Behind(ThreadingHTTPServer):
    """Stands for the centre; when it is down it hangs up on everybody."""

    daemon_threads = True
    down = False

    def finish_request(self, request: object, client_address: object) -> None:
        if not self.down:
            super().finish_request(request, client_address)  # type: ignore[arg-type]


class Told(BaseHTTPRequestHandler):
    """Answers with the headers that came, as the centre would see them."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = json.dumps(dict(self.headers)).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.send_header("Strict-Transport-Security", "max-age=1")
        if self.path.startswith("/static/"):
            self.send_header("Cache-Control", "max-age=315360000, public, immutable")
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


class Front:
    """nginx with the file that ships, in a folder of its own."""

    def __init__(self, folder: Path, behind: int) -> None:
        self.folder, self.port, self.plain = folder, _free(), _free()
        _certificate(folder)
        text = (DEPLOY / "nginx.conf").read_text()
        for shipped, here in {
            "listen [::]:443 ssl http2;": "",
            "listen [::]:80;": "",
            "listen 443": f"listen 127.0.0.1:{self.port}",
            "listen 80": f"listen 127.0.0.1:{self.plain}",
            "/etc/ssl/motcua": str(folder),
            "/usr/share/motcua": str(DEPLOY),
            "/var/cache/nginx": str(folder),
            "127.0.0.1:8000": f"127.0.0.1:{behind}",
        }.items():
            assert shipped in text
            text = text.replace(shipped, here)
        places = "".join(
            f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        # They read the checkout and the folder of the run, wherever these lie.
        workers = "user root root; " if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(
            f"{workers}daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;\n"
            f"events {{ worker_connections 1024; }}\nhttp {{\naccess_log off;\n{places}{text}\n}}\n"
        )
        self.command = ["nginx", "-p", str(folder), "-e", f"{folder}/error.log", "-c", str(folder / "nginx.conf")]
        self.process: subprocess.Popen[bytes] | None = None

    def tested(self) -> str:
        done = subprocess.run([*self.command, "-t"], capture_output=True, text=True, check=False)
        return done.stderr if done.returncode else ""

    def start(self) -> None:
        self.process = subprocess.Popen(self.command, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 20
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        raise AssertionError((self.folder / "error.log").read_text())

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(20)

    def line(self, source: str = "127.0.0.1") -> http.client.HTTPSConnection:
        """A visitor's line, from this address."""
        context = ssl._create_unverified_context()
        return http.client.HTTPSConnection(
            "127.0.0.1", self.port, context=context, timeout=30, source_address=(source, 0)
        )

    def ask(self, path: str, method: str = "GET", body: bytes = b"", **headers: str) -> Answer:
        """One request on a line of its own."""
        line = self.line()
        try:
            return asked(line, path, method, body, **headers)
        finally:
            line.close()


def asked(
    line: http.client.HTTPSConnection, path: str, method: str = "GET", body: bytes = b"", **headers: str
) -> Answer:
    line.request(method, path, body or None, {"Host": NAME, **headers})
    answer = line.getresponse()
    return answer.status, answer.headers, answer.read().decode()


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _certificate(folder: Path) -> None:
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, datetime.now(UTC), datetime.now(UTC) + timedelta(1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=True)
    (folder / "fullchain.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


@pytest.fixture(scope="module")
def behind() -> Iterator[Behind]:
    server = Behind(("127.0.0.1", 0), Told)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def front(behind: Behind, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    if not shutil.which("nginx"):
        if STRICT:
            pytest.fail("nginx is needed here: apt-get install nginx")
        pytest.skip("nginx is not installed; deploy/nginx.conf was not tried.")
    folder = tmp_path_factory.mktemp("nginx")
    made = Front(folder, behind.server_address[1])
    assert made.tested() == ""
    made.start()
    yield made
    made.stop()


def test_the_centre_is_told_the_address_that_was_seen_and_nothing_that_the_visitor_claims(front: Front) -> None:
    status, headers, body = front.ask("/", **{"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "http"})
    told = json.loads(body)
    assert status == 200
    assert (told["X-Forwarded-For"], told["X-Forwarded-Proto"], told["Host"]) == ("127.0.0.1", "https", NAME)
    assert headers.get_all("Strict-Transport-Security") == ["max-age=31536000"]


def test_what_never_changes_is_kept_for_ever_and_plain_http_leads_to_https(front: Front) -> None:
    assert "immutable" in front.ask("/static/ui.1234.css")[1]["Cache-Control"]
    line = http.client.HTTPConnection("127.0.0.1", front.plain, timeout=10)
    line.request("GET", "/desk/?a=1", headers={"Host": NAME})
    answer = line.getresponse()
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{NAME}/desk/?a=1")
    line.close()


def test_a_large_form_passes_and_a_larger_one_is_told_so_in_plain_words(front: Front) -> None:
    assert front.ask("/upload", "POST", b"a" * 30 * 1024**2)[0] == 200
    # The size alone is enough: nothing of it is waited for.
    status, headers, body = front.ask("/upload", "POST", b"a", **{"Content-Length": str(61 * 1024**2)})
    assert status == 413
    assert "60 MB" in body
    assert headers["Cache-Control"] == "no-store"


def test_an_office_behind_one_address_is_let_in_and_a_flood_is_asked_to_wait(front: Front) -> None:
    def ask(_number: int) -> int:
        return front.ask("/")[0]

    with ThreadPoolExecutor(30) as people:
        assert set(people.map(ask, range(150))) == {200}
    flood = front.line("127.0.0.2")
    answers = (asked(flood, "/") for _ in range(20_000))
    status, headers, body = next(answer for answer in answers if answer[0] != 200)
    flood.close()
    assert (status, headers["Retry-After"], headers["Cache-Control"]) == (429, "10", "no-store")
    assert "Xin đợi một chút" in body


def test_when_the_centre_is_down_people_read_it_in_vietnamese_programs_in_json_and_nobody_keeps_it(
    front: Front, behind: Behind
) -> None:
    front.ask("/static/kept.1234.css")
    behind.down = True
    try:
        status, headers, body = front.ask("/desk/")
        assert (status, headers["Cache-Control"], headers["Retry-After"]) == (503, "no-store", "30")
        assert headers["Content-Type"] == "text/html; charset=utf-8"
        assert "tạm nghỉ" in body
        assert headers.get_all("Strict-Transport-Security") == ["max-age=31536000"]
        status, headers, body = front.ask("/filing", "POST", b"a=1")
        assert (status, "tạm nghỉ" in body) == (503, True)
        status, headers, body = front.ask("/api/v1/communes")
        assert (status, headers["Cache-Control"], json.loads(body)["status"]) == (503, "no-store", 503)
        assert front.ask("/static/kept.1234.css")[0] == 200
    finally:
        behind.down = False
