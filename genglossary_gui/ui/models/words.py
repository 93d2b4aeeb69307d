"""The words for the values of the product, its moments and durations, in the current language."""

from __future__ import annotations

from datetime import datetime

from genglossary_gui.core import times
from genglossary_gui.core.glossary import IssueType, Stage, Step
from genglossary_gui.core.i18n import N_, _, pgettext
from genglossary_gui.core.words import WORDS

TRIGGERS = {"manual": N_("By hand"), "auto": N_("Automatic"), "cli": N_("Command line")}
ENGINES = {"offline": N_("Offline"), "llm": N_("Language model")}
TERM_STATES = {"candidate": N_("Candidate"), "accepted": N_("Accepted"), "dropped": N_("Dropped")}
ISSUE_STATES = {"open": N_("Open"), "fixed": N_("Fixed"), "ignored": N_("Ignored")}
ENTRY_STATES = {
    "approved": N_("Approved"),
    "edited": N_("Edited"),
    "refined": N_("Refined"),
    "provisional": N_("Provisional"),
    "undefined": N_("Without definition"),
}
FEATURES = {
    "c_value": N_("Frequency and length"),
    "contrast": N_("More frequent than in other manuals"),
    "weirdness": N_("Rarer in general language"),
    "usual": N_("Usual in any manual"),
    "usual_word": N_("A usual single word"),
    "recurring": N_("Comes back within a paragraph"),
    "ends_compounds": N_("Longer terms end with it"),
    "begins_compounds": N_("Longer terms begin with it"),
    "defined": N_("Defined in the documents"),
    "best_definition": N_("Quality of the best definition"),
    "defined_in_sentence": N_("Defined in a sentence"),
    "term": N_("Stands in a definition list"),
    "whole_heading": N_("Is a heading by itself"),
    "repeated_heading": N_("A heading that comes back"),
    "marked": N_("Marked (bold or italic)"),
    "always_marked": N_("Nearly always marked"),
    "marked_undefined": N_("Nearly always marked, never defined"),
    "contrast_head": N_("Its last word is far more frequent here than in other manuals"),
    "named": N_("A passage introduces it as a name"),
    "running": N_("Stands in running text"),
    "capitals": N_("Written with capitals"),
    "acronym": N_("Is an abbreviation"),
    "nested": N_("Stands inside longer terms"),
    "fragment": N_("Fragment of a longer phrase"),
    "part": N_("Only a part of longer terms"),
    "code": N_("Stands in code"),
    "verbal": N_("Used as a verb"),
    "one_character": N_("A single character"),
    "generic_opener": N_("Begins with a general word"),
    "foreign": N_("A word of another language"),
    "control": N_("Names a part of a window"),
    "titled": N_("Written like a title"),
    "bare_acronym": N_("A short form that nothing spells out"),
    "called": N_("Passages say that something is called so"),
    "explains": N_("Definitions of other terms use it"),
    "quoted": N_("Stands in quotation marks"),
    "one_of_many": N_("Stands after “a” or “an”"),
    "proper_name": N_("Used like a proper name"),
    "of_project": N_("Begins with the name that stands everywhere"),
    "done": N_("Names what is done (with する)"),
    "joined": N_("Stands in enumerations"),
    "short": N_("One or two kanji only"),
    "participle": N_("A participle, not a noun"),
    "attribute": N_("Ends with a word for a property"),
    "numbered": N_("Numbered like the parts of an example"),
    "apposed": N_("A kind of thing beside a name"),
    "shouted": N_("An everyday word in capitals"),
    "in_no_sentence": N_("Stands in no sentence"),
    "introduced": N_("Marked, as these documents do with the terms they introduce"),
    "doer": N_("Named after what it does (-er, -or, -ist)"),
    "everyday": N_("An everyday word that nothing defines"),
    "constant": N_("Written like a constant of a program"),
}
"""Parts of a score by the name the engine gives them."""

DOCUMENT_LANGUAGES = {
    "ja": N_("Japanese"),
    "en": N_("English"),
    "en ja": N_("English and Japanese"),
    "other": N_("Other language"),
}
DOCUMENT_STATES = {
    "new": N_("New"),
    "ready": N_("Ready"),
    "changed": N_("Changed"),
    "unreadable": N_("Cannot be read"),
    "skipped": N_("Skipped"),
    "deleted": N_("Deleted"),
}


def word_of(code: str, words: dict[str, str]) -> str:
    """What a person reads for a code of the store; the code itself when it is not known."""
    return _(words[code]) if code in words else code


def step_word(code: str) -> str:
    """A step as the store names it; empty stays empty."""
    return word_of(code, WORDS[Step])


def stage_word(code: str) -> str:
    """A stage as the store names it; empty for a term without a definition."""
    return word_of(code, WORDS[Stage])


def issue_word(code: str) -> str:
    """A type of issue as the store names it."""
    return word_of(code, WORDS[IssueType])


def date_time(text: str | None) -> str:
    """Date and time of day on this computer, to the minute; empty for a moment that is not there."""
    at = _local(text)
    # Year, month and day of month with zeros, then hour and minute, in the order and with the signs of the language.
    return at.strftime(_("%Y-%m-%d %H:%M")) if at else ""


def time_of_day(text: str) -> str:
    """To the millisecond, always of the same length; empty for a foreign text."""
    at = _local(text)
    return f"{at:%H:%M:%S}.{at.microsecond // 1000:03d}" if at else ""


def moment(text: str) -> str:
    """Date and time of day on this computer, to the millisecond; empty for a foreign text."""
    at = _local(text)
    return f"{at:%Y-%m-%d %H:%M:%S}.{at.microsecond // 1000:03d}" if at else ""


def duration(seconds: float | None, *, is_over: bool) -> str:
    """``3.2 s`` for something short that is over, else ``m:ss`` or ``h:mm:ss``; empty for None."""
    if seconds is None:
        return ""
    if is_over and seconds < 59.95:
        return pgettext("duration", "{seconds} s").format(seconds=f"{seconds:.1f}")
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def _local(text: str | None) -> datetime | None:
    try:
        return times.parse(text or "").astimezone()
    except ValueError:
        return None
