"""DOOR: `desk eval judge`: a language model as a second judge of a run's citations; never a gate."""

from contextlib import closing
from typing import Annotated

import typer

from bot.console import BadInput
from bot.settings import Settings
from bot.wiring import model_of
from evals.commands.report import Name
from evals.commands.shared import plain, runs_of
from evals.model_judge import judge_agreement, judge_sentences


def judge(
    name: Name = "latest",
    most: Annotated[int, typer.Option(help="Sentences put before the model.", min=1)] = 100,
) -> None:
    """Put a run's cited sentences before the language model, and say how far it agrees with the checker."""
    with plain():
        settings = Settings()
        model = model_of(settings)
        if model is None:
            raise BadInput("there is no language model: set DESK_MODEL")
        with closing(model):
            judged = []
            for one in judge_sentences(runs_of(settings).read(name).records, model.chat, most):
                judged.append(one)
                if one.model != one.checker:
                    typer.echo(
                        f"{one.case}: checker {one.checker}, model {one.model or 'unread'}: {one.sentence}"
                    )
        found = judge_agreement(judged)
        if found is None:
            raise BadInput("the model gave no verdict that could be read")
        typer.echo(
            f"{model.name} agrees with the checker on {found.share:.1%} of {found.sentences} sentences "
            f"(kappa {found.kappa:.2f}); {found.unread} replies could not be read"
        )
