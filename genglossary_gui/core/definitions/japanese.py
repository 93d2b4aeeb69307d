"""Sentences that define, in Japanese."""

from __future__ import annotations

import re
from collections.abc import Iterator

from genglossary_gui.core.definitions.japanese_heads import Subject, clean_head, is_head, parse_subject
from genglossary_gui.core.definitions.japanese_inverted import by_inversion
from genglossary_gui.core.definitions.match import LONGEST, POINTS_BACK, SHORTEST, Marks, Match, clamp, is_prose

_REACH = 90
_TOPIC = re.compile(
    r"とは(?!限|いえ|言え|異な|違|別|関係|無関係|なら|思|考え|対照|裏腹|逆)|というのは|は(?=[、\s]*[^ずいっじ])"
)
_NOT_TOPIC = (
    "で",
    "に",
    "から",
    "まで",
    "また",
    "もしく",
    "ある",
    "また",
    "て",
    "と",
    "へ",
    "より",
    "ば",
    "こん",
    "実",
    "又",
)
_QUESTION = re.compile(r"(?:か|かな|でしょう|かもしれません|かもしれない)[。？！]?$")
_NEGATION = re.compile(
    r"(?:ではありません|ではない|じゃない|でない|ません|ませんでした|なかった|ないです|ない|ください|下さい|ましょう|"
    r"必要があります|べきです|してみます|しましょう|参照のこと|のことです[か])[。)）]*$"
)
_REFERS = re.compile(
    r"のこと(?:です|である|だ|で、|。|$|を(?:指|言|い))|と定義|"
    r"を(?:指し|さし|意味し|表し|あらわし|示し|言い|いい)(?:ます|ており|ています|、)|"
    r"を(?:指す|さす|意味する|表す|あらわす|いう|言う)(?:ものです|言葉です|用語です)?[。)）]*$"
)
_EXPANDS = re.compile(r"の(?:略|略称|略語|頭字語|頭文字)(?:で|です|である|。|$|と)")
_COPULA_END = re.compile(r"(?:です|である|だ|でした)?[。)）]*$")
_TAKEN_FOR = re.compile(r"(?:だ|である)?と(?:され|考えられ|定義され)(?:る|ます|ている|ています)[。)）]*$")
"""「…の程度を表す量とされる」."""
_BEING = re.compile(r"(?<=[一-鿿ァ-ヺーA-Za-zのつ])(?:であり|で)、")
_PLACE_END = (
    "環境",
    "方法",
    "状態",
    "形式",
    "場所",
    "操作",
    "作業",
    "処理",
    "領域",
    "ファイル",
    "サーバー",
    "機器",
)
_ONE_END = ("一つ", "1つ", "１つ", "一種", "実装")
_NOT_MODIFIED = re.compile(r"[てにがをへも]\s?[「『]?[^ぁ-ん\s、。]{1,30}$")
_KIND_END = re.compile(
    r"(?:もの|こと|[手方]法論|運動|仕組み|しくみ|機能|方法|手法|技術|仕様|プロセス|ツール|システム|サービス|"
    r"概念|考え方|アプローチ|"
    r"ソフト(?:ウェア)?|アプリ(?:ケーション)?|エディター?|ディストリビューション|プログラム|ライブラリ|ライブラリー|フレームワーク|プラットフォーム|形式|フォーマット|規格|標準|"
    r"言語|値|文字列|領域|単位|集合|集まり|一覧|セット|グループ|コンポーネント|部分|要素|データ|情報|ファイル|装置|"
    r"機器|状態|能力|性質|特性|現象|過程|手順|操作|作業|処理|活動|行為|人|組織|団体|場所|分野|学問|理論|モデル|"
    r"パターン|戦略|実践|プラクティス|(?<!の)関数|変数|オブジェクト|クラス|メソッド|プロトコル|インターフェ[イー]?ス|"
    r"種類|一種|量|割合|比率|尺度|指標|度合い|物質|成分|器官|生物|粒子|分子|反応|制度|権利|義務|契約|市場|政策|科学|"
    r"総称|用語|言葉|語|名前|名称|環境|構造|設計|アーキテクチャ|ネットワーク|コンピュータ|コンピューター|サーバ|"
    r"サーバー)$"
)
_NOT_NOUN_END = re.compile(
    r"(?:必要|可能」?|不可能|がち|まま|重要|便利|有効|無効|有用|有益|同じ|同様|同一|最適|理想的|一般的|安全|"
    r"簡単|困難|容易|不要|十分|"
    r"適切|最適|とおり|通り|の|から|ため|べき|たい|ない|い|よう|そう|場合|例|はず|つもり|だけ|ほど|まで|次|以下|的|"
    r"大切|不可欠|必須|推奨|任意|限定|まれ|稀|デフォルト|既定|初期値|個|回|件|秒|分|時間|自由|明確|明らか|好き|嫌い|"
    r"多数|少数|様々|さまざま|複雑|単純|高速|低速|良好|別|別物|時|とき|頃|予定|最後|最初|最も|特別|非常|わけ|ところ|"
    r"正常|正確|異なる|効果的|効率的|新規|済み|対象|対象外|違反|前提|一部|逆|前|後|中|間|他|ほか|(?<!という)問題|理由|目的)$"
)
_OF_A_THING = re.compile(
    r"(?:[るうくすつむぶぐぬ](?:ための)?|を[^、。をにが]{0,8}た|を[^。]{0,20}、[^、。にが]{1,6}た)もの(?=$|です|である|だ)"
)
"""「透明度を設定するもの」 says as much as a noun, 「…に触発されたもの」 does not."""
_MODIFIER = re.compile(r"[るたすむくつぐぶぬう]$|的な$|の$|ための$|な$|した$|された$")
_FUNCTION = re.compile(
    r"(?:提供|定義|制御|管理|保存|格納|記録|決定|収集|変換|追跡|測定|監視|担当|検出|生成|表現|保持|可能に|含|担|集め|"
    r"まとめ|役割を果た|として機能|ために(?:使用|利用|使|用い)|ように)[ぁ-ん]{0,12}(?:ます|る|す|む|う)[。)）]*$"
)
_DOES = re.compile(
    r"(?:を|に|へ|で|が)(?:表示|実行|使用|利用|選択|指定|設定|変更|適用|追加|削除|作成|保存|開|閉|有効|無効|"
    r"調整|移動|切り替え|戻|入|出力|"
    r"[一-鿿]*(?:し|き|え|り|い|び))[ぁ-ん]{0,10}(?:ます|る|う|く|す)$|かどうか|できます$|場合"
)
_MADE_OF = re.compile(r"(?:で(?:でき|出来)て|からな[るり]|から(?:構成|成))")
"""「個のビットマップでできており、…」, 「…と…から構成されます」."""
_OF_FORM = re.compile(r"[A-Za-z0-9]\s?(?:画像|ファイル|データ)$")
"""「PNG 画像は…を提供します」 tells of what is in that form."""
_WEAK_FUNCTION = re.compile(
    r"(?:指定|実行|説明|作成|支援|サポート|処理|適用|調整|送信|受信|使用|利用|表示)[ぁ-ん]{0,12}(?:ます|る|"
    r"す)[。)）]*$"
)
_LISTS = re.compile(r"(?:ます|です|る)[:：]\s|のみ$|だけ$")
"""「3 つの引数を受け取ります: …です」."""
_BY_DEFAULT = re.compile(r"(?:デフォルト|既定|初期設定|標準設定)で")
"""「デフォルトでは getter のみです」."""
_DEICTIC = re.compile(
    r"この|[こそ]うした|[こそ]ういった|(?<!.{20})その(?!もの)|これ|(?<!.{12})それ(?!ぞれ)|ここ|(?<![0-9０-９%％])以下|(?<![一-鿿])次の|つぎの|上記|前述|"
    r"(?<![一-鿿])図(?![一-鿿])|図\s?[0-9０-９]|あなた|私(?![有用])|我々|今回|(?<![一-鿿])[上下]の|先ほど|(?<![一-鿿])先の|こちら"
)
"""What points out of the sentence; far behind its beginning その and それ point into it, 「それぞれ」 nowhere."""
_CALLED = re.compile(
    r"(?P<being>である)?と(?P<also>も)?(?:呼ん|呼び|呼ば|呼ぶ|よび|よば|よぶ|いいます|いい、|いう(?=[。（(])|言います|言い、|言う。|"
    r"称し|称さ|名付け|名づけ|定義[しすさ]|して知られ)"
)
_NOT_CALLED = re.compile(r"(?:で|だ)?(?:いる|います|い)?(?:理由|の[はがも]|わけ)")
_HEREAFTER = re.compile(r"[（(](?:以[降下後]|ここで|本[書章節]で)[^）)]*$")
"""「Xと呼んでいる理由は」, 「（以降はXと呼ぶ）」: what it is stands elsewhere."""
_TOLD_BEFORE = 10
"""Characters before a name that say something; “これをXという” says it in the sentence before."""
_NAME_START = re.compile(r".*[をはが、。」）)（(「『]|.*に対し?て?|.*ことから|.*ものに")
_READING = re.compile(r"\s?[（(](?:[ぁ-ゖァ-ヺーA-Za-z -]+|[^（）()、。]{1,8})[)）]\s?$")
_PRAISE = re.compile(
    r"(?:重要|便利|効果的|最適|最良|簡単|主|主要|優れた|成熟した|実績のある|人気の|良い|よい|中心的|基本的|典型的|一般的|強力|有用|有効|"
    r"不可欠|必須|理想的|"
    r"最も[ぁ-ん一-鿿]+)な?[^、。]{1,14}$"
)
"""What is praised is not yet explained: 「とても便利な場所です」."""
_EXPLAINS_END = re.compile(r"(?:[るすむくうぶぬぐつたい]|もの|こと|です|ます)$")
"""How an explanation in brackets ends: one that ends in a noun may be another name or a remark."""
_PURPOSE = re.compile(r"(?:ご覧|参照して)(?:ください|下さい)|(?:ため|場合|とき|時|の詳細)。?$")
_VERBAL_END = re.compile(r"を[一-鿿ァ-ヺー]+$")
_NOUN_END = re.compile(r"[一-鿿ァ-ヺーA-Za-z]$")
_TABLE_MARK = re.compile(r"\s{3,}")


