"""Public pages behind the product's own server: what one costs, against the same server's static answer."""

import gzip
import http.client
import json
import re

from benchmarks import figures, server

ANSWERS, TURNS = 1500, 4
HEADERS = {"Accept-Encoding": "gzip"}
CODE = "1.001193"


def run() -> None:
    """Print the server's processor time for one answer, the best of turns taken with each, and sizes over the wire."""
    with server.group() as (port, group):
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        home = f"/{json.loads(gzip.decompress(_get(line, '/api/v1/communes')))['items'][0]['slug']}/"
        static, page, whole = _static(line, home), f"{home}procedures/{CODE}/", f"{home}procedures/"
        costs: dict[str, list[float]] = {path: [] for path in (static, page, whole, f"{page}?made")}
        for _ in range(TURNS):
            for path, found in costs.items():
                found.append(_cost(line, group, path))
        sizes = {path: len(_get(line, path)) for path in (static, page, whole, home)}
    cost = {path: min(found) for path, found in costs.items()}
    ratio = cost[static] / cost[page]
    _say("static answer of the server", cost[static], sizes[static])
    _say("procedure page, kept", cost[page], sizes[page])
    figures.say("procedure page / static answer", f"{ratio:.2f} times as many", _kept(ratio >= 0.4, ">= 0.40"))
    _say("procedure page, made anew each time", cost[f"{page}?made"], sizes[page])
    _say("list of all procedures, kept", cost[whole], sizes[whole])
    size = sizes[whole] / 1000
    figures.say("list of all procedures, over the wire", f"{size:.1f} kB", _kept(size <= 80, "<= 80 kB"))
    figures.say("home of a commune, over the wire", f"{sizes[home] / 1000:.1f} kB")


def _say(name: str, cost: float, size: int) -> None:
    figures.say(name, f"{cost:.3f} ms", f"{size:,} bytes")


def _kept(good: bool, budget: str) -> str:
    return f"{budget} {'ok' if good else 'MISSED'}"


def _get(line: http.client.HTTPConnection, path: str) -> bytes:
    line.request("GET", path, headers=HEADERS)
    answer = line.getresponse()
    content = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    return content


def _static(line: http.client.HTTPConnection, home: str) -> str:
    """A style sheet: about as long as a page."""
    line.request("GET", home)
    found = re.search(r'href="(/static/[^"]+\.css)"', line.getresponse().read().decode())
    if found is None:
        raise RuntimeError("the page names no static file")
    return found[1]


def _cost(line: http.client.HTTPConnection, group: int, path: str) -> float:
    """Processor time of the server for one answer, in milliseconds."""
    number = ANSWERS if "?" not in path else ANSWERS // 10
    before = server.cpu_ms(group)
    for _ in range(number):
        _get(line, path)
    return (server.cpu_ms(group) - before) / number
