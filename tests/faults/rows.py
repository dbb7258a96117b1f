"""The list of faults: what each row is, what shows that the desk survives it, and what is not shown.

Tests carry `@pytest.mark.fault("B1")`; those of other rooms that show a row are named in ELSEWHERE and get the mark when
they are collected. A row without any test has a reason why it cannot arise.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One fault. `note`: why it cannot arise, or what of it is not shown."""

    name: str
    fault: str
    note: str = ""


ROWS = (
    Row("A1", "PDF bombs: nested streams, millions of operators, page trees without end, very many pages"),
    Row("A2", "DOCX and ZIP bombs, archives in archives, climbing names, entities of entities and of files"),
    Row("A3", "HTML nested without end, with attributes without end, with remote parts"),
    Row("A4", "Hidden text in HTML, Markdown, Word and PDF", "A box that a PDF draws over its text is not seen."),
    Row("A5", "Invisible, reordering and half characters; width and compatibility forms"),
    Row("A6", "Encodings: right, or refused; never mojibake in the index"),
    Row("A7", "Empty, locked, truncated, misnamed, linked, huge and unreadable files, pipes"),
    Row("A8", "A reader that says all is well and gives no text"),
    Row("A9", "Files that are unchanged, changed, renamed, doubled or gone"),
    Row("A10", "Markup and path tricks in file names and titles"),
    Row("A11", "Text without structure: one paragraph, one word, a table of many cells"),
    Row(
        "A12",
        "Poisoned documents that answer many questions",
        "Several documents that agree with each other are not told from honest ones; DESK_ACCEPT_DOCUMENTS marks "
        "each that nobody of the staff has accepted.",
    ),
    Row("A13", "URLs that lead inside", "Cannot arise: nothing fetches a URL; only files of folders are read."),
    Row("B1", "SIGKILL at random times of an ingest"),
    Row("B2", "SIGKILL at every named point of an ingest"),
    Row("B3", "SIGKILL while known vectors are written again", "No collection is ever written to twice: a change is a new edition."),
    Row("B4", "Two ingests at once"),
    Row("B5", "Readers while editions change"),
    Row("B6", "A lock that another process holds", "A page reads without the lock, so that only writers wait."),
    Row("B7", "Disk full at every step; before; at the start of a page"),
    Row("B8", "Damage to every file of an edition, the manifest and the pointer"),
    Row("B9", "Another embedder"),
    Row("B10", "Editions that an older Chroma wrote", "An edition is built again from its shelf, which is SQLite, with no file of Chroma's."),
    Row("B11", "Editions that a newer Chroma wrote; panics below Python"),
    Row("B12", "SIGKILL in an approval; eight writers; a locked database"),
    Row("B13", "Backup and restore; a damaged backup"),
    Row("B14", "A Chroma server that is down, refuses, hangs or loses a collection"),
    Row("C1", "A model that hangs, stalls or drips"),
    Row("C2", "A model that is busy or fails for a while"),
    Row("C3", "A model that sends garbage or nothing"),
    Row("C4", "A model's answer that is cut short"),
    Row("C5", "A model's answer without end"),
    Row("C6", "A provider's error that holds a key"),
    Row("C7", "Invented citations in every form"),
    Row("C8", "Invented quotations; right quotations of another document"),
    Row("C9", "Passages that give a model orders, with a model that obeys"),
    Row("C10", "Questions that ask for the prompt"),
    Row("C11", "Too much to read for a model"),
    Row("C12", "Questions that the documents do not answer", "Shares with intervals are figures of the evaluation (evals/LOG.md)."),
    Row("C13", "Documents that disagree or are superseded"),
    Row("D1", "Markup from documents, models and visitors"),
    Row("D2", "Paths that climb"),
    Row("D3", "Routes that Gradio brings and nobody needs"),
    Row("D4", "Calls without a role"),
    Row("D5", "Another visitor's session"),
    Row("D6", "Requests in another site's name"),
    Row("D7", "Bodies that are too large or of wrong types"),
    Row("D8", "A flood from one visitor"),
    Row("D9", "Visitors who go away or read slowly", "Idle sockets are limited in number; their effect on others is not measured here."),
    Row("D10", "Many conversations at once"),
    Row("D11", "Guessing passwords"),
    Row("D12", "Formulas in exported tables"),
    Row("E1", "Personal data in a question"),
    Row("E2", "Secrets in errors, logs and printed settings"),
    Row("E3", "Data that is too old"),
    Row("E4", "Erasing a person's question"),
    Row("E5", "A log that was tampered with"),
    Row("E6", "Calls to the network"),
    Row("E7", "Models that run code; packages with known faults"),
    Row("E8", "Files that others may read; temporary files that stay"),
)  # fmt: skip