def find(text: str, marks: Marks) -> Iterator[Match]:
    """What the sentence ``text`` defines.  Linear in its length."""
    if not SHORTEST <= len(text) <= LONGEST:
        return
    matches = [
        *_by_topic(text, marks),
        *_by_name(text, marks),
        *by_inversion(text, marks),
        *_by_apposition(text, marks),
    ]
    if not matches or not is_prose(text) or _QUESTION.search(text) or _TABLE_MARK.search(text):
        return
    seen: set[str] = set()
    for match in matches:
        if match.head not in seen:
            seen.add(match.head)
            yield match


def describes(text: str) -> bool:
    """Whether a description (the part after “X：”) says what something is, not what to do."""
    refused = (_NEGATION.search, _QUESTION.search, _PURPOSE.search, _DEICTIC.match)
    return len(text) >= 8 and not any(test(text) for test in refused)


def is_statement(text: str) -> bool:
    """Whether the sentence neither asks, denies nor commands."""
    return not _QUESTION.search(text) and not _NEGATION.search(text)


def is_command(text: str) -> bool:
    """Whether a description says what an option or a button does: 「…を表示します」, 「…かどうか」."""
    first = text.partition("。")[0]
    return _DOES.search(first) is not None and _FUNCTION.search(first) is None


def is_nominal(text: str) -> bool:
    """Whether a description ends its first sentence like the predicate of “Xは…です”: in a noun."""
    first = text.partition("。")[0]
    ending = _COPULA_END.search(first)
    noun = first[: ending.start()] if ending else first
    if _VERBAL_END.search(noun):
        return False
    return _KIND_END.search(noun) is not None or (
        _NOUN_END.search(noun) is not None and _NOT_NOUN_END.search(noun) is None
    )


