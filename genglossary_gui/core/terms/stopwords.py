"""Words that head or open a phrase without making it a term, in any subject."""

from __future__ import annotations

_ENGLISH_ALONE = """
example examples following way ways thing things lot lots kind kinds sort sorts bit case cases instance
instances reason reasons fact facts detail details note notes step steps section sections chapter
chapters page pages part parts number numbers amount place time times moment day days week month year
years people person something anything everything everyone someone use uses usage need needs work
purpose purposes result results change changes problem problems question questions idea point points end
start beginning rest top bottom side left right addition information content contents manual tutorial
documentation guide reference summary overview introduction appendix figure table item items choice
possibility ability difference matter order sense sake respect regard means while minute second hour
today behavior behaviour ok click clicks cancel save edit view yes no ctrl alt shift esc
or not and must of us if in to on may shall should then else id foo foobar baz qux xyz xxx todo fixme tbd lorem ipsum
src num arg args str tmp raise raises dict bool cert
english japanese chinese german french spanish italian portuguese russian korean
"""
_ENGLISH_HEADS = """
way ways thing things lot lots kind kinds sort sorts bit example examples case cases reason reasons fact
facts following section chapter
"""
_ENGLISH_OPENERS = """
new old different various certain several specific particular possible available useful good better best
bad main entire whole full single multiple additional further following above previous next important
necessary appropriate similar common general usual normal simple easy big large small great little long
short high low real actual current own right wrong first last final early late recent numerous due able
unable likely sure true false many most only corresponding relevant respective given original existing
desired needed required used such two three four five six ten special correct proper basic popular
interesting typical nice valid decent suitable reasonable obvious extra exact resulting underlying overall more
specified unexpected
"""
_JAPANESE_ALONE = """
方法 例 場合 必要 以下 以上 次 他 自分 今回 こと もの ため ところ とき ほか よう 何 際
上 下 中 前 後 左 右 間 点 方 形 時 側 章 節 項 図 表 一つ 二つ 三つ ひとつ すべて
全て 全体 一部 部分 複数 最初 最後 最大 最小 最新 現在 通常 多く 問題 理由 目的 結果
詳細 説明 使用 利用 可能 内容 変更 作成 追加 削除 設定 確認 実行 指定 選択 表示 開始
終了 参照 紹介 対応 提供 記述 注意 参考 概要 あらまし はじめ 目次 付録 手順 違い 意味 理解 影響
今後 以前 以降 以外 同様 同時 自体 個々 個別 特定 任意 様々 人 人々 名 人間 日 年 月
回 度 数 量 値段 本書 本章 皆さん 私 私たち あなた 彼 誰
とおり 通り いくつ いろいろ たくさん それぞれ ほとんど 人たち 彼女 彼ら 僕 俺
クリック 右クリック ダブルクリック 関連項目 省略値 戻り値 返り値 既定値 初期値 非推奨 不可能
foo foobar baz qux xyz xxx todo fixme hoge fuga piyo
"""
_JAPANESE_OPENERS = """
各 本 同 当 全 毎 約 第 別 次 他 以下 以上 複数 一部 最初 最後 現在 通常 上記 下記
前述 今回 自分 新規 別途 該当
"""
_JAPANESE_ADJECTIVES = """
新しい 古い 大きい 大きな 小さい 小さな 良い よい 悪い 正しい 同じ 異なる 多い 少ない 長い 短い 高い 低い 早い 遅い
"""
_JAPANESE_ENDINGS = """
内 後 前 中 時 上 下 間 外 用 等 側 先 別 毎 達 様 的 目 分 など 以外 以降 以上
以下 全体 自体 同士 ごと vs
"""
_ENGLISH_CONTROLS = """
dialog dialogue tab button menu menubar submenu window pane toolbar option field icon column row checkbox box list panel
screen entry bar slider widget dropdown setting preference assistant wizard shortcut cursor pointer
"""
_ENGLISH_ATTRIBUTES = """
name type value size number count width height length id identifier format code file list string path page url version
variable command setting mode configuration log message
"""
_ENGLISH_NAMERS = """
class command daemon directory field file flag folder function host keyword library macro method module option package
parameter password program property script server service task tool type user utility variable
"""
_JAPANESE_NAMERS = """
コマンド パッケージ ファイル ディレクトリ フォルダ アカウント オプション メソッド 関数 クラス 変数 モジュール プログラム
スクリプト ユーザ グループ サービス パラメータ
"""
_JAPANESE_STORED = """
コマンド パッケージ ファイル ディレクトリ フォルダ スクリプト
"""
_JAPANESE_CONTROLS = """
ダイアログ ボタン メニュー タブ ウィンドウ アイコン オプション ツールバー パネル 欄 画面 スライダ 一覧 バー フィールド
"""

ENGLISH_ALONE = frozenset(_ENGLISH_ALONE.split())
ENGLISH_HEADS = frozenset(_ENGLISH_HEADS.split())
ENGLISH_OPENERS = frozenset(_ENGLISH_OPENERS.split())
JAPANESE_ALONE = frozenset(_JAPANESE_ALONE.split())
JAPANESE_OPENERS = frozenset(_JAPANESE_OPENERS.split())
JAPANESE_ADJECTIVES = frozenset(_JAPANESE_ADJECTIVES.split())
JAPANESE_ENDINGS = frozenset(_JAPANESE_ENDINGS.split())
ENGLISH_CONTROLS = frozenset(_ENGLISH_CONTROLS.split())
ENGLISH_ATTRIBUTES = frozenset(_ENGLISH_ATTRIBUTES.split())
"""What many things have or come in: “account name”, “layer mode”, “configuration file”."""
ENGLISH_NAMERS = frozenset(_ENGLISH_NAMERS.split())
JAPANESE_NAMERS = frozenset(_JAPANESE_NAMERS.split())
"""What is said of what kind a name is: “the task defclass”, “dh コマンド”."""
JAPANESE_STORED = frozenset(_JAPANESE_STORED.split())
"""… where any name in small letters is that of one file or command, whatever it means: “rules ファイル”."""
JAPANESE_CONTROLS = tuple(_JAPANESE_CONTROLS.split())
