"""The site: what was in force, on any day, at a glance. Read-only over a home; see `create_app`.

    gunicorn "webapp:create_app()"        # INFORCE_HOME names the home, INFORCE_ALSO those of other manuals

Importing has no side effects. Views parse the request, call one page builder and render the page; they contain no SQL
and parse no source pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask

from manual.cache import Cache
from webapp import take_in
from webapp.access_log import AccessLog
from webapp.api import api
from webapp.beside import beside
from webapp.citecheck import InMemory, letters
from webapp.config import Settings
from webapp.faults import answer_faults
from webapp.holdings import Holdings
from webapp.mounts import mount
from webapp.proxy import NamedProxies
from webapp.replies import watch
from webapp.statics import StaticFiles
from webapp.views import site

__all__ = ["create_app"]


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """The application. `config` may set what `webapp.config.Settings` names; the environment fills in the rest.

    Manuals named by ALSO are served beside it, each by an application of its own. Raises SettingError.
    """
    given = dict(config or {})
    settings = Settings.read(given)
    others = {
        prefix: _one_manual({**given, "HOME": home, "ALSO": {}, "TAKE_IN": False}, {})
        for prefix, home in settings.also.items()
    }
    app = _one_manual(given, {prefix: _site(other).holdings for prefix, other in others.items()})
    mount(app, others, settings.publisher)
    # Applied outside all manuals: the path that a proxy names comes before each manual's prefix.
    if settings.proxies:
        app.wsgi_app = NamedProxies(app.wsgi_app, settings.proxies)  # type: ignore[method-assign]
    return app


def _one_manual(given: Mapping[str, Any], others: Mapping[str, Holdings]) -> Flask:
    settings = Settings.read(given)
    app = Flask("webapp", static_folder=None, template_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=1024, TRAP_HTTP_EXCEPTIONS=False, **given)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions["inforce"] = Site(settings, others)
    if settings.take_in:
        take_in.attach(app)
    app.register_blueprint(api)
    app.register_blueprint(site)
    app.register_blueprint(letters)
    app.request_class = InMemory
    app.register_blueprint(beside)
    watch(app)
    answer_faults(app)
    if settings.access_log:
        AccessLog().attach(app)
    return app


def _site(app: Flask) -> Site:
    site: Site = app.extensions["inforce"]
    return site


class Site:
    """What the views of one application share."""

    def __init__(self, settings: Settings, beside: Mapping[str, Holdings]) -> None:
        """`beside`: the manuals served under other prefixes, used only to find out whether one is the specimen."""
        self.settings = settings
        self.holdings = Holdings(settings.home.path, settings.publisher)
        self._beside = beside
        self.statics = StaticFiles()
        self.cache: Cache[str, bytes] = Cache(most_bytes=settings.cache_bytes)
        """Drawn pages. A key names everything the page depends on."""

    def specimen_prefix(self) -> str:
        """The prefix under which the specimen is served beside this manual; empty where it is not."""
        for prefix, holdings in self._beside.items():
            facts = holdings.facts_or_none(None)
            if facts is not None and facts.specimen:
                return prefix
        return ""