def _by_topic(text: str, marks: Marks) -> Iterator[Match]:
    """“Xとは…”, “Xは…です”, “Xは…を指す”."""
    found = topic(text)
    judged = _judge(text[found.end() :].lstrip("、, "), found[0]) if found else None
    subject = parse_subject(text[: found.start()]) if judged and found else None
    if not found or not judged or not subject:
        return
    rule, weight = judged
    if rule == "function" and (_DEICTIC.search(text) or _OF_FORM.search(text, 0, found.start())):
        return
    weight += _bonus(text, subject, found, marks)
    for index, name in enumerate(subject.names):
        yield Match(name, rule, clamp(weight - 0.03 * (index > 0)), 0, len(text))


def topic(text: str) -> re.Match[str] | None:
    """The particle that closes the subject: the first は that is not part of では, には, または …"""
    for match in _TOPIC.finditer(text, 0, _REACH):
        before = text[: match.start()]
        if before.count("（") + before.count("(") + before.count("「") > (
            before.count("）") + before.count(")") + before.count("」")
        ):
            continue
        if match[0] == "は" and before.endswith(_NOT_TOPIC):
            continue
        return match if before else None
    return None


def _judge(predicate: str, topic: str) -> tuple[str, float] | None:
    if len(predicate) < 7 or _NEGATION.search(predicate):
        return None
    if _EXPANDS.search(predicate):
        return "expansion", 0.4
    if _REFERS.search(predicate):
        return "refers", 0.88 if topic != "は" else 0.8
    if topic != "は":
        return "refers", 0.86
    return _judge_copula(predicate)


