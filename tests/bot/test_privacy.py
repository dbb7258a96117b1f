"""Personal data are found by form, in every width, and clean questions are left alone."""

import random
import time
from collections.abc import Callable
from itertools import cycle, islice, product

import pytest

from bot.privacy import PLACEHOLDERS, Kind, find_personal, mask, my_number_fits, orcid_fits

Make = Callable[[random.Random], str]
FULL = str.maketrans("0123456789-+()@.", "０１２３４５６７８９－＋（）＠．")


def digits(chance: random.Random, count: int) -> str:
    return "".join(chance.choice("0123456789") for _ in range(count))


def email(chance: random.Random) -> str:
    name = chance.choice(["taro.yamada", "h_suzuki", "k-sato2", "mizuho+desk", "a1"])
    host = chance.choice(["mizuhodaira.ac.jp", "example.co.jp", "mail.example.org", "example.com"])
    form = chance.choice(["{}@{}", "{}@{}", "{}＠{}", "{} (at) {}", "{}[at]{}"])
    return form.format(name, host)


def phone(chance: random.Random) -> str:
    a, b = digits(chance, 4), digits(chance, 4)
    area, three = chance.choice(["03", "06"]), digits(chance, 3)
    city = chance.choice(["045", "022", "075"])
    forms = (
        f"{area}-{a}-{b}", f"({area}){a}-{b}", f"{area}({a}){b}", f"{city}-{three}-{b}", f"{city} {three} {b}",
        f"090-{a}-{b}", f"080{a}{b}", f"070.{a}.{b}", f"050-{a}-{b}", f"+81-90-{a}-{b}", f"+81 3 {a} {b}",
        f"0120-{three}-{three}", f"{area}{a}{b}", f"0799-{a[:2]}-{b}", f"+1 415 {three} {b}",
    )  # fmt: skip
    written = chance.choice(forms)
    return written.translate(FULL) if chance.random() < 0.3 else written


def my_number(chance: random.Random) -> str:
    while True:
        number = digits(chance, 12)
        if my_number_fits(number):
            form = chance.choice(["{}{}{}", "{}-{}-{}", "{} {} {}"])
            written = form.format(number[:4], number[4:8], number[8:])
            return written.translate(FULL) if chance.random() < 0.3 else written


def passport(chance: random.Random) -> str:
    return f"{chance.choice('TMNX')}{chance.choice('ABHKZ')}{digits(chance, 7)}"


def orcid(chance: random.Random) -> str:
    start = digits(chance, 15)
    for last in "0123456789X":
        written = "-".join((start[:4], start[4:8], start[8:12], start[12:] + last))
        if orcid_fits(written):
            return written
    raise AssertionError


MAKERS: dict[Kind, Make] = {
    "e-mail": email,
    "phone": phone,
    "my number": my_number,
    "passport": passport,
    "researcher id": orcid,
}
AROUND = (
    "連絡先は{}です。共同研究の前に何を確認すべきですか。",
    "{}の者ですが、輸出管理の窓口はどこですか。",
    "担当者（{}）に相談してもよいですか。",
    "Please reply to {} about the exchange agreement.",
    "My details: {}. May I take part in the project?",
)
SUBJECTS = (
    "MEXT",
    "国立大学協会",
    "E-JUST",
    "G7",
    "第2回シンポジウム",
    "RU11",
    "大阪大学",
    "the guideline",
    "ISO 27001",
    "JP20H01234",
)
CLEAN = (
    "{}は2024年12月18日に何を決めましたか。",
    "{}は何年何月に設置されましたか（2022-11、令和4年度）。",
    "690の拠点のうち{}に関するものは67%ですか。",
    "How many students did {} send abroad between 2004 and 2019: 5,849 or 312,214?",
    "What did {} say on 18.12.2024, on pages 12-14?",
    "{}の予算は1,234,567,890円ですか、2023-2027年度の計画ですか。",
    "Is {} described in doi 10.1000/182, ISBN 978-4-00-112233-4?",
    "{}の規程第3条第2項（平成16年法律第112号）は適用されますか。",
    "Which version of {} (v1.2.3, 0.45, 2020a) is in force at 10:30?",
    "{}の課題番号は19K01234、法人番号は1234567890123ですか。",
)  # fmt: skip


def items(count: int) -> list[tuple[Kind, str, str]]:
    """(kind, datum, text that holds it), the same at every run."""
    chance = random.Random(20261126)
    made = []
    for kind, frame in islice(cycle(product(MAKERS, AROUND)), count):
        datum = MAKERS[kind](chance)
        made.append((kind, datum, frame.format(datum)))
    return made


def clean(count: int) -> list[str]:
    """Questions without personal data, full of numbers that look like some."""
    chance = random.Random(7)
    made = []
    while len(made) < count:
        year, third = chance.randint(1990, 2030), chance.randint(1, 999)
        text = chance.choice(CLEAN).format(chance.choice(SUBJECTS))
        made.append(text.replace("2024", str(year)).replace("690", str(third)))
    return made


def test_of_200_personal_data_at_least_98_percent_are_found_and_masked() -> None:
    made = items(200)
    found = [
        any(item.kind == kind and text[item.start : item.end] == datum for item in find_personal(text))
        for kind, datum, text in made
    ]
    assert sum(found) >= 0.98 * len(made), [one for one, ok in zip(made, found, strict=True) if not ok]
    assert sum(datum not in mask(text).text for _, datum, text in made) >= 0.98 * len(made)


def test_of_500_clean_questions_at_least_95_percent_stay_as_they_are() -> None:
    questions = clean(500)
    changed = [question for question in questions if mask(question).text != question]
    assert len(changed) <= 0.05 * len(questions), changed[:10]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("電話は０９０－１２３４－５６７８です。", "電話は（電話番号）です。"),
        ("Call 03-1234-5678 or mail a@b.example.jp.", "Call (telephone number) or mail (e-mail address)."),
        ("旅券番号はC01X00T47ではなくパスポート 123456789です。", "旅券番号はC01X00T47ではなくパスポート （旅券番号）です。"),
        ("研究者番号：12345678", "研究者番号：（研究者番号）"),
        ("個人番号は123456789018です。", "個人番号は（個人番号）です。"),
        ("個人番号は123456789012です。", "個人番号は123456789012です。"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_is_found_is_replaced_by_a_word_for_it(text: str, masked: str) -> None:
    assert mask(text).text == masked


def test_a_masked_text_is_masked_once_and_for_all() -> None:
    for _, _, text in items(50):
        once = mask(text)
        assert mask(once.text).items == ()
        assert any(words in once.text for both in PLACEHOLDERS.values() for words in both.values())


@pytest.mark.parametrize("unit", ["0", "a@", "090-", "1234-5678-", "+81 ", "TK1234567", "(at)"])
def test_time_is_linear(unit: str) -> None:
    def seconds(length: int) -> float:
        began = time.process_time()
        mask(unit * (length // len(unit)))
        return time.process_time() - began

    mask(unit)
    short = max(min(seconds(4_000) for _ in range(3)), 0.002)
    assert min(seconds(32_000) for _ in range(3)) < 24 * short
