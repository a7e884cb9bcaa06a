"""Logging of requests. Query strings are left out, because they may describe a person's case."""

from __future__ import annotations

import json
import sys
import time
from typing import TextIO

from flask import Flask, Response, g, request
from werkzeug.serving import WSGIRequestHandler


class PathsOnly(WSGIRequestHandler):
    """For `inforce serve`: lines on stderr with the path, without the query."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        path = getattr(self, "path", "-").partition("?")[0]
        self.log(
            "info", '"%s %s" %s %s', self.command or "-", path.encode("unicode_escape").decode(), code, size
        )


class AccessLog:
    """One JSON line a request."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out

    def attach(self, app: Flask) -> None:
        app.before_request(self._start)
        app.after_request(self._write)

    def _start(self) -> None:
        g.started = time.perf_counter()

    def _write(self, response: Response) -> Response:
        started = g.get("started", time.perf_counter())
        line = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "method": request.method,
            "path": f"{request.root_path}{request.path}",
            "status": response.status_code,
            "bytes": response.calculate_content_length() or 0,
            "ms": round((time.perf_counter() - started) * 1000, 2),
        }
        print(json.dumps(line, ensure_ascii=True), file=self._out or sys.stdout, flush=True)
        return response
