"""The checks of facts: figures, numbers, dates, bodies, order and coverage, each against a table of pairs."""

from fractions import Fraction

import pytest

from bot.checks.bodies import check_bodies
from bot.checks.coverage import check_coverage
from bot.checks.dates import check_dates
from bot.checks.figures import find_figures
from bot.checks.numbers import check_numbers
from bot.checks.order import check_order
from bot.checks.text import normal
from tests.bot.checking import found


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("30万人", [(300_000, "person")]),
        ("三百人", [(300, "person")]),
        ("1億2,000万円", [(120_000_000, "yen")]),
        ("７割", [(70, "%")]),
        ("第２の原則", [(2, "ordinal")]),
        ("一部の大学と統一的な十分な対応", []),
        ("twenty-four programmes", [(24, "program")]),
        ("two-thirds of it", [(Fraction(2, 3), "part")]),
        ("3.5 million dollars", [(3_500_000, "dollar")]),
        ("one hundred and five students", [(105, "person")]),
        ("G7, RU11 and one another", []),
        ("the 21st century", [(21, "ordinal")]),
        ("6-8 credits", [(6, ""), (8, "credit")]),
    ],
)
def test_figures(text: str, values: list[tuple[Fraction, str]]) -> None:
    assert [(figure.value, figure.unit) for figure in find_figures(normal(text))] == values


@pytest.mark.parametrize(
    ("statement", "source", "fault"),
    [
        ("30万人が学ぶ。", "300,000人が学ぶ。", False),
        ("300,000 students enrolled.", "留学生は30万人である。", False),
        ("70% are in Asia.", "7割はアジアにある。", False),
        ("31人が参加した。", "30人が参加した。", True),
        ("30件ある。", "30人いる。", True),
        ("期間は3か月である。", "期間は3年である。", True),
        ("Eleven members met.", "11 members met.", False),
        ("First, staff register.", "Staff register.", False),
        ("The second rule applies.", "The third rule applies.", True),
    ],
)
def test_numbers(statement: str, source: str, fault: bool) -> None:
    assert found(check_numbers, statement, source) is fault


@pytest.mark.parametrize(
    ("statement", "source", "fault"),
    [
        ("2022年に公表した。", "令和4年11月に公表した。", False),
        ("令和４年に公表した。", "It was published in 2022.", False),
        ("2022年11月に公表した。", "2022年に公表した。", True),
        ("2022年度に始めた。", "2022年に始めた。", True),
        ("平成4年に公表した。", "令和4年に公表した。", True),
        ("It began in the 1990s.", "It began in the 1980s.", True),
        ("It began in May 2021.", "It began in June 2021.", True),
        ("Since 2020 it has grown.", "Since 2019 it has grown (MEXT 2020).", True),
    ],
)
def test_dates(statement: str, source: str, fault: bool) -> None:
    assert found(check_dates, statement, source) is fault


@pytest.mark.parametrize(
    ("statement", "source", "context", "fault"),
    [
        ("国大協は声明を出した。", "国立大学協会は声明を出した。", "", False),
        ("JANU issued a statement.", "国立大学協会は声明を出した。", "", False),
        ("経済産業省が定める。", "文部科学省が定める。", "", True),
        ("MEXT sets the rule.", "The rule is set.", "文部科学省", False),
        ("METI sets the rule.", "The rule is set.", "文部科学省", True),
        ("China opened a campus.", "中国はキャンパスを開いた。", "", False),
        ("Korea opened a campus.", "中国はキャンパスを開いた。", "", True),
        ("各大学が定める。", "大学が定める。", "", False),
        ("Students sign the form.", "Researchers sign the form.", "", True),
        ("Measures matter.", "The measures matter.", "", False),
    ],
)
def test_bodies(statement: str, source: str, context: str, fault: bool) -> None:
    assert found(check_bodies, statement, source, context) is fault


@pytest.mark.parametrize(
    ("statement", "source", "fault"),
    [
        ("Kyoto University invited Osaka University.", "Osaka University invited Kyoto University.", True),
        ("大阪大学は京都大学を招いた。", "京都大学は大阪大学を招いた。", True),
        ("日本、中国、韓国が参加した。", "中国、日本、韓国が参加した。", False),
        ("Osaka was visited by Kyoto.", "Kyoto visited Osaka.", False),
        ("It rose from 90 in Osaka to 50 in Kyoto.", "It rose from 50 in Osaka to 90 in Kyoto.", True),
        ("By 2018 it had 690 bases.", "It had 690 bases by 2018.", False),
    ],
)
def test_order(statement: str, source: str, fault: bool) -> None:
    assert found(check_order, statement, source) is fault


@pytest.mark.parametrize(
    ("statement", "source", "fault"),
    [
        ("大学は連携を推進している。", "大学は連携を進めている。", False),
        ("大学は図書館を改修している。", "大学は連携を進めている。", True),
        ("Universities set up a risk system.", "Universities build a system for risk.", False),
        ("The canteen serves rice.", "Universities build a system for risk.", True),
    ],
)
def test_coverage(statement: str, source: str, fault: bool) -> None:
    assert found(check_coverage, statement, source) is fault
