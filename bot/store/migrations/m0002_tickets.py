"""Tickets with their drafts, overrides and comments; visitors' ratings."""

import sqlalchemy as sa
from alembic import op

from bot.store.base import Moment

revision = "0002"
down_revision = "0001"


def _of_ticket(name: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        name,
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("ticket", sa.Integer, sa.ForeignKey("tickets.number", ondelete="CASCADE"), nullable=False),
        *columns,
    )
    op.create_index(f"ix_{name}_ticket", name, ["ticket"])


def _text(name: str, size: int = 0) -> "sa.Column[object]":
    return sa.Column(name, sa.String(size) if size else sa.Text, nullable=False)


def _tickets() -> None:
    op.create_table(
        "tickets",
        sa.Column("number", sa.Integer, primary_key=True),
        _text("state", 20),
        _text("language", 2),
        _text("question"),
        _text("contact", 400),
        _text("channel", 20),
        _text("context"),
        sa.Column("care", sa.JSON, nullable=False),
        _text("assigned", 200),
        sa.Column("due", Moment),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("opened", Moment, nullable=False),
        sa.Column("changed", Moment, nullable=False),
        _text("approved_by", 200),
        sa.Column("sent", Moment),
        _text("salt", 32),
        sa.Column("erased", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_tickets_state_changed", "tickets", ["state", "changed"])
    op.create_index("ix_tickets_changed", "tickets", ["changed"])
    op.create_index("ix_tickets_opened", "tickets", ["opened"])


def upgrade() -> None:
    """Makes the tables."""
    _tickets()
    op.create_table(
        "versions",
        sa.Column(
            "ticket", sa.Integer, sa.ForeignKey("tickets.number", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("round", sa.Integer, nullable=False),
        _text("author", 200),
        sa.Column("at", Moment, nullable=False),
        _text("body"),
    )
    _of_ticket(
        "overrides",
        sa.Column("version", sa.Integer, nullable=False),
        _text("sentence", 64),
        _text("by", 200),
        sa.Column("at", Moment, nullable=False),
        _text("reason"),
    )
    _of_ticket("comments", sa.Column("at", Moment, nullable=False), _text("by", 200), _text("text"))
    op.create_table(
        "ratings",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("at", Moment, nullable=False),
        sa.Column("liked", sa.Boolean, nullable=False),
        _text("reason"),
        _text("question"),
        _text("language", 2),
        _text("status", 10),
        _text("edition", 40),
        sa.Column("sources", sa.JSON, nullable=False),
    )
    op.create_index("ix_ratings_at", "ratings", ["at"])
