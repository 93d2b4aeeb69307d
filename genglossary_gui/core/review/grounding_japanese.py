"""Compares a Japanese sentence with its evidence: runs of kanji, katakana, Latin letters and figures are its words."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict

from genglossary_gui.core.review.grounding_parts import Found, exchanged, pairs, swapped, turned

_FEW, _MANY = 0.25, 0.4
_KANJI = "々〆ヶ㐀-鿿"
_UNIT = re.compile(rf"[{_KANJI}]+|[ァ-ヺー]+|[A-Za-z][A-Za-z0-9_.+-]*")
_FIGURE = re.compile(rf"(\d+(?:[.,]\d+)*)([{_KANJI}ァ-ヺーか%]?)")
_COUNTED = "回個人日月年つ段本枚件度分秒時箇か名台種割倍句字語章条項級位歳才次点面者通票社店校週世代号番桁"
_COUNTER = re.compile(rf"(?<=\d)[{_COUNTED}](?![{_KANJI}])")
_KANJI_FIGURE = re.compile(rf"[一二三四五六七八九十百]+(?=[{_COUNTED}])")
_DIGITS = {character: number for number, character in enumerate("〇一二三四五六七八九")}
_NEGATION = re.compile(
    r"(?:(?<!少)(?<!危)(?<!だけで)(?<!ばかりで)な(?:い|く(?!な[るり])|けれ|かっ)|ませ?ん|(?<=[かさたなまらばがわえけせてねめれげべじき])ず(?=[にと、。]|$)|せず|不可|禁止)"
)
_TOKEN = re.compile(rf"{_UNIT.pattern}|[ぁ-ん]+|\d+")
_MOST_EXCHANGED = 2
_NEAR = 12
"""Characters before a negation."""
_SENTENCE = re.compile(r"[。！？\n]")
_ROLE = re.compile(rf"([{_KANJI}ァ-ヺー]+)([がはをに])")
_BEHIND = re.compile("あと(?=[にでのは、])")
_INSTEAD = re.compile(rf"([{_KANJI}ァ-ヺー]+)の(?:代|か)わりに([{_KANJI}ァ-ヺー]+)")
_EVERY = re.compile(r"すべて|全て|全部|あらゆる|誰でも|どの")
_SEVERAL = re.compile(r"複数|いくつも|数多|多数|二つ以上")
_ONE = re.compile(r"(?:ただ|唯|たった)1つ|ただ一つ|唯一|1つだけ|1つしか|単一")
_UNLESS = re.compile(r"(?:なければ|なくては|ないと|ない限り|ずには)(?=.*(?:な[いけかく]|ませ?ん|ず))")
_EVEN_WITHOUT = re.compile(r"なくても|なくとも")
_ONLY = re.compile(r"だけ(?!で)|のみ|一部|限り|限られ")
_CLAUSE = re.compile(r"[、。，．；：！？\n]|(?<=[るいた])(?:一方で?|ため|が(?=、))")
_GENERIC_WORDS = """
一方 立場 反面 方式 様式 適 適切 要 際 方法 工程 作業 施設 仕組 機能 種類 一種 場合 時 後 前 中 上 下 内 外 間 必要
可能 使用 利用 用 目的 対象 行 言 云 呼 称 指 表 示 意味 状態 部分 全体 複数 各 他 等 的 化 性 者 物 事 何 人 本
同 両 一 二 三 以 為 出来 出 入 来 得 付 持 有 与 受 成 作 生 用語 名称 総称 概念 要素 手段 過程 段階 形式 形態
構造 処理 操作 役割 特定 一定 様々 主 通常 一般 基本 上記 以下 文書 規定 定義 説明 該当 関連 実施 判断 決定 確認
調整 変更 存在 構成 形成 現象 形 型 及 又 若 並 且 従 応 基 対 関 当 其 此 類 別 度 度合 割合 動作 結果 システム
データ プログラム ファイル ユーザー タイプ ケース モノ コト プロセス ツール サービス
"""
_GENERIC = frozenset(_GENERIC_WORDS.split())
_SAME_WORDS = """
持 有 所有 保有
使 用 使用 利用
検索 探索 探
作 作成 生成 製造 造
送 送信 送付
消 削除 除去
失 紛失 喪失
直 復旧 復元 回復 修復 戻
測 測定 計測 計
減 下 低減 減少 低 少
増 上 増加 上昇 多
必要 要 必須
運 乗 流 移動 輸送
増 繁殖
分割 分
始動 起動 開始
訴 提訴 起訴 訴訟
止 停止
起 発生 生
始 開始
終 終了 完了
蓄 保存 保管 蓄積 貯 格納
示 表示 表明
従業員 社員 職員
利用者 ユーザー
河川 川
規則 ルール
確認 検証 検査 調
再 再度
決 決定 定 定義 設定
判断 判定
加 追加 混 混合 足 添加
自己 自分 自身 自
交換 取替 替 換 置換
渡 引渡 譲渡 移転
治療 処置
確 確認 確
求 要求 請求
知 通知 知らせ 連絡 報告
選 選択 選定 選出
選 指定
比 比較
変 変更 変化 変換
分 分離 区別 区分
結 接続 連結 結合 結
付 付加 付与 割当 割 割り当
含 包含 内包
防 防止 予防 避 回避
続 継続 持続
始 着手
入力 記入
出力 書出 書
読 読取 読込
並 整列 配列
集 収集 集計
学 学習
働 機能 作用
遅 遅延 遅れ
速 迅速 素早
正 正当
悪 不良
場所 位置 箇所
大 巨大
超 多 越 上回
古 旧
"""
_SAME = [frozenset(line.split()) for line in _SAME_WORDS.strip().splitlines()]
_OPPOSITES = pairs(
    """
