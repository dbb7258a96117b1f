"""How the desk's database fails, in words that say what to do."""


class DatabaseError(Exception):
    """The desk's database cannot be used as it is; the message says what to do."""


class DatabaseBusy(DatabaseError):
    """Another process holds the right to write for too long."""


class NewerSchema(DatabaseError):
    """The database was written by a newer desk."""
