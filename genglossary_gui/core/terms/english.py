"""Words of English text: HanTa tells what a form can be, a few rules of context decide what it is.

HanTa's own sentence tagger reads 10,000 words a second; its answer for each form is kept, so that
repeated vocabulary costs a dictionary look-up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from genglossary_gui.core.keys import singular
from genglossary_gui.core.terms.forms import Kinds, kinds_of
from genglossary_gui.core.terms.misread import is_misread_noun
from genglossary_gui.core.text import Pos, Token, new_token

_WORD = re.compile(
    r"""
    # Nothing runs on without bounds from each of thousands of equal marks: the time would grow by their square.
    # First what most words and marks are, told by what follows: none of the patterns below begins like that.
    (?P<plain>[A-Za-z]++(?=[\s,;)\]"”?!]|[.:](?:\s|\Z)|\Z))
  | (?P<mark>[,;:.)\]"”?!](?=\s|\Z))
  | (?P<opaque>
        (?:\w+://|www\.)\S+
      | [\w.+-]{1,200}+@[\w-]+\.\S+
      | (?<!\w)[~.]{0,2}/[\w.-]+(?:/[\w.-]*)* | \w+(?:/[\w.-]+){2,}/?
      | (?<!\w)--?[A-Za-z][\w-]*(?:=\S+)?
      | [$%@\\]\{?\w[\w.-]*\}?
      | \w*\w_\w[\w.]* | _\w+ | [\w.]{1,200}+\(\)
      | <[^<>\s]{1,40}> | \{\{[^{}]*\}\}
      | \w+(?:\.\w+){2,}
      | [a-z][\w-]*\.(?!(?:js|net|io|ai)\b)[a-z]\w+
      | [a-z0-9][\w-]*\.(?:md|txt|py|js|ts|json|ya?ml|xml|html?|png|jpe?g|c|h|go|sh|exe|conf|ini|csv)\b
    )
  | (?P<clitic>['’](?:s|S|re|ve|ll|d|m)\b)
  | (?P<word>
        (?:\.(?=NET\b))?
        [^\W\d_]
        (?:\w|[.&+-](?=[^\W_])|['’](?!(?:s|S|re|ve|ll|d|m)\b)(?=[^\W\d_]))*
        (?:\+\+|(?<!\w\w\w)\#)?
    )
  | (?P<number>\d(?:[\w.,:%]*[\w%])?(?:-\w+)*)
  | (?P<symbol>[^\s])
    """,
    re.VERBOSE,
)
_CLOSED_WORDS = {
    Pos.DETERMINER: """
        a an the this that these those each every either neither some any no all both half several many
        much more most few fewer less least my your his her its our their whose which what another such
        own other same enough first second third last next
    """,
    Pos.PARTICLE: """
        of in to for with on at by from about as into like through after over between out against during
        without before under around among within along across behind beyond up down off above near per
        via upon onto toward towards until till than and or but if because while although though unless
        whether since nor so yet whereas once when where why how inside outside except despite instead
        using including following according depending regarding concerning considering given
    """,
    Pos.PRONOUN: """
        i you he she it we they me him them us mine yours hers ours theirs myself yourself himself
        herself itself ourselves themselves who whom there one ones something anything nothing
        everything someone anyone everyone none others
    """,
    Pos.AUXILIARY: """
        is are was were be been being am do does did has have had having can could may might must shall
        should will would cannot don't doesn't didn't won't can't isn't aren't wasn't weren't wouldn't
        shouldn't couldn't hasn't haven't hadn't let said
    """,
    Pos.ADJECTIVE: """
        zero double single multiple
    """,
    Pos.ADVERB: """
        not also only just very too then now here always never often usually already still again however
        therefore thus otherwise even ever rather quite simply currently automatically typically e.g i.e
        etc maybe perhaps well almost sometimes yes please later earlier together
    """,
}
_CLOSED = {word: pos for pos, words in _CLOSED_WORDS.items() for word in words.split()}


def closed_class(word: str) -> Pos | None:
    """What ``word`` (in small letters) is if it is one of the little words of grammar, and no adjective."""
    found = _CLOSED.get(word)
    return None if found is Pos.ADJECTIVE else found


_BE = frozenset(["is", "are", "was", "were", "be", "been", "being", "am"])
_NOMINAL = (Pos.NOUN, Pos.PROPER, Pos.VERBAL_NOUN)
_BEFORE_NOUN = (Pos.DETERMINER, Pos.ADJECTIVE, Pos.NUMBER)
_OVER_BLANKS = "{{"
"""The only mark behind which a word may hold blanks."""
_PLAIN_MARKS = (",", ".", ")")
"""Marks that are no part of the word before them, when nothing follows."""
_CACHE_LIMIT = 100_000
_LONGEST_WORD = 60
"""Letters; the tagger's time grows with the square of a word, and what is longer is not a word."""


class _Form(NamedTuple):
    """What a word form can be.  ``pos``: taken alone; ``lemma``: of the noun."""

    pos: Pos
    noun: bool = False
    verb: bool = False
    adjective: bool = False
    participle: bool = False
    gerund: bool = False
    lemma: str = ""


_forms: dict[str, _Form] = {}
_Part = tuple[_Form, int, int, str, bool]
"""A word or mark: what it can be, where it begins and ends, its lemma, whether its context decides what it is."""
_stretches: dict[str, tuple[_Part, ...]] = {}
"""What stands between two blanks → its words and marks, which do not depend on what is around."""


def tokenize_english(text: str, start: int, end: int) -> tuple[Token, ...]:
    """The words of ``text[start:end]`` with part of speech and the lemma of the noun, if a word can be one.

    Paths, options, addresses and names of variables are ``OTHER``.
    """
    tokens: list[Token] = []
    forms: list[_Form] = []
    unclear: list[int] = []
    known, at, sentence = _stretches.get, start, text[start:end]
    # Of other kinds of blanks there may be some inside a stretch: the patterns pass over them.
    for stretch in (sentence,) if _OVER_BLANKS in sentence else sentence.split(" "):
        parts = known(stretch)
        if parts is None:
            parts = _read(stretch)
        for form, first, last, lemma, is_unclear in parts:
            if is_unclear:
                unclear.append(len(tokens))
            forms.append(form)
            tokens.append(new_token(Token, (at + first, at + last, lemma, form[0])))
        at += len(stretch) + 1
    if unclear:
        _decide(tokens, forms, unclear)
    return tuple(tokens)


def _read(stretch: str) -> tuple[_Part, ...]:
    """Of what is not in ``_stretches``, where it goes unless it is very long."""
    found: list[_Part] = []
    plain, mark = (stretch, "") if stretch[-1:] not in _PLAIN_MARKS else (stretch[:-1], stretch[-1:])
    if plain.isalpha() and plain.isascii():
        # Nine in ten: no pattern is needed to see that it is a word, with a comma or full stop at most.
        found.append(_part(_forms.get(plain) or _new_form(plain, "plain"), plain, 0))
        if mark:
            found.append(_part(_forms.get(mark) or _new_form(mark, "mark"), mark, len(plain)))
    else:
        for match in _WORD.finditer(stretch):
            word = match[0]
            found.append(_part(_forms.get(word) or _new_form(word, match.lastgroup), word, match.start()))
    parts = tuple(found)
    if len(stretch) <= _LONGEST_WORD:
        if len(_stretches) >= _CACHE_LIMIT:
            _stretches.clear()
        _stretches[stretch] = parts
    return parts


def _part(form: _Form, word: str, start: int) -> _Part:
    return form, start, start + len(word), form.lemma or word, form.verb or form.adjective or form.gerund


_FIXED = {
    "opaque": _Form(Pos.OTHER),
    # A possessive begins a new phrase, as a determiner does.
    "clitic": _Form(Pos.DETERMINER),
    "number": _Form(Pos.NUMBER),
    "mark": _Form(Pos.SYMBOL),
    "symbol": _Form(Pos.SYMBOL),
    None: _Form(Pos.OTHER),
}
_END = _Form(Pos.SYMBOL)
_A_NOUN = Kinds(Pos.NOUN)
"""Of a word with other letters than those of English, or whose ending tells."""


def _new_form(word: str, group: str | None) -> _Form:
    """Of what is not in ``_forms``, where words and marks go: what a word looks like, nothing else does."""
    if group == "plain" or group == "word":
        form = _look_up(word)
    else:
        form = _FIXED[group]
        if group != "mark":
            return form
    if len(_forms) >= _CACHE_LIMIT:
        _forms.clear()
    _forms[word] = form
    return form


def _decide(tokens: list[Token], forms: list[_Form], unclear: Iterable[int]) -> None:
    """Let the words around tell what the ``unclear`` ones are."""
    forms.append(_END)
    for index in unclear:
        form = forms[index]
        if index:
            pos = _in_context(form, tokens[index - 1][3], forms[index - 1].lemma, forms[index + 1])
        else:
            pos = _in_context(form, Pos.SYMBOL, "", forms[1])
        if pos is not form[0]:
            start, end, lemma, _pos = tokens[index]
            tokens[index] = new_token(Token, (start, end, lemma, pos))


def _in_context(form: _Form, previous: Pos, before: str, following: _Form) -> Pos:
    next_nominal = following.pos in _NOMINAL or following.noun
    if form.gerund:
        if before in _BE or following.pos in (Pos.DETERMINER, Pos.PRONOUN):
            return Pos.VERB
        return Pos.ADJECTIVE if form.adjective and not form.noun and next_nominal else Pos.VERBAL_NOUN
    if form.participle:
        loose = previous not in (Pos.NOUN, Pos.PROPER, Pos.VERBAL_NOUN, Pos.PRONOUN, Pos.AUXILIARY)
        return Pos.ADJECTIVE if loose and next_nominal else Pos.VERB
    if form.verb:
        return _noun_or_verb(form, previous, before, following)
    if form.pos is Pos.ADJECTIVE and not next_nominal:
        return _noun_or_adjective(form, previous, following)
    return form.pos


def _noun_or_adjective(form: _Form, previous: Pos, following: _Form) -> Pos:
    """An adjective that no noun follows: “an environment variable”, “the metric is”, but “it is variable”."""
    if form.noun and (previous in _BEFORE_NOUN or previous in _NOMINAL):
        return Pos.NOUN
    ends_phrase = following.pos in (Pos.AUXILIARY, Pos.VERB, Pos.SYMBOL)
    return Pos.NOUN if previous is Pos.DETERMINER and ends_phrase else Pos.ADJECTIVE


def _noun_or_verb(form: _Form, previous: Pos, before: str, following: _Form) -> Pos:
    takes_object = following.pos in (Pos.DETERMINER, Pos.PRONOUN)
    if following.pos is Pos.AUXILIARY and previous is not Pos.PARTICLE:
        return Pos.NOUN
    if previous in _BEFORE_NOUN or before in _BE:
        return Pos.NOUN
    if before == "to" or previous in (Pos.AUXILIARY, Pos.PRONOUN, Pos.ADVERB):
        return Pos.VERB
    if previous is Pos.PARTICLE:
        return Pos.NOUN if form.noun and not takes_object else form.pos
    if form.noun and not takes_object:
        return Pos.NOUN
    return Pos.VERB


def _look_up(word: str) -> _Form:
    lower = word.lower().replace("’", "'")
    closed = _CLOSED.get(lower)
    if closed is not None and not (len(word) > 1 and word.isupper() and closed is not Pos.DETERMINER):
        form = _Form(closed, lemma=lower)
    else:
        form = _analysed(word, lower)
    return form


def _analysed(word: str, lower: str) -> _Form:
    core = lower.rsplit("-", 1)[-1]
    if len(core) > _LONGEST_WORD:
        return _Form(Pos.OTHER, lemma=lower)
    kinds = kinds_of(core) if core.isalpha() and core.isascii() else _A_NOUN
    first = kinds.likeliest
    if is_misread_noun(core, first):
        kinds, first = _A_NOUN, Pos.NOUN
    has_inner_capital = not word.islower() and word[1:] != word[1:].lower()
    if has_inner_capital or first in (Pos.OTHER, Pos.SYMBOL):
        return _Form(Pos.PROPER, noun=True, lemma=word)
    lemma = lower[: len(lower) - len(core)] + singular(core)
    if first in (Pos.PARTICLE, Pos.DETERMINER, Pos.PRONOUN, Pos.AUXILIARY, Pos.NUMBER):
        # The common ones are listed above; what is left ("amidst", "plus") must not open a phrase either.
        return _Form(first, lemma=lower)
    if word[0].isupper() and first is Pos.PROPER:
        return _Form(Pos.PROPER, noun=True, lemma=word)
    first = Pos.NOUN if first is Pos.PROPER else first
    gerund = kinds.gerund or (core.endswith("ing") and len(core) > 5 and (kinds.verb or kinds.adjective))
    participle = not gerund and first is not Pos.NOUN and kinds.past
    return _Form(
        Pos.VERBAL_NOUN if gerund and first is not Pos.NOUN else first,
        noun=kinds.noun and not participle,
        verb=kinds.verb,
        adjective=kinds.adjective,
        participle=participle,
        gerund=gerund and first is not Pos.NOUN,
        lemma=lemma if not gerund else lower,
    )
