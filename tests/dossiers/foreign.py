"""What another system sends in the tests: the shape of the synchronisation message, about people who do not exist."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

from motcua.dossiers.models import PartnerSystem
from motcua.dossiers.services import exchange
from motcua.dossiers.services.exchange import Arrived
from motcua.kernel import identity
from tests.cast import BIRTH, NOW, Cast

NUMBER = "G15.02-261123-000001"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def message(cast: Cast, **changes: Any) -> dict[str, Any]:
    """A dossier of the portal for the first town."""
    said = {
        "MaHoSo": NUMBER,
        "MaTTHC": f"{BIRTH}.000.00.00.H36",
        "TenTTHC": "Đăng ký khai sinh",
        "ChuHoSo": "Nguyễn Thị Mẫu Cổng",
        "LoaiDoiTuong": "1",
        "MaDoiTuong": "003190000009",
        "SoDienThoai": "0300000009",
        "Email": "cong@vidu.example",
        "TrangThaiHoSo": "1",
        "KenhThucHien": "2",
        "DonViXuLy": cast.here.commune.agency_code,
        "TrichYeuHoSo": "Khai sinh cho con",
    }
    return {key: value for key, value in (said | changes).items() if value is not None}


def system(cast: Cast, **changes: Any) -> PartnerSystem:
    """The portal, known here."""
    said = {"code": "dvcqg", "name": "Cổng Dịch vụ công quốc gia", "kind": "portal", "office": cast.here.commune}
    return exchange.add_system(**(said | changes), by=identity.system_person(), at=NOW)


def send(of: PartnerSystem, said: Mapping[str, Any], **changes: Any) -> Arrived:
    """The system sends it through the endpoint."""
    return exchange.take_message(**({"system": of, "message": said, "way": "endpoint", "at": NOW} | changes))


class Recorded:
    """The other side, recorded: what it was told, and what it answers."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []
        self.shown: list[str] = []
        self.answer: tuple[int, bytes] = (200, b'{"error_code": "00"}')
        self.files: dict[str, bytes] = {}
        self.address = ""


@contextmanager
def other_side() -> Iterator[Recorded]:
    """A server on this machine's own loop that speaks as the other system does."""
    recorded = Recorded()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            recorded.told.append(json.loads(body))
            recorded.shown.append(self.headers.get("Authorization", ""))
            self._say(*recorded.answer)

        def do_GET(self) -> None:
            found = recorded.files.get(self.path)
            self._say(200 if found is not None else 404, found or b"")

        def _say(self, status: int, content: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    recorded.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield recorded
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
