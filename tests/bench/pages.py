"""CPU of the server per page as a ratio to plain text, what a page weighs, how often it asks."""

import http.client
import re
import tempfile
from pathlib import Path

import brotli

from tests.bench.figures import Figure, cpu_seconds, median, within
from tests.support.servers import Server

ROUNDS = 150
WARM_UP = 30
BROWSER = {"accept-language": "de", "accept-encoding": "br", "sec-fetch-site": "same-origin"}
PAGES = {
    "volunteer": ("/home", "/postings", "/matches", "/notifications"),
    "coordinator": ("/desk/queue",),
}


class Visitor:
    """One kept-alive connection, as a browser holds it, with the cookies of one login."""

    def __init__(self, server: Server) -> None:
        self._connection = http.client.HTTPConnection("localhost", server.port, timeout=20)
        self._cookie = ""

    def get(self, path: str) -> tuple[http.client.HTTPResponse, bytes]:
        """One page; raises AssertionError for anything but 200."""
        self._connection.request("GET", path, headers={**BROWSER, "cookie": self._cookie})
        answer = self._connection.getresponse()
        body = answer.read()
        assert answer.status == 200, f"{path}: {answer.status}"
        return answer, body

    def sign_in(self, role: str) -> None:
        """As somebody of the demo's cast."""
        headers = {**BROWSER, "content-type": "application/x-www-form-urlencoded"}
        self._connection.request("POST", f"/demo/{role}", "", headers)
        answer = self._connection.getresponse()
        answer.read()
        self._cookie = (answer.getheader("set-cookie") or "").partition(";")[0]
        assert self._cookie, f"{role}: {answer.status}"


def cpu_per_request(server: Server, visitor: Visitor, path: str) -> float:
    """Milliseconds of the server's CPU for one request, over ROUNDS of them."""
    group = server.process_group
    for _ in range(WARM_UP):
        visitor.get(path)
    before = cpu_seconds(group)
    for _ in range(ROUNDS):
        visitor.get(path)
    return 1000 * (cpu_seconds(group) - before) / ROUNDS


def weight(answer: http.client.HTTPResponse, body: bytes) -> int:
    """Bytes on the wire, and proof that they unpack."""
    if answer.getheader("content-encoding") == "br":
        brotli.decompress(body)
    return len(body)


def first_visit(visitor: Visitor, path: str) -> tuple[int, int]:
    """(requests, bytes) a browser with nothing in store makes for a page."""
    answer, body = visitor.get(path)
    page = brotli.decompress(body) if answer.getheader("content-encoding") == "br" else body
    text = page.decode()
    parts = dict.fromkeys(re.findall(r'(?:src|href)="(/(?:static|manifest)[^"#?]*[^"#]*)', text))
    total = weight(answer, body)
    for part in parts:
        total += weight(*visitor.get(part))
    return 1 + len(parts), total


def measure() -> list[Figure]:
    """All figures of pages, on a seeded demo in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder), BRUECKE_DEMO="1", BRUECKE_WORKER="none")
        server.command("demo")
        server.start()
        try:
            return _measured(server)
        finally:
            server.stop()


def _measured(server: Server) -> list[Figure]:
    plain = median(lambda: cpu_per_request(server, Visitor(server), "/healthz"), 3)
    figures = [Figure("plain text (`/healthz`), CPU", f"{plain:.2f} ms", "the measure")]
    for role, paths in PAGES.items():
        visitor = Visitor(server)
        visitor.sign_in(role)
        for path in paths:
            cost = median(lambda path=path, who=visitor: cpu_per_request(server, who, path), 3)
            answer, body = visitor.get(path)
            cards = len(re.findall(rb"<article|<li id=\"row-", brotli.decompress(body)))
            figures += [
                Figure(
                    f"`{path}`, signed in, {cards} entries, CPU",
                    f"{cost:.2f} ms, {cost / plain:.1f} × plain text",
                    "≤ 20 × plain text",
                    within(cost / plain, 20),
                ),
                Figure(
                    f"`{path}` on the wire",
                    f"{weight(answer, body) / 1024:.1f} KB br",
                    "≤ 6 KB",
                    within(weight(answer, body) / 1024, 6),
                ),
            ]
    requests, total = first_visit(Visitor(server), "/r/kassel")
    figures.append(
        Figure(
            "first visit (`/r/kassel`)",
            f"{total / 1024:.1f} KB in {requests} requests",
            "≤ 40 KB in ≤ 8 requests",
            within(max(total / 1024 / 40, requests / 8), 1),
        )
    )
    return figures
