"""The table of contents: every page, and what all of them stand on."""

import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from litestar import Litestar
from litestar.config.compression import CompressionConfig
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.template.config import TemplateConfig

from bruecke.delivery.worker import Worker
from bruecke.language import catalog, templates
from bruecke.settings import settings
from bruecke.store import facts
from bruecke.store.engine import current_engine
from bruecke.web import (
    answers,
    blocks,
    checks,
    demo,
    design,
    desk,
    desk_open_postings,
    desk_postings,
    health,
    home,
    interest,
    invites,
    join,
    legal,
    matches,
    me,
    notifications,
    organisations,
    own_postings,
    passkeys,
    people,
    posting_renewal,
    postings,
    pwa,
    queue,
    sign_in,
    static,
    subscriptions,
)
from bruecke.web.http.assets import asset_url
from bruecke.web.http.errors import HANDLERS
from bruecke.web.http.guards import enforce_policy, refuse_foreign_forms
from bruecke.web.http.login import WhoIsAsking
from bruecke.web.http.routes import assert_declared
from bruecke.web.http.security import add_headers

# No page of ours sends more; what does is cut before it is read.
MAX_BODY = 200_000

ROUTES: list[Any] = [
    *home.ROUTES,
    *join.ROUTES,
    *sign_in.ROUTES,
    *passkeys.ROUTES,
    *me.ROUTES,
    *postings.ROUTES,
    *matches.ROUTES,
    *interest.ROUTES,
    *blocks.ROUTES,
    *answers.ROUTES,
    *notifications.ROUTES,
    *people.ROUTES,
    *own_postings.ROUTES,
    *posting_renewal.ROUTES,
    *organisations.ROUTES,
    *invites.ROUTES,
    *desk.ROUTES,
    *queue.ROUTES,
    *checks.ROUTES,
    *desk_open_postings.ROUTES,
    *desk_postings.ROUTES,
    *subscriptions.ROUTES,
    *legal.ROUTES,
    *pwa.ROUTES,
    *demo.ROUTES,
    *design.ROUTES,
    *health.ROUTES,
    *static.ROUTES,
]


@asynccontextmanager
async def _life(app: Litestar) -> AsyncGenerator[None, None]:
    """Catalogs and pool before the first request; the worker stops before the pool closes."""
    catalog.warm()
    engine = current_engine()
    await engine.start_connection_pool()
    app.state.demo = settings().demo and await facts.get("demo") == "yes"
    worker = Worker() if settings().worker == "inside" else None
    if worker:
        worker.start()
    try:
        yield
    finally:
        if worker:
            await worker.stop()
        await engine.close_connection_pool()


def create_app() -> Litestar:
    """The application. Raises UndeclaredRoute when a route does not say who may call it."""
    logging.getLogger("bruecke").setLevel(logging.INFO)
    app = Litestar(
        ROUTES,
        middleware=[WhoIsAsking()],
        guards=[enforce_policy],
        before_request=refuse_foreign_forms,
        before_send=[add_headers],
        exception_handlers=HANDLERS,
        template_config=TemplateConfig(
            instance=JinjaTemplateEngine.from_environment(templates.environment(asset_url))
        ),
        compression_config=CompressionConfig(
            backend="brotli",
            brotli_quality=4,
            brotli_gzip_fallback=True,
            minimum_size=600,
            exclude=["^/static/"],
        ),
        request_max_body_size=MAX_BODY,
        lifespan=[_life],
        openapi_config=None,
        # A stack trace is never an answer, not even on a developer's machine.
        debug=False,
    )
    assert_declared(app)
    return app
