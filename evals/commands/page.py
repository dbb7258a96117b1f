"""DOOR: the evaluators' page as the server takes it: where it stands, who may see it, and the page itself.

`bot/commands/serve.py` mounts it; nothing here is loaded before that.
"""

from collections.abc import Sequence
from typing import Any

from bot.accounts.roles import Role, require
from bot.settings import Settings
from bot.ui.mount import Room
from evals.cases import load_cases
from evals.changes import ChangeError, parse_changes
from evals.commands.building import built
from evals.commands.run import recipe_of
from evals.commands.shared import runs_of
from evals.documents import load_documents
from evals.labels import Labels
from evals.running import Progress, run_cases
from evals.runs import Run
from evals.ui.page import build_evals, i18n, style

ROLES: tuple[Role, ...] = ("evaluator", "admin")


def evals_page(settings: Settings) -> Room:
    """The page over this desk's runs. It starts runs on the live library or on the digests, and on nothing else."""
    runs = runs_of(settings)

    def start(library: str, given: Sequence[str], tell: Progress) -> Run:
        changes, documents, cases = parse_changes(given), load_documents(), load_cases()
        if changes.settings:
            raise ChangeError("models are set with `desk eval run` only, not from a page")
        with built(settings, library, changes, documents) as one:
            recipe = recipe_of(one, cases, changes)
            name = runs.fresh_name("-".join((recipe.library, *changes.given)))
            return run_cases(runs, name, recipe, cases, one.system, documents, tell)

    def allowed(request: Any) -> str:
        return require(request, ROLES).name

    labels = Labels(runs.folder("labels").with_suffix(".jsonl"))
    return Room(
        path="/evals",
        roles=ROLES,
        name="evals",
        build=lambda: build_evals(runs, labels, start, allowed),
        css=style(),
        words=i18n(),
    )
