"""A bad line between client and server: answers are dropped after the commit, requests arrive twice or late.

One request for each connection, as the clients of these tests make them.
"""

from __future__ import annotations

import random
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

DROPPED, DOUBLED, LATE = "dropped", "doubled", "late"


class Line:
    """A proxy on a port of its own."""

    def __init__(self, to: int, seed: int) -> None:
        self.to, self.dice, self.count = to, random.Random(seed), dict.fromkeys((DROPPED, DOUBLED, LATE), 0)
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.listening.getsockname()[1])

    def serve(self) -> None:
        """Until it is closed."""
        with suppress(OSError):
            while True:
                client, _address = self.listening.accept()
                threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        with client, suppress(OSError):
            request = whole(client)
            fate = self.dice.choice((DROPPED, DOUBLED, LATE, "", ""))
            if fate:
                self.count[fate] += 1
            if fate == LATE:
                time.sleep(self.dice.uniform(0, 0.4))
            if fate == DOUBLED:
                threading.Thread(target=self._asked, args=(request,), daemon=True).start()
            answer = self._asked(request)
            if fate != DROPPED:
                client.sendall(answer)

    def _asked(self, request: bytes) -> bytes:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.to), timeout=30) as server:
            server.sendall(request)
            return whole(server)
        return b""


def whole(line: socket.socket) -> bytes:
    """A whole message, by its Content-Length; a refused connection ends it too."""
    line.settimeout(30)
    content = b""
    while b"\r\n\r\n" not in content:
        if not (more := line.recv(65536)):
            return content
        content += more
    head, _, body = content.partition(b"\r\n\r\n")
    sizes = [row.split(b":")[1] for row in head.lower().split(b"\r\n") if row.startswith(b"content-length:")]
    while len(body) < (int(sizes[0]) if sizes else 0):
        if not (more := line.recv(65536)):
            break
        body += more
    return head + b"\r\n\r\n" + body


@contextmanager
def bad_line(to: int, seed: int = 5) -> Iterator[Line]:
    """A bad line to this port of the loopback address."""
    line = Line(to, seed)
    thread = threading.Thread(target=line.serve, daemon=True)
    thread.start()
    try:
        yield line
    finally:
        # Only a shutdown wakes whoever waits in accept.
        line.listening.shutdown(socket.SHUT_RDWR)
        line.listening.close()
        thread.join(10)