def _judge_copula(predicate: str) -> tuple[str, float] | None:
    ending = _COPULA_END.search(predicate)
    noun = predicate[: ending.start()] if ending else predicate
    is_noun = not _NOT_NOUN_END.search(noun) or _OF_A_THING.search(predicate) is not None
    if ending and ending[0].startswith(("です", "である", "だ", "でした")) and is_noun:
        if _LISTS.search(noun) or _BY_DEFAULT.match(noun):
            return None
        if _NOT_MODIFIED.search(noun):
            return None
        kind = _KIND_END.search(noun)
        modified = kind is not None and _MODIFIER.search(noun[: kind.start()]) is not None
        if len(noun) >= (5 if modified else 8):
            return "copula", (0.8 if modified else 0.7 if kind else 0.58) - (0.3 if _PRAISE.search(noun) else 0.0)
    if (taken := _TAKEN_FOR.search(predicate)) and _KIND_END.search(predicate[: taken.start()]):
        return "copula", 0.6
    if _is_something_and(predicate):
        return "copula", 0.6
    if _FUNCTION.search(predicate):
        return "function", 0.38
    if _MADE_OF.search(predicate):
        return "function", 0.3
    return ("function", 0.24) if _WEAK_FUNCTION.search(predicate) else None


def _is_something_and(predicate: str) -> bool:
    """Whether the predicate goes on after saying what the subject is: “…の一つで、…”, “…であり、…”."""
    being = _BEING.search(predicate, 8)
    if not being:
        return False
    noun = predicate[: being.start()]
    if being[0] == "であり、":
        return not _NOT_NOUN_END.search(noun) and not _NOT_MODIFIED.search(noun)
    # “環境で、” tells where, not what.
    return noun.endswith(_ONE_END) or (_KIND_END.search(noun) is not None and not noun.endswith(_PLACE_END))


def _bonus(text: str, subject: Subject, topic: re.Match[str], marks: Marks) -> float:
    """General statements gain, incidental ones lose."""
    bonus = {"connective": -0.12, "scope": -0.04, "": 0.0}[subject.lead]
    bonus += 0.06 if any(start < topic.start() for start, _ in marks) else 0.0
    bonus -= 0.1 if _DEICTIC.search(text) else 0.0
    bonus -= 0.05 if len(text) > 160 else 0.0
    return bonus - (0.1 if text[-1] not in "。)）」" else 0.0)


def _by_name(text: str, marks: Marks) -> Iterator[Match]:
    """“…をXと呼びます”, “…をXという。”"""
    for cue in _CALLED.finditer(text):
        name, certain = _name_before(text, cue.start(), marks)
        if _NOT_CALLED.match(text, cue.end()) or _HEREAFTER.search(text, 0, cue.start()):
            continue
        if cue["being"] and not certain:
            continue
        told = _TOLD_BEFORE // 2 if certain else _TOLD_BEFORE
        if name and (cue.start() - len(name) >= told or POINTS_BACK.match(text)):
            relative = text[cue.end() : cue.end() + 4].startswith(("れる", "られ", "ぶ")) and text[-1] == "。"
            closing = len(text) - cue.end() <= 10
            weight = 0.7 if closing else 0.5 if certain and not relative else 0.4 if certain else 0.0
            weight -= (0.2 if cue["also"] else 0) + (0.1 if _DEICTIC.search(text) else 0)
            if weight > 0.2:
                yield Match(name, "called", clamp(weight), 0, len(text))


def _name_before(text: str, end: int, marks: Marks) -> tuple[str, bool]:
    """The name that ends at ``end`` and whether quotes or markup show where it begins."""
    if reading := _READING.search(text[:end]):
        end = reading.start()
    for start, mark_end in marks:
        if 0 <= end - mark_end <= 1:
            name = clean_head(text[start:mark_end])
            return (name, True) if is_head(name) else ("", False)
    before = text[:end]
    if before.endswith(("」", "』")):
        name = clean_head(before[max(before.rfind("「"), before.rfind("『")) + 1 :])
        return (name, True) if is_head(name) else ("", False)
    start = _NAME_START.match(before)
    name = clean_head(before[start.end() :]) if start else ""
    return (name, False) if is_head(name) else ("", False)


def _by_apposition(text: str, marks: Marks) -> Iterator[Match]:
    """“**X**（…）”: a marked phrase explained in brackets."""
    for start, end in marks:
        if (
            text[end : end + 1] in ("（", "(")
            and (closing := text.find("）" if text[end] == "（" else ")", end)) > end + 12
        ):
            name = clean_head(text[start:end])
            if is_head(name) and _EXPLAINS_END.search(text, end, closing):
                yield Match(name, "apposition", 0.4, start, closing + 1)


def is_vague(text: str) -> bool:
    """Whether the sentence points at its surroundings (“この”, “以下”) and cannot stand alone."""
    return _DEICTIC.search(text) is not None
