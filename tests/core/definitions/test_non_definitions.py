"""Sentences of many kinds that define nothing: as an entry of the first terms none of them says anything."""

from __future__ import annotations

import pytest

from genglossary_gui.core.definitions.compose import compose
from genglossary_gui.core.engines.offline import analyse_document
from genglossary_gui.core.glossary import Passage, PassageKind, TermDraft
from genglossary_gui.core.terms.analysis import unpack
from genglossary_gui.core.terms.drafts import extract_terms
from genglossary_gui.core.text import BlockKind
from tests.core.definitions.support import findings, paragraphs

ENGLISH = """
Click the gate icon to open the sluice.
Open the sluice before the tide turns.
Please note that the pump is switched off at night.
Do not enter the lock while the light is red.
If the pump fails, call the harbour office.
When the gate is open, the water rises by two metres.
To close the sluice, turn the wheel three times.
You can choose the pump that suits your harbour.
We recommend the second pump for small boats.
Make sure that the valve is closed.
See the section on pumps for the details.
For more about the sluice, refer to the guide of the harbour.
This is described in the chapter on gates.
The following table shows the levels of the basin.
Figure 3 shows the gate from above.
In this example, the pump is started twice.
In the previous chapter we built a gate.
As you can see, the water has fallen.
It is a pity that the gate leaks.
It was built by the same company.
They are open from May to October.
This one is for the upper basin.
These are the keys of the office.
There are three pumps in the house.
Here is the plan of the harbour.
What is a sluice?
Why does the pump not start?
How long does the gate take to close?
Is the valve open?
The gate was repaired last week.
The pump had been bought in 1998.
The old sluice was replaced by a new one in the spring.
The harbour office moved to the north pier.
Yesterday the tide was higher than expected.
The gate is not a door.
A pump is never a toy.
The valve is not available on older ships.
The gate is possible to open by hand.
The pump is ready.
The water is cold and deep.
The valve is broken because of the frost.
The gate is easy to clean.
A leak is a problem.
A visit is a must for sailors.
A delay is a nice surprise.
The pump is the same as before.
The valve is the first thing to check.
One of the gates is the last one.
Copyright 2021 by the harbour office, all rights reserved.
Table of contents of the handbook of pumps
Work in progress, come back later for the rest.
Home > Harbour > Gates > Sluice
Previous page | Next page | Up
Press Ctrl+S to save the plan.
Version 2.3 of the pump is out now.
I love the smell of the harbour in the morning.
My uncle was a keeper of the lock.
Our pump is 6 m long and weighs a ton.
Thanks to all who helped with the gate!
Ships, boats, rafts, ferries and barges.
By default, the pump uses both valves.
Some of the valves are made in the town.
"""

JAPANESE = """
水門のアイコンをクリックしてください。
潮が変わる前に水門を開けましょう。
ポンプは夜には止まっています。
赤い灯がついているときは閘門に入らないでください。
ポンプが止まった場合は、港の事務所に電話してください。
水門を閉じるには、輪を三回まわします。
港に合うポンプを選ぶことができます。
小さな船には二番目のポンプをお勧めします。
弁が閉まっていることを確認してください。
詳細はポンプの章をご覧ください。
水門についての詳しい説明は手引きを参照してください。
これはゲートの章で説明しています。
次の表は水位を示しています。
図3は水門を上から見たところです。
この例では、ポンプが二回始まります。
前の章では水門を作りました。
ご覧のとおり、水が減りました。
残念ながら水門は漏れています。
それは同じ会社が作りました。
これは上の池のためのものです。
ここに港の図面があります。
水門とは何でしょうか。
なぜポンプは動かないのですか？
水門はどのくらいで閉まりますか。
弁は開いていますか？
水門は先週直されました。
ポンプは1998年に買われました。
古い水門は春に新しいものに替わりました。
事務所は北の岸に移りました。
昨日の潮は思ったより高かった。
水門は扉ではありません。
ポンプはおもちゃではない。
弁は古い船では使えません。
ポンプは準備ができています。
水は冷たくて深いです。
弁は霜のせいで壊れています。
水門は簡単に掃除できます。
水門は便利です。
ポンプは重要です。
弁は必要です。
ポンプは前と同じです。
弁は最初に調べるべきです。
無断転載を禁じます。
目次
港 > 水門 > 弁
Ctrl+Sを押して図面を保存します。
ポンプのバージョン2.3が出ました。
朝の港の匂いが好きです。
私のおじは閘門の番人でした。
うちのポンプは長さが6メートルあります。
水門を手伝ってくれた皆さん、ありがとう！
船、ボート、いかだ、はしけ。
デフォルトでは、ポンプは両方の弁を使用します。
今回は弁を三つ買いました。
ポンプを始める前に弁を閉じる必要があります。
もし水が来なければ、弁を見てください。
ただし、水門は冬には開きません。
例えば、ポンプは二つあります。
上記の弁は赤いです。
水門はつぎのとおりです。
ポンプは夜のあいだに取り除かれます。
"""


def said(sentence: str) -> dict[str, str]:
    """Head → what the entry of a first term would say, of all that is found in a document of this one sentence."""
    text, _sentences = paragraphs(sentence)
    found: dict[str, str] = {}
    for finding in findings((BlockKind.PARAGRAPH, sentence)):
        words = text.text[finding.start : finding.end]
        passage = Passage(1, finding.start, finding.end, 1, words, PassageKind.DEFINITION, finding.weight, finding.rule)
        term = TermDraft(finding.head, finding.head, "en", 1.0, 1, 9, 1, True, passages=(passage,))
        if entry := compose(term).text:
            found[finding.head] = entry
    return found


@pytest.mark.parametrize("sentence", [line for line in (ENGLISH + JAPANESE).splitlines() if line])
def test_it_defines_nothing(sentence: str) -> None:
    assert said(sentence) == {}


@pytest.mark.parametrize("lines", [ENGLISH, JAPANESE])
def test_a_document_full_of_them_defines_nothing(lines: str) -> None:
    text, _none = paragraphs(*lines.strip().splitlines())
    seen = unpack(analyse_document(text, "auto"))
    terms = extract_terms(lambda _wanted=None: iter([(1, seen)]))
    assert terms
    entries = {term.term: compose(term).text for term in terms}
    assert [(name, entry) for name, entry in entries.items() if entry] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "A sluice is a gate that lets water through.",
        "The term basin refers to the water behind a gate.",
        "水門とは、水の流れを止める扉のことです。",
        "弁は、水の量を調節する部品です。",
    ],
)
def test_a_definition_is_told_from_them(sentence: str) -> None:
    assert list(said(sentence).values()) == [sentence]
