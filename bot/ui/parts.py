"""Components that many parts of the chat page are made of."""

from typing import Any

import gradio as gr


def text(value: Any, name: str) -> gr.Markdown:
    """Our own inert HTML; nothing in it is read as mathematics."""
    return gr.Markdown(value, elem_id=name, latex_delimiters=[], container=False, padding=False)


def field(label: Any, name: str, **more: Any) -> gr.Textbox:
    """A field with its label above it."""
    return gr.Textbox(label=label, elem_id=name, lines=more.pop("lines", 1), container=True, **more)