前/後 過
上 上流/下 下流
速 高速/遅 低速
高 高温 高圧/低 低温 低圧
増 増加 増大/減 減少
厚/薄
長/短
大 最大/小 最小
多/少
内 内側 内部/外 外側 外部
入口 入口側/出口 出口側
発注者/受注者
売主 売手/買主 買手
貸主/借主
加熱 温/冷却 冷
送信 送信側 送信者/受信 受信側 受信者
開/閉
検出/訂正
自動 自動的/手動
最初/最後
左/右
許可/禁止 拒否
有効/無効
必須/任意
同期/非同期
暗号化/復号
公開/非公開 秘密
昇順/降順
新/古
追加/削除
縦/横
奇数/偶数
"""
)


def compare(sentence: str, evidence: str, names: str) -> Found:
    """What ``sentence`` says that ``evidence`` does not; ``names`` (of the term) need no evidence."""
    sentence, evidence, names = (_plain(text) for text in (sentence, evidence, names))
    own = frozenset(_UNIT.findall(names))
    held = frozenset(_UNIT.findall(evidence))
    units = [unit for unit in _UNIT.findall(_COUNTER.sub("", sentence)) if not _is_own(unit, own, names)]
    telling = [unit for unit in units if unit not in _GENERIC]
    found = Found(telling, _FEW, _MANY)
    known = {*_figures(evidence), *_figures(names)}
    found.figures = [figure + unit for figure, unit in _figures(sentence) if not _is_known(figure, unit, known)]
    missing = [unit for unit in telling if not _is_held(unit, held, evidence)]
    found.names = [unit for unit in missing if not re.match(f"[{_KANJI}]", unit)]
    found.opposites = _opposites(sentence, evidence) + _turned_round(sentence, evidence)
    found.opposites += _widened(sentence, evidence) + _swapped(sentence, evidence)
    if _EVEN_WITHOUT.search(sentence) and _UNLESS.search(evidence):
        found.opposites.append("なくても")
    found.negated = turned(_denials(sentence, own, names), _denials(evidence, own, names))
    found.exchanged = _exchanged(sentence, evidence)
    found.novel = missing
    return found


def _plain(text: str) -> str:
    """Half-width figures, and figures instead of the numerals that count something."""
    text = _BEHIND.sub("後", unicodedata.normalize("NFKC", text).replace(",", ""))
    return _KANJI_FIGURE.sub(_figure, text)


def _figures(text: str) -> list[tuple[str, str]]:
    """Each figure with the first character of what it counts."""
    return [(match[1], match[2].replace("ヶ", "か").replace("箇", "か")) for match in _FIGURE.finditer(text)]


def _is_known(figure: str, unit: str, known: set[tuple[str, str]]) -> bool:
    # “one” is rather an article than a figure.
    return figure == "1" or any(figure == other and (unit == its or not unit or not its) for other, its in known)


def _figure(match: re.Match[str]) -> str:
    total = unit = 0
    for character in match[0]:
        if character in _DIGITS:
            unit = 10 * unit + _DIGITS[character]
        else:
            total, unit = total + (unit or 1) * (100 if character == "百" else 10), 0
    return str(total + unit)


def _is_own(unit: str, own: frozenset[str], names: str) -> bool:
    return unit in own or (len(unit) > 1 and unit in names)


def _is_held(unit: str, held: frozenset[str], evidence: str) -> bool:
    """Whether the evidence has the word, most of its characters, or another word for it."""
    if unit in evidence or unit.casefold() in evidence.casefold():
        return True
    if any(unit in group and any(other in evidence for other in group) for group in _SAME):
        return True
    if not re.match(f"[{_KANJI}]", unit):
        return any(len(other) > 3 and unit.rstrip("ー") == other.rstrip("ー") for other in held)
    characters = [character for character in unit if character not in "的化性等者用後前中内行毎各"]
    known = sum(character in evidence for character in characters)
    return bool(characters) and known >= 0.6 * len(characters) and (len(characters) == 1 or known > 1)


def _opposites(sentence: str, evidence: str) -> list[str]:
    ours, theirs = _led(sentence), _led(evidence)
    found = []
    for word, leaders in ours.items():
        others = _OPPOSITES[word]
        if word not in evidence and any(other in theirs for other in others) and not any(o in ours for o in others):
            found.append(word)
            continue
        for leader in leaders:
            against = any(leader in theirs.get(other, ()) for other in others)
            if leader and against and leader not in theirs.get(word, ()):
                found.append(word)
                break
    return found


def _swapped(sentence: str, evidence: str) -> list[str]:
    """Two words of which each stands in the place of the other."""
    ours = _TOKEN.findall(sentence)
    found = (word for part in _SENTENCE.split(evidence) for word in swapped(ours, _TOKEN.findall(part)))
    return [word for word in found if len(word) > 1 and _UNIT.fullmatch(word) and word not in _GENERIC]


def _turned_round(sentence: str, evidence: str) -> list[str]:
    """Who does something to whom, turned round."""
    ours, theirs = _roles(sentence), _roles(evidence)
    return [doer for doer, other in ours if (other, doer) in theirs and (doer, other) not in theirs]


def _roles(text: str) -> set[tuple[str, str]]:
    """(who, whom) of each sentence: what stands before が or は with what stands before を or に behind it; and what
    something stands for."""
    found = {(match[1], match[2]) for match in _INSTEAD.finditer(text)}
    for part in _SENTENCE.split(text):
        places = [(match.start(), match[1], match[2]) for match in _ROLE.finditer(part)]
        for at, who, particle in places:
            if particle in "がは":
                found |= {(who, whom) for place, whom, its in places if place > at and its in "をに"}
    return found


def _widened(sentence: str, evidence: str) -> list[str]:
    """“All” where the evidence says “only”; “several” where it says “exactly one”."""
    return [
        wide[0]
        for wider, narrower in ((_EVERY, _ONLY), (_SEVERAL, _ONE))
        if (wide := wider.search(sentence)) and narrower.search(evidence) and not wider.search(evidence)
    ]


def _exchanged(sentence: str, evidence: str) -> list[str]:
    """Words in the place of others, in a sentence that keeps to the evidence word for word around them."""
    ours, held = _TOKEN.findall(sentence), frozenset(_UNIT.findall(evidence))
    found = []
    for part in _SENTENCE.split(evidence):
        for mine, its in exchanged(ours, _TOKEN.findall(part)):
            new = [word for word in mine if _UNIT.fullmatch(word) and word not in _GENERIC]
            lost = [word for word in its if _UNIT.fullmatch(word) and word not in _GENERIC and word not in sentence]
            if 0 < len(new) == len(lost) <= _MOST_EXCHANGED and not any(_is_held(word, held, evidence) for word in new):
                found += new
    return found


def _led(text: str) -> dict[str, set[str]]:
    """Word that has an opposite → the words before it, in its clause."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for clause in _CLAUSE.split(text):
        previous = ""
        for unit in _UNIT.findall(clause):
            word = _opposed(unit)
            if word:
                found[word].add(previous)
            previous = unit
    return found


