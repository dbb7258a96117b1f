"""Puts the chat page into an application, without what Gradio has and an open chat must not offer."""

from collections.abc import Callable

import gradio as gr
from fastapi import FastAPI
from starlette.routing import Mount

from bot.ui.chat import build_chat, i18n
from bot.ui.desk import Desk
from bot.ui.theme import theme


def mount_chat(app: FastAPI, desk: Desk, at_once: int) -> Callable[[], None]:
    """Mounts the chat at "/", behind every route that the application already has.

    Returns a function that ends the connections of open pages, which otherwise last as long as the pages do;
    it is to be called in the server's event loop.
    """
    gr.mount_gradio_app(
        app,
        build_chat(desk, at_once),
        path="/",
        i18n=i18n(),
        theme=theme(),
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        footer_links=[],
        max_file_size="1kb",
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
    )
    mounted = next(route.app for route in app.routes if isinstance(route, Mount) and route.path == "")
    end: Callable[[], None] = mounted.stop_event.set  # type: ignore[attr-defined]
    return end