_LLM, _ATTEMPT, _GUARD = "tests/bot/test_llm.py::", "tests/bot/test_attempt.py::", "tests/bot/test_guard.py::"
_SERVER, _KEEPING, _SYNC = (
    "tests/bot/test_server.py::",
    "tests/bot/desk/test_keeping.py::",
    "tests/vectorstore/test_sync.py::",
)
#: Row -> tests of the rooms that show it: a file, or a file and a test's name or its beginning.
ELSEWHERE: dict[str, tuple[str, ...]] = {
    "A5": ("tests/ingest/test_characters.py",),
    "A6": ("tests/ingest/test_encodings.py",),
    "A7": ("tests/ingest/test_refusals.py", "tests/ingest/test_files.py"),
    "A8": ("tests/ingest/test_refusals.py::test_a_scan_is_quarantined",),
    "A9": (
        f"{_SYNC}test_a_first_ingest_adds",
        f"{_SYNC}test_only_new_words",
        f"{_SYNC}test_what_is_gone",
        f"{_SYNC}test_a_file_that_fails",
    ),
    "A10": ("tests/bot/test_browser_hostile.py",),
    "A12": ("tests/bot/test_acceptance.py::test_a_new_or_changed_document",),
    "B4": ("tests/vectorstore/test_edition.py::test_the_lock_of_a_dead_process",),
    "B8": ("tests/vectorstore/test_edition.py::test_every_damaged_or_missing_file_is_found",),
    "B9": (f"{_SYNC}test_another_embedder_is_refused",),
    "B11": ("tests/vectorstore/test_edition.py::test_a_newer_format_is_refused",),
    "B12": (f"{_KEEPING}test_a_kill_in_any_step", "tests/bot/desk/test_office.py::test_eight_writers"),
    "B13": (f"{_KEEPING}test_a_backup", f"{_KEEPING}test_a_damaged_backup"),
    "B14": ("tests/vectorstore/test_chroma.py::test_a_server",),
    "C1": (f"{_LLM}test_every_failure_is_one_error", f"{_LLM}test_dropping_an_answer"),
    "C2": (f"{_LLM}test_it_asks_again", f"{_LLM}test_the_waits_stay"),
    "C3": (f"{_LLM}test_every_failure_is_one_error", f"{_ATTEMPT}test_every_mode"),
    "C4": (f"{_LLM}test_every_failure_is_one_error", f"{_ATTEMPT}test_every_mode"),
    "C5": (f"{_LLM}test_an_endless_answer", "tests/bot/test_written.py::test_a_very_long_answer"),
    "C6": (f"{_LLM}test_every_failure_is_one_error", f"{_LLM}test_a_key_of_the_environment"),
    "C7": ("tests/bot/test_marks.py",),
    "C8": (
        "tests/bot/test_written.py::test_a_quotation_that_no",
        "tests/bot/test_verify.py::test_a_statement_cited_against",
    ),
    "C9": (
        f"{_ATTEMPT}test_a_model_that_obeys",
        f"{_ATTEMPT}test_an_order",
        f"{_ATTEMPT}test_a_hidden_order",
    ),
    "C10": ("tests/bot/test_written.py::test_words_of_the_prompt", f"{_ATTEMPT}test_every_mode"),
    "C11": (
        "tests/bot/test_framing.py::test_the_last_hits",
        "tests/bot/test_written.py::test_what_cannot_be_asked",
        f"{_SERVER}test_a_question_that_is_too_long",
    ),
    "C12": ("tests/bot/test_answering.py::test_what_the_library_does_not_hold",),
    "C13": ("tests/bot/test_frame.py::test_the_older_of_two", "tests/bot/test_premise.py::test_two_years"),
    "D1": ("tests/bot/test_ui_render.py::test_markup", "tests/bot/test_browser_hostile.py"),
    "D2": (f"{_GUARD}test_a_static_path", f"{_GUARD}test_what_is_not_on_the_list"),
    "D3": (
        "tests/bot/test_access.py::test_every_route_of_the_application_has_a_row",
        f"{_SERVER}test_every_event",
        f"{_GUARD}test_what_is_not_on_the_list",
    ),
    "D4": (
        "tests/bot/desk/test_rules.py",
        "tests/bot/test_login.py",
        "tests/bot/test_access.py",
        "tests/bot/test_access_rooms.py",
    ),
    "D5": ("tests/bot/test_visitors.py", f"{_GUARD}test_a_session", f"{_SERVER}test_a_conversation_belongs"),
    "D6": (f"{_GUARD}test_only_our_own", f"{_GUARD}test_another_site", f"{_GUARD}test_only_known_hosts"),
    "D7": (f"{_GUARD}test_a_large_body", f"{_SERVER}test_wrong_types"),
    "D8": (f"{_GUARD}test_one_visitor_who_floods", f"{_SERVER}test_a_flood"),
    "D9": (f"{_SERVER}test_a_visitor_who_goes_away",),
    "D10": (f"{_SERVER}test_a_conversation_belongs",),
    "D11": ("tests/bot/test_login.py",),
    "D12": (
        "tests/bot/desk/test_exports.py::test_no_cell",
        "tests/bot/desk/test_exports.py::test_other_cells",
    ),
    "E1": ("tests/bot/test_privacy.py", f"{_ATTEMPT}test_personal_data"),
    "E2": ("tests/bot/test_logs.py", f"{_GUARD}test_a_failure_behind"),
    "E3": (f"{_KEEPING}test_a_purge",),
    "E4": (f"{_KEEPING}test_an_erased",),
    "E5": (f"{_KEEPING}test_every_tampering", f"{_KEEPING}test_a_chain", "tests/bot/store/test_audit.py"),
    "E6": (f"{_LLM}test_no_trace_is_sent",),
    "E7": ("tests/test_constraints.py",),
    "E8": ("tests/bot/store/test_database.py::test_the_file_is_safe",),
}


def rows_of(test: str) -> tuple[str, ...]:
    """The rows that a test of another room shows, by its name (`tests/bot/test_llm.py::test_x`)."""
    return tuple(row for row, names in ELSEWHERE.items() if any(means(name, test) for name in names))


def means(name: str, test: str) -> bool:
    """Whether an entry of ELSEWHERE means this test."""
    return test.startswith(name) if "::" in name else test.split("::")[0] == name
