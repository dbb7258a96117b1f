"""The gap that a question leaves, and which sentences fill it."""

import pytest

from bot.question.filling import filled
from bot.question.slots import slot_of
from vectorstore.glossary import Glossary


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("客員研究員は何人いますか。", "number"),
        ("授業料はいくらですか", "number"),
        ("How many visiting scholars does the institute host?", "number"),
        ("What is the number of partner universities?", "number"),
        ("申請の締め切りは？", "day"),
        ("On what date does the rule take effect?", "day"),
        ("この制度はいつ始まりましたか", "date"),
        ("Since when has the office existed?", "date"),
        ("審査委員会の委員長は誰ですか", "person"),
        ("Who chairs the review board?", "person"),
        ("Which countries take part?", "countries"),
        ("どの大学が参加していますか", "bodies"),
        ("この会議はどの都市で開かれましたか", "place"),
        ("Which city hosted the meeting?", "place"),
        ("この声明を起草したのは誰ですか", "someone"),
        ("What are the names of the two members?", "someone"),
        ("事業の名前を教えて", "name"),
        ("相談窓口は何時までですか", "hour"),
        ("相談窓口のFAX番号は？", "contact"),
        ("この指針が設立された年を知りたいです", "date"),
        ("その大学は世界ランキングで何位ですか", "number"),
        ("Where does the institute stand in the index?", "number"),
        ("通訳を請け負った会社はどこですか", "bodies"),
        ("費用を出せないと決めた理由は？", "reason"),
        ("学生は何日くらい滞在しますか", "number"),
        ("承認は何日有効ですか", "number"),
        ("締め切りは何日ですか", "day"),
        ("何年次に移りますか", None),
        ("Which topics matter when a project starts?", None),
        ("What can a student do who fails the test?", None),
        ("What information should we share with partners?", None),
        ("I wonder who approved it.", "someone"),
        ("誰でも相談できますか", None),
        ("どなたに対しても開かれていますか", None),
        ("Who can apply?", None),
        ("協定を結ぶ前に何を確認すればいい？", None),
        ("Why was the rule introduced?", "reason"),
        ("こちらの拠点を選んだきっかけを教えてください", "reason"),
        ("重点分野はなんですか", None),
        ("国籍を理由に断ってよいですか", None),
        ("参加者の国別内訳は？", None),
        ("国は何か支援しますか", None),
        ("What is the network used for when it grows?", None),
        ("事務局はどのビルの何階でしたっけ", "number"),
        ("What's the maximum amount per project in the fund?", "number"),
        ("What is the budget used for?", None),
        ("What is the telephone number of the office?", "contact"),
        ("1件あたりいくらぐらいですか", "number"),
        ("学費はこの10年でどれくらい増えましたか", "number"),
        ("委員長の名前を知りたい", "person"),
        ("講演した先生の肩書は？", "role"),
        ("Which posts does she hold?", "role"),
        ("第何条に書かれていますか", "clause"),
        ("加盟している大学を全部挙げてください", "bodies"),
        ("Name some of the university groups that signed it.", "bodies"),
        ("In which fiscal year was it selected?", "date"),
        ("事務局はどこにありますか", "place"),
        ("違いはどこにありますか", None),
        ("What is the role of the international office?", None),
        ("What is the institute's position on open access?", None),
        ("What is a tuition waiver?", None),
        ("What does the tuition cover?", None),
        ("Which section of the university handles visas?", "bodies"),
        ("Which article of the export control act applies?", "clause"),
        ("年間授業料はいくらですか", "number"),
        ("拠点は何か所ありますか", "number"),
        ("What do other countries have that we lack?", None),
        ("Which papers should a university get in order?", None),
    ],
)
def test_the_gap_of_a_question_is_of_the_asked_kind(question: str, kind: str | None) -> None:
    slot = slot_of(question)
    assert (slot.kind if slot else None) == kind


def _related(words: str, beside: str) -> float:
    return float(any(word.lower().rstrip("s") in beside.lower() for word in words.split()))


