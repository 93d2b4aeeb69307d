"""Makes resources/forms: ``python scripts/forms.py``.  Needs nothing but what the program itself needs.

What HanTa says of the commonest English words, of those of our manuals and of those that HanTa was trained with: the
program need not work it out again.  To be made anew with another HanTa or wordfreq; a test compares the answers.
"""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from wordfreq import get_frequency_dict  # noqa: E402

from genglossary_gui.core.terms.background import background  # noqa: E402
from genglossary_gui.core.terms.forms import computed_kinds, pack  # noqa: E402
from genglossary_gui.core.terms.hanta import tagger  # noqa: E402

OUTPUT = ROOT / "resources" / "forms"
_COMMONEST = 150_000
_LONGEST = 30
"""Letters."""
_NOTICE = """\
# English words and what they can be

`en.forms` tells of some 150,000 English words whether they can be nouns, verbs and so on; `scripts/forms.py` made it.

- The words are the commonest ones of the list `large` of wordfreq {wordfreq} by Robyn Speer, together with words of
  the manuals in `../background` and of the English model of HanTa. The data of wordfreq are under the Creative Commons
  licence BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/), and so is this file. They were collected from
  Wikipedia, OpenSubtitles, SUBTLEX, Google Books and other sources that the page of wordfreq names; their frequencies
  are not in this file.
- What is said of each word is the answer of HanTa {hanta} by Christian Wartena and of its English model, reduced to one
  of some kinds. HanTa is a part of this program too, under the GNU LGPL, version 3.
"""


def main() -> None:
    data = pack({word: computed_kinds(word) for word in sorted(_words())})
    OUTPUT.mkdir(parents=True, exist_ok=True)
    (OUTPUT / "en.forms").write_bytes(data)
    notice = _NOTICE.format(wordfreq=version("wordfreq"), hanta=version("HanTa"))
    (OUTPUT / "NOTICE.md").write_text(notice, encoding="utf-8")
    print(f"{len(data)} bytes")


def _words() -> set[str]:
    """Small letters from a to z only: so a word is asked for."""
    common = [word for word in get_frequency_dict("en", wordlist="large") if _is_plain(word)][:_COMMONEST]
    manuals = (word for key in background("en") for word in key.split())
    return {*common, *filter(_is_plain, manuals), *filter(_is_plain, tagger().cache)}


def _is_plain(word: str) -> bool:
    return word.isascii() and word.isalpha() and word.islower() and len(word) <= _LONGEST


if __name__ == "__main__":
    main()