def _opposed(unit: str) -> str:
    if unit in _OPPOSITES:
        return unit
    # 受注者側, 加熱後: a word with a character before or behind it.
    return next((part for part in (unit[:-1], unit[1:]) if len(part) > 1 and part in _OPPOSITES), "")


def _denials(text: str, own: frozenset[str], names: str) -> dict[str, list[bool]]:
    """Word → whether the negation behind it denies it, each time; both where nobody can tell."""
    found: defaultdict[str, list[bool]] = defaultdict(list)
    for part in _SENTENCE.split(text):
        # 登記しなければ対抗できない: said twice over, it is needed.
        is_unclear = _UNLESS.search(part) is not None
        for clause in _CLAUSE.split(part):
            denied, near = _denied(clause)
            for match in _UNIT.finditer(clause):
                if not _is_own(match[0], own, names):
                    at = match.start()
                    found[match[0]] += [True, False] if is_unclear or at in near else [at in denied]
    return found


def _denied(clause: str) -> tuple[set[int], set[int]]:
    """Where the words are that a negation denies, and those near it that it may mean as well."""
    denied: set[int] = set()
    near: set[int] = set()
    for negation in _NEGATION.finditer(clause):
        units = [match.start() for match in _UNIT.finditer(clause, 0, negation.start())]
        units = [at for at in units if negation.start() - at < _NEAR]
        denied.update(units[-1:])
        near.update(units[:-1])
    return denied, near - denied
