"""Approved answers and the ways to ask for them."""

import sqlalchemy as sa
from alembic import op

from bot.store.base import Moment

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "answers",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("ticket", sa.Integer, sa.ForeignKey("tickets.number", ondelete="SET NULL")),
        sa.Column("pair", sa.Integer),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("approved_by", sa.String(200), nullable=False),
        sa.Column("approved", Moment, nullable=False),
        sa.Column("expires", Moment),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("known", sa.JSON, nullable=False),
        sqlite_autoincrement=True,
    )
    for column in ("ticket", "pair", "state"):
        op.create_index(f"ix_answers_{column}", "answers", [column])
    op.create_table(
        "variants",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("answer", sa.Integer, sa.ForeignKey("answers.number", ondelete="CASCADE"), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_index("ix_variants_answer", "variants", ["answer"])
