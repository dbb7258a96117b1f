"""The README says what the program does: its generated parts are up to date."""

from pathlib import Path

from bot.reference import rewritten

ROOT = Path(__file__).parent.parent


def test_the_generated_parts_of_the_readme_are_up_to_date() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert rewritten(readme, ROOT) == readme, "run `desk docs`"
