"""How fast the site answers: `python tests/bench/site_bench.py --pages 15000`. Prints figures and ratios of one run.

gunicorn serves a generated manual and, beside it, a bare Flask view that returns a constant page of the same size. One
client asks for instruction pages over a kept connection, in three ways: pages that were never asked for before (each is
drawn), pages as people ask (some far more often than others, by Zipf's law), and revalidation (304). Goals: p95 of an
instruction page under 15 ms in the server; at least half the requests per second of the constant page. Compare figures
only within one run: machines and their other work differ.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import accumulate
from pathlib import Path
from urllib.parse import quote

from manual.load import load
from manual.queries import KnowledgeBase

ROOT = Path(__file__).resolve().parents[2]
SEEN = date(2026, 8, 1)
BARE = """
from flask import Flask
def create_app(size):
    app = Flask("bare")
    page = "x" * size
    @app.get("/")
    def home():
        return page
    return app
"""


def make_home(home: Path, pages: int) -> None:
    """A loaded home of that many generated pages; made once, since it takes minutes."""
    if (home / "kb.sqlite").exists():
        return
    source = home / "pages"
    subprocess.run(
        [
            sys.executable,
            str(ROOT / "tests/bench/generate.py"),
            str(source),
            "--pages",
            str(pages),
            "--seed",
            "1",
        ],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    load(home, [source], captured=SEEN, now=datetime(2026, 8, 2, tzinfo=UTC))


def addresses(home: Path, rng: random.Random, most: int) -> list[str]:
    """Citable addresses of versions whose text is held, in random order."""
    found = []
    with KnowledgeBase(home) as kb:
        codes = list(kb.codes())
        rng.shuffle(codes)
        for code in codes:
            for version in kb.history_of(code).versions:
                if version.text_held and version.validity.effective_from:
                    found.append(f"/{quote(code.replace(' ', '-'))}/on/{version.validity.effective_from}")
            if len(found) >= most:
                break
    rng.shuffle(found)
    return found[:most]


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


@contextmanager
def gunicorn(target: str, **environment: str) -> Iterator[int]:
    """One worker with threads, so that connections are kept; the same for both sides of a ratio."""
    port = free_port()
    command = [
        sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "1",
        "--worker-class", "gthread", "--threads", "2", "--log-level", "warning", target,
    ]  # fmt: skip
    running = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment})
    try:
        _wait(port)
        yield port
    finally:
        running.terminate()
        running.wait()


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            http.client.HTTPConnection("127.0.0.1", port, timeout=1).connect()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("gunicorn did not start")


def ask(port: int, paths: Sequence[str], tags: dict[str, str] | None = None) -> tuple[list[float], int, int]:
    """Milliseconds of each request, bytes received, and how many were answered 304."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    times, received, unchanged = [], 0, 0
    for path in paths:
        headers = {"If-None-Match": tags[path]} if tags and path in tags else {}
        started = time.perf_counter()
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        received += len(response.read())
        times.append((time.perf_counter() - started) * 1000)
        unchanged += response.status == 304
        if response.status not in (200, 304):
            raise RuntimeError(f"{path} answered {response.status}")
    connection.close()
    return times, received, unchanged


def etags(port: int, paths: Sequence[str]) -> dict[str, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    found = {}
    for path in paths:
        connection.request("GET", path)
        response = connection.getresponse()
        response.read()
        found[path] = response.headers["ETag"]
    return found


def as_people_ask(paths: Sequence[str], rng: random.Random, number: int) -> list[str]:
    weights = list(accumulate(1 / rank for rank in range(1, len(paths) + 1)))
    return rng.choices(paths, cum_weights=weights, k=number)


def in_server(home: Path, paths: Sequence[str]) -> list[float]:
    """Milliseconds within the application alone, from its own access log, every page drawn."""
    import io
    from contextlib import redirect_stdout

    from webapp import create_app

    out = io.StringIO()
    with redirect_stdout(out):
        client = create_app({"HOME": home, "CACHE_BYTES": 0, "ACCESS_LOG": True}).test_client()
        for path in paths:
            client.get(path)
    return [json.loads(line)["ms"] for line in out.getvalue().splitlines()][20:]


def quantile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def row(name: str, times: Sequence[float], bare: float | None) -> str:
    rate = len(times) / (sum(times) / 1000)
    ratio = f"{rate / bare:6.2f}" if bare else "      "
    return f"{name:<38}{quantile(times, 0.5):8.2f}{quantile(times, 0.95):8.2f}{rate:10.0f}{ratio}"


def main() -> None:
    reader = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    reader.add_argument("--pages", type=int, default=15_000)
    reader.add_argument("--requests", type=int, default=2_000)
    reader.add_argument("--home", type=Path, help="keep and use again the home that was made")
    asked = reader.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = asked.home or Path(folder)
        make_home(home, asked.pages)
        measure(home, asked.requests)


def measure(home: Path, number: int) -> None:
    rng = random.Random(7)
    paths = addresses(home, rng, number)
    drawn = in_server(home, paths[: min(500, number)])
    print(
        f"in the application, every page drawn: p50 {quantile(drawn, 0.5):.2f} ms, p95 {quantile(drawn, 0.95):.2f} ms"
    )
    with gunicorn("webapp:create_app()", INFORCE_HOME=str(home)) as port:
        ask(port, paths[:20])
        first, received, _ = ask(port, paths[20:])
        people, _, _ = ask(port, as_people_ask(paths, rng, number))
        tags = etags(port, paths[:200])
        unchanged, _, count = ask(port, rng.choices(paths[:200], k=number), tags)
    size = received // max(len(paths) - 20, 1)
    bare = bare_times(size, number)
    rate = len(bare) / (sum(bare) / 1000)
    print(f"{'through gunicorn, over the socket':<38}{'p50 ms':>8}{'p95 ms':>8}{'per s':>10}{'ratio':>6}")
    print(row(f"bare Flask, constant {size:,} bytes", bare, None))
    print(row("instruction, never asked before", first, rate))
    print(row("instruction, as people ask", people, rate))
    print(row(f"instruction, unchanged ({count} × 304)", unchanged, rate))


def bare_times(size: int, number: int) -> list[float]:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "bare_site.py").write_text(BARE, "utf-8")
        with gunicorn(f"bare_site:create_app({size})", PYTHONPATH=folder) as port:
            ask(port, ["/"] * 20)
            return ask(port, ["/"] * number)[0]


if __name__ == "__main__":
    main()
