"""Dates as written -> one normal form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dates import find_dates

DATES = {
    # eras
    "令和4年": "2022",
    "令和４年": "2022",
    "令和元年": "2019",
    "令和1年5月": "2019-05",
    "令和四年十一月十八日": "2022-11-18",
    "令和 6 年 12 月 18 日": "2024-12-18",
    "平成三十年": "2018",
    "平成30年4月1日": "2018-04-01",
    "昭和六十四年一月七日": "1989-01-07",
    "昭和24年5月": "1949-05",
    "大正15年": "1926",
    "明治45年7月29日": "1912-07-29",
    "R4.11.18": "2022-11-18",
    "H30/4/1": "2018-04-01",
    # the day an era changes
    "平成31年4月30日": "2019-04-30",
    "令和元年5月1日": "2019-05-01",
    "昭和64年1月7日": "1989-01-07",
    "平成元年1月8日": "1989-01-08",
    "平成31年": "2019",
    "大正元年7月30日": "1912-07-30",
    # calendar, Japanese
    "2022年": "2022",
    "2022年11月": "2022-11",
    "2022年２月": "2022-02",
    "２０２２年１１月１８日": "2022-11-18",
    "二〇二二年十一月": "2022-11",
    "2022（令和4）年11月": "2022-11",
    "2022年（令和4年）11月18日": "2022-11-18",
    "2024年12月18日（水）": "2024-12-18",
    # fiscal years
    "令和4年度": "FY2022",
    "2022年度": "FY2022",
    "平成31年度": "FY2019",
    "令和元年度": "FY2019",
    "2022（令和4）年度": "FY2022",
    "FY2022": "FY2022",
    "FY 2023": "FY2023",
    "AY2022": "FY2022",
    "fiscal year 2021": "FY2021",
    "academic year 2020": "FY2020",
    # figures
    "2022/11/18": "2022-11-18",
    "2022-11-18": "2022-11-18",
    "2022.11.18": "2022-11-18",
    "2022/1/8": "2022-01-08",
    "2022-11": "2022-11",
    # English
    "18 December 2024": "2024-12-18",
    "December 18, 2024": "2024-12-18",
    "December 18 2024": "2024-12-18",
    "Dec. 18, 2024": "2024-12-18",
    "18th of December 2024": "2024-12-18",
    "1st March, 2023": "2023-03-01",
    "Friday, March 3, 2023": "2023-03-03",
    "3 March, 2023": "2023-03-03",
    "Nov 2022": "2022-11",
    "November 2022": "2022-11",
    "Sept. 2021": "2021-09",
    "May 2023": "2023-05",
    "in 1998": "1998",
    "since 2010.": "2010",
    "(launched in 2014)": "2014",
}
NOT_DATES = [
    "令和元年4月30日",  # the era had not begun
    "平成31年5月1日",  # it was over
    "昭和64年1月8日",
    "昭和70年",
    "2022年13月",
    "30 February 2022",
    "2022/13/40",
    "2238 programmes",
    "03-4212-3506",
    "5849 students",
    "312,214",
    "2024名",
    "¥12022",
    "http://x/20221118",
    "v2022.1.2.3",
    "18:30-20:00",
]


@pytest.mark.parametrize("text", DATES)
def test_a_date_in_its_normal_form(text: str) -> None:
    for sentence in (text, f"協議は{text}に始まった。", f"It was {text} , they said"):
        assert [mention.iso for mention in find_dates(sentence)] == [DATES[text]]


@pytest.mark.parametrize("text", NOT_DATES)
def test_what_is_no_date(text: str) -> None:
    assert find_dates(text) == () or all(mention.month == 0 for mention in find_dates(text))
    assert not [mention for mention in find_dates(text) if mention.end - mention.start == len(text)]


def test_places_and_order() -> None:
    text = "令和4年11月に声明、2023年5月に指針（FY2023）。"
    found = find_dates(text)
    assert [text[mention.start : mention.end] for mention in found] == ["令和4年11月", "2023年5月", "FY2023"]
    assert [(m.year, m.month, m.fiscal) for m in found] == [
        (2022, 11, False),
        (2023, 5, False),
        (2023, 0, True),
    ]


def test_a_fiscal_year_is_not_a_calendar_year() -> None:
    (fiscal,), (calendar,) = find_dates("令和4年度"), find_dates("令和4年")
    assert (fiscal.year, fiscal.fiscal, calendar.year, calendar.fiscal) == (2022, True, 2022, False)


@given(st.text("令和平成昭大正元年月日度0123456789１２三十〇/-. ,DecFYMar（）", max_size=60))
def test_any_text_gives_dates_in_order_without_overlaps(text: str) -> None:
    found = find_dates(text)
    assert all(left.end <= right.start for left, right in zip(found, found[1:], strict=False))
    assert all(
        1600 <= mention.year <= 2200 and mention.month <= 12 and mention.day <= 31 for mention in found
    )
