"""Puts the chat page into an application, without anything of Gradio that an open chat must not offer."""

import gradio as gr
from fastapi import FastAPI

from bot.ui.chat import build_chat, i18n
from bot.ui.desk import Desk
from bot.ui.theme import theme


def mount_chat(app: FastAPI, desk: Desk, at_once: int) -> None:
    """Mounts the chat at "/": behind every route that the application already has."""
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