@pytest.mark.parametrize(
    ("question", "text", "fills"),
    [
        ("How many students take part?", "Twelve students take part every year.", True),
        ("How many students take part?", "270 students took part.", True),
        (
            "How many students take part?",
            "In 2012 there were 40 enthusiastically and newly enrolled students.",
            True,
        ),
        ("How many awards were there?", "Patents: 13\nAwards: 29", True),
        ("How many students take part?", "Thailand 412\nVietnam 318", True),
        ("How many people took part?", "専門委員会から2名が参画", True),
        ("How much does the course cost?", "The course costs 300 dollars.", True),
        ("How much does the course cost?", "The course has 300 places.", False),
        ("How long do students stay?", "Students stay for sixty days.", True),
        ("How long do students stay?", "Sixty students stay.", False),
        ("承認は何日有効ですか", "承認の有効期間は90日である。", True),
        ("承認は何日有効ですか", "承認は3月9日に有効になる。", False),
        ("What share of the staff is foreign?", "A third of the staff is foreign.", True),
        ("What share of the staff is foreign?", "40 of the staff are foreign.", False),
        ("How often does the board meet?", "The board meets every month.", True),
        ("How often does the board meet?", "The board met in 2012.", False),
        ("世界ランキングで何位ですか", "世界ランキングで12位である。", True),
        ("世界ランキングで何位ですか", "世界ランキングに12校が入る。", False),
        ("論文は何本出ましたか", "研究から8本の論文が出た。", True),
        ("Which countries take part?", "米英独の大学が加わる。", True),
        ("Whose classification is used?", "Smith & Jones (2017) classified the programmes.", True),
        ("How many students take part?", "The centre opened in 2012 and students take part.", False),
        ("学生は何人参加しますか", "毎年12人の学生が参加する。", True),
        ("学生は何人参加しますか", "令和4年度から学生が参加する。", False),
        ("締め切りは何月何日ですか", "応募は2024年5月10日までとする。", True),
        ("締め切りは何月何日ですか", "応募は2024年に始まる。", False),
        ("Who chairs the board?", "Prof. Hanako Sato chairs the board.", True),
        ("Who chairs the board?", "The board is chaired by rotation.", False),
        ("Who is the president of the institute?", "Prof. Hanako Sato, President, the institute", True),
        ("Who is the president of the institute?", "Prof. Hanako Sato, Vice-President, the institute", False),
        ("学長は誰ですか", "佐藤 花子 教授 学長", True),
        ("学長は誰ですか", "佐藤 花子 教授 副学長", False),
        ("Which countries take part?", "Institutions in Thailand and Vietnam take part.", True),
        ("Which countries take part?", "Institutions in several countries take part.", False),
        ("会議はどの都市で開かれましたか", "会議は2023年に仙台市で開かれた。", True),
        ("会議はどの都市で開かれましたか", "会議は2023年に開かれた。", False),
        ("Which city hosted the meeting?", "The meeting was held in Sendai, Japan.", True),
        ("Which city hosted the meeting?", "The meeting was held in Japan in 2023.", False),
        ("声明を起草したのは誰ですか", "声明は鈴木 花子 教授が起草した。", True),
        ("声明を起草したのは誰ですか", "声明は2022年に起草された。", False),
        ("誰の承認が必要ですか", "持ち出しには部局長の承認を得る。", True),
        ("誰の承認が必要ですか", "持ち出しには承認を得る。", False),
        ("対策の費用は誰が負担しますか", "対策の費用は研究費から出せる。", True),
        ("対策の費用は誰が負担しますか", "対策の費用は高い。", False),
        ("Who pays for the measures?", "The measures can be paid from the project's budget.", True),
        ("Who approves the measures?", "The measures can be paid from the project's budget.", False),
        ("Which ten universities take part?", "Kyoto University and Osaka University take part.", False),
        ("相談窓口は何時までですか", "窓口は17:00まで開いている。", True),
        ("相談窓口は何時までですか", "窓口は毎日開いている。", False),
        ("What is the name of the programme?", "The programme is called Global Bridge Fund.", True),
        ("What is the name of the programme?", "The programme began in May.", False),
        ("Why was the rule introduced?", "The rule was introduced because data had leaked.", True),
        ("Why was the rule introduced?", "The rule was introduced in 2019.", False),
        ("規程を改めた理由は何ですか", "情報の流出があったため、規程を改めた。", True),
        ("規程を改めた理由は何ですか", "規程は2019年に改めた。", False),
        ("How many labourers took part?", "In total 400 people took part.", True),
        ("How many patents were filed?", "In total 400 people took part.", False),
        ("会議室は何階ですか", "会議室は3階にある。", True),
        ("窓口の電話番号は？", "TEL：03-0000-0000", True),
        ("窓口の電話番号は？", "1-1 Kita, Tokyo 100-0000, Japan", False),
        ("窓口のFAX番号は？", "TEL：03-0000-0000", False),
        ("Where is the office located?", "1-1 Kita, Tokyo 100-0000, Japan", True),
        ("What is her position at the institute?", "Hanako Sato, Deputy Director, the institute", True),
        ("What is her position at the institute?", "Hanako Sato gave the opening address.", False),
        ("Which article of the act applies?", "Article 25 of the act applies to technology.", True),
        ("Which article of the act applies?", "The act applies to technology.", False),
        ("How often does the board hold its regular meetings?", "The board holds regular meetings.", False),
        ("委員2人のお名前は？", "委員として2名が参加した。", False),
        ("委員2人のお名前は？", "委員は佐藤 花子 教授と鈴木 一郎 教授である。", True),
        (
            "Please list all the universities that belong to the group.",
            "Kyoto University belongs to it.",
            False,
        ),
        ("How many students take part?", "After 6-8 credits, students receive a certificate.", False),
        ("1件あたりいくらもらえますか", "1件あたり50万円を支給する。", True),
        ("支給額は何円ですか", "支給額は月額143,000円である。", True),
        ("何割ですか", "全体の3割である。", True),
        ("What percentage of students study abroad?", "30 percent of students study abroad.", True),
        ("拠点は何か所ありますか", "海外に拠点を12か所置く。", True),
        ("1件あたりいくらもらえますか", "1件あたり3回まで支給する。", False),
    ],
)
def test_only_what_is_asked_for_fills_the_gap(
    question: str, text: str, fills: bool, glossary: Glossary
) -> None:
    slot = slot_of(question)
    assert slot is not None
    assert (filled(slot, question, text, _related, glossary) > 0.5) is fills


def test_a_figure_of_another_thing_fills_little(glossary: Glossary) -> None:
    question = "How many professors are there?"
    slot = slot_of(question)
    assert slot is not None
    assert filled(slot, question, "There are 40 buildings.", _related, glossary) < 0.5


@pytest.mark.parametrize(
    "question", ["0校の大学の名前は？", "1,000人が参加した大学の名前は何ですか", "00名の委員の氏名は？"]
)
def test_a_figure_that_counts_no_names_asks_for_one(question: str, glossary: Glossary) -> None:
    slot = slot_of(question)
    assert slot is not None and slot.count == 1
    assert filled(slot, question, "京都大学に佐藤 花子 教授がいる。", _related, glossary) > 0.5
