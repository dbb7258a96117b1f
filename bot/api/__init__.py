"""The HTTP API under /api: the same JSON shapes as the command line, described by an OpenAPI document."""
