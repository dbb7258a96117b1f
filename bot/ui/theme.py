"""Gradio's theme. Our colours and type are in static/tokens.css; nothing is downloaded."""

import gradio as gr

FONTS = ("Noto Sans JP", "Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic UI", "Meiryo", "sans-serif")


def theme() -> gr.themes.Base:
    """A calm theme. Fonts given as plain strings are taken from the visitor's machine only."""
    return gr.themes.Base(
        primary_hue=gr.themes.colors.blue,
        neutral_hue=gr.themes.colors.slate,
        radius_size=gr.themes.sizes.radius_md,
        font=list(FONTS),
        font_mono=["ui-monospace", "Consolas", "monospace"],
    )
