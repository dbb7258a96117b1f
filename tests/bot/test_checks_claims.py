"""The checks of claims: negation, force, quantity and direction, each against a table of pairs."""

import pytest

from bot.checks.direction import check_direction
from bot.checks.force import check_force
from bot.checks.negation import check_negation
from bot.checks.quantity import check_quantity
from tests.bot.checking import found


@pytest.mark.parametrize(
    ("statement", "source", "fault"),
    [
        ("費用は十分である。", "費用は不十分である。", True),
        ("費用は十分でない。", "費用は不十分である。", False),
        ("届け出なければならない。", "必ず届け出なければならない。", False),
        ("大学のみならず企業も対象である。", "対象は大学だけでなく企業もである。", False),
        ("事例は少なくない。", "事例は多い。", False),
        ("学生を受け入れずに終えた。", "学生を受け入れて終えた。", True),
        ("連携は不可欠である。", "連携が欠かせない。", False),
        ("公開はしないわけではない。", "公開をする。", False),
        ("共同研究はできないが、派遣はできる。", "共同研究はできるが、派遣はできない。", True),
        ("The rule is not only for staff.", "The rule is for staff and others.", False),
        ("The law is insufficient.", "The law is not sufficient.", False),
        (
            "The bureau does not fund trips but funds books.",
            "The bureau funds trips but does not fund books.",
            True,
        ),
        ("No branch may open.", "A branch may open.", True),
        ("It failed to report.", "It reported.", True),
        ("A harmful and unregistered device.", "A harmful and registered device.", True),
    ],
)
def test_negation(statement: str, source: str, fault: bool) -> None:
    assert found(check_negation, statement, source) is fault


@pytest.mark.parametrize(
    ("statement", "source", "fault"),
    [
        ("大学は規程を整備すべきである。", "大学は規程を整備しなければならない。", True),
        ("大学は規程を整備することができる。", "大学は規程を整備すべきである。", True),
        ("大学には規程の整備が必要である。", "大学は規程を整備しなければならない。", False),
        ("大学は規程を整備する。", "大学は規程の整備に努める。", True),
        ("懸念が生じる。", "懸念が生じる可能性がある。", True),
        ("必要に応じて助言する。", "助言する。", False),
        ("Staff have to register.", "Staff must register.", False),
        ("Staff may register.", "Staff must register.", True),
        ("Staff register.", "Staff should register.", True),
        ("Staff must register.", "Staff register.", True),
        ("It opened in May 2022.", "It opened in 2022.", False),
        ("Staff must register.", "大学の職員は登録しなければならない。", False),
        ("Staff can register.", "職員は登録しなければならない。", True),
    ],
)
def test_force(statement: str, source: str, fault: bool) -> None:
    assert found(check_force, statement, source) is fault


@pytest.mark.parametrize(
    ("statement", "source", "fault"),
    [
        ("すべての大学が参加した。", "一部の大学が参加した。", True),
        ("大学が参加した。", "大学のみが参加した。", True),
        ("20人以下が参加した。", "20人以上が参加した。", True),
        ("以下の通り定める。", "次の通り定める。", False),
        ("各大学が定める。", "大学が定める。", False),
        ("300人が参加した。", "約300人が参加した。", True),
        ("All members agreed.", "Most members agreed.", True),
        ("Members agreed.", "Only members agreed.", True),
        ("At most ten joined.", "At least ten joined.", True),
        ("The most important rule applies.", "The important rule applies.", False),
        ("They walked around the town.", "They walked in the town.", False),
    ],
)
def test_quantity(statement: str, source: str, fault: bool) -> None:
    assert found(check_quantity, statement, source) is fault


@pytest.mark.parametrize(
    ("statement", "source", "fault"),
    [
        ("留学生は減少した。", "留学生は増加した。", True),
        ("留学生は増えた。", "留学生は増加した。", False),
        ("大阪から東京へ移った。", "東京から大阪へ移った。", True),
        ("契約の後に確認する。", "契約の前に確認する。", True),
        ("日本は学生を派遣する。", "日本は学生を受け入れる。", True),
        ("Exchange fell.", "Exchange grew.", True),
        ("The list moved from paper to screen.", "The list moved from screen to paper.", True),
        ("Inbound and outbound exchange grew.", "Inbound and outbound exchange rose.", False),
        ("留学生の数は減少した。", "The number of international students increased.", True),
    ],
)
def test_direction(statement: str, source: str, fault: bool) -> None:
    assert found(check_direction, statement, source) is fault
