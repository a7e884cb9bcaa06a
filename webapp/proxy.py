"""Headers that a proxy adds to a request, used only if the settings name the proxy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from werkzeug.middleware.proxy_fix import ProxyFix

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

UNIX = "unix"
"""Name of a peer without an address: one that talks through a socket of the file system."""


class NamedProxies:
    """Applies X-Forwarded-For, -Proto, -Host and -Prefix (the path under which the site is mounted) from a named proxy,
    and ignores them from anyone else."""

    def __init__(self, app: WSGIApplication, names: frozenset[str]) -> None:
        self._app = app
        self._names = names
        self._fixed = ProxyFix(app, x_for=1, x_proto=1, x_host=1, x_prefix=1)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        peer = environ.get("REMOTE_ADDR") or UNIX
        return (self._fixed if peer in self._names else self._app)(environ, start_response)
