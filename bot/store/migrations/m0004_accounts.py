"""Accounts, their tokens and logins, and failed attempts to log in."""

import sqlalchemy as sa
from alembic import op

from bot.store.base import Moment

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "accounts",
        sa.Column("name", sa.String(100), primary_key=True),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("password", sa.String(200), nullable=False),
        sa.Column("disabled", sa.Boolean, nullable=False),
        sa.Column("made", Moment, nullable=False),
    )
    op.create_table(
        "tokens",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("account", sa.String(100), nullable=False),
        sa.Column("made", Moment, nullable=False),
    )
    op.create_index("ix_tokens_account", "tokens", ["account"])
    op.create_table(
        "logins",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("account", sa.String(100), nullable=False),
        sa.Column("began", Moment, nullable=False),
        sa.Column("seen", Moment, nullable=False),
    )
    op.create_index("ix_logins_account", "logins", ["account"])
    op.create_index("ix_logins_seen", "logins", ["seen"])
    op.create_table(
        "attempts",
        sa.Column("key", sa.String(80), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("last", Moment, nullable=False),
    )
    op.create_index("ix_attempts_last", "attempts", ["last"])
