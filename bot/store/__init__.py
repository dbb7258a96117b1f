"""The desk's own data in SQL (accounts, tickets, approved answers, audit): one file per noun. The only home of SQLAlchemy.

SQLite by default (`desk.sqlite` in DESK_HOME), PostgreSQL by DESK_DATABASE; everything here runs on both.

To add tables:

1. One file, `bot/store/NOUN.py`: mapped classes on `bot.store.base.Base`, and functions that take a
   `Transaction` first and hand out frozen values, never rows. No function here begins or ends a transaction.
2. One migration, `bot/store/migrations/mNNNN_NOUN.py`, with `revision = "NNNN"` and `down_revision` the newest
   one before it; `upgrade()` makes the tables with `op.create_table` (types from `bot.store.base`, such as
   `Moment`), and what only one database knows after a look at `op.get_bind().dialect.name`. There is no way
   down: `desk restore` goes back.
3. Import the file in `bot/store/schema.py`; a test compares the tables that the migrations make with the
   mapped ones, on both databases.

Callers open a transaction, and say in it what they did:

    with database.writing() as transaction:
        number = tickets.add(transaction, ...)
        audit.record(transaction, by, "ticket.new", f"ticket:{number}")

Writers come one at a time on both databases, so what a writing transaction has read stays true until it ends.
"""
