"""The environment switches that keep third-party packages from calling out or opening extra doors.

They are read when those packages are imported, so a door calls `quiet` before it imports anything heavy.
"""

from collections.abc import MutableMapping

#: Name -> value, set whatever stood there before: none of these is a user's choice.
SWITCHES: dict[str, str] = {
    # Gradio: usage reports, share tunnels, generated apps, tool endpoint, server-side rendering through Node.
    "GRADIO_ANALYTICS_ENABLED": "False",
    "GRADIO_SHARE": "False",
    "GRADIO_VIBE_MODE": "",
    "GRADIO_MCP_SERVER": "False",
    "GRADIO_SSR_MODE": "False",
    "GRADIO_RUN_HISTORY": "False",
    # It would draw up a table of all events so far after every event, for a page that is switched off here.
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": "1000000000",
    "GRADIO_ANALYTICS_MAX_EVENTS": "1",
    # Model files come from the project or from a folder, never from a hub behind the user's back.
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TRANSFORMERS_OFFLINE": "1",
    # Traces of requests are never sent anywhere.
    "FASTAPI_OTEL_AUTO_CONFIGURE": "false",
    "OTEL_SDK_DISABLED": "true",
    "DO_NOT_TRACK": "1",
    "ANONYMIZED_TELEMETRY": "False",
}


def quiet(environ: MutableMapping[str, str]) -> None:
    """Set every switch in `environ` (``os.environ`` at a door, a dict in a test)."""
    environ.update(SWITCHES)
