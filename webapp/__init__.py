"""The site: what was in force, on any day, at a glance. Read-only over a home; see `create_app`.

    gunicorn "webapp:create_app()"        # INFORCE_HOME names the home

Nothing happens at import. Views parse the request, ask one page builder and draw; they hold no SQL and parse no
source pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask

from webapp.access_log import AccessLog
from webapp.config import Settings
from webapp.faults import answer_faults
from webapp.holdings import Holdings
from webapp.replies import PageCache, watch
from webapp.statics import StaticFiles
from webapp.views import site

__all__ = ["create_app"]


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """The application. `config` may set what `webapp.config.Settings` names; the environment fills in the rest."""
    settings = Settings.read(config or {})
    app = Flask("webapp", static_folder=None, template_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=1024, TRAP_HTTP_EXCEPTIONS=False, **(config or {}))
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions["inforce"] = Site(settings)
    app.register_blueprint(site)
    watch(app)
    answer_faults(app)
    if settings.access_log:
        AccessLog().attach(app)
    return app


class Site:
    """What the views of one application share."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.holdings = Holdings(settings.home, settings.publisher)
        self.statics = StaticFiles()
        self.cache = PageCache(settings.cache_bytes)
