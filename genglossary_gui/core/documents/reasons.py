"""Why a file is not read: codes for the database, sentences for a person."""

from __future__ import annotations

from enum import StrEnum

from genglossary_gui.core.i18n import N_, _


class Reason(StrEnum):
    """Stored with a document; ``sentence`` says it in the current language."""

    EMPTY = "empty"
    ONLY_PICTURES = "only_pictures"
    BINARY = "binary"
    TOO_LARGE = "too_large"
    UNSUPPORTED = "unsupported"
    DENIED = "denied"
    VANISHED = "vanished"
    BROKEN = "broken"
    ENCRYPTED = "encrypted"
    UNSAFE = "unsafe"
    TOO_SLOW = "too_slow"
    TOO_BIG_TO_READ = "too_big_to_read"
    NOT_A_FILE = "not_a_file"
    EXCLUDED = "excluded"
    LINK_OUTSIDE = "link_outside"
    LINK_INSIDE = "link_inside"
    LINK_LOOP = "link_loop"
    LINK_BROKEN = "link_broken"
    SAME_NAME = "same_name"
    UNWANTED = "unwanted"
    OWN_GLOSSARY = "own_glossary"

    @property
    def sentence(self) -> str:
        return _(_SENTENCES[self])


_SENTENCES = {
    Reason.EMPTY: N_("There is no text in it."),
    Reason.ONLY_PICTURES: N_(
        "There is no text in it, only pictures. Have the text recognised (OCR) by another program first."
    ),
    Reason.BINARY: N_("This is not text."),
    Reason.TOO_LARGE: N_("The file is larger than the limit, which can be raised in the settings under Documents."),
    Reason.UNSUPPORTED: N_("This format cannot be read. Save the document as DOCX, PDF or plain text."),
    Reason.DENIED: N_("Reading it is not permitted."),
    Reason.VANISHED: N_("It is no longer there."),
    Reason.BROKEN: N_("The content is damaged or cannot be read."),
    Reason.ENCRYPTED: N_("It is protected by a password or against copying."),
    Reason.UNSAFE: N_("It unpacks to far more than a document needs and was not opened."),
    Reason.TOO_SLOW: N_("Reading it took too long and was given up."),
    Reason.TOO_BIG_TO_READ: N_("Reading it needs too much memory and was given up."),
    Reason.NOT_A_FILE: N_("This is not an ordinary file."),
    Reason.EXCLUDED: N_("An exclusion pattern leaves it out."),
    Reason.LINK_OUTSIDE: N_("The link leads out of the folder and is not followed."),
    Reason.LINK_INSIDE: N_("The link leads to a place in the same folder, which is read there."),
    Reason.LINK_LOOP: N_("The link leads back to itself."),
    Reason.LINK_BROKEN: N_("The link leads nowhere."),
    Reason.UNWANTED: N_("It was left out by hand."),
    Reason.OWN_GLOSSARY: N_("GenGlossary wrote this glossary; read as a document it would quote itself."),
    Reason.SAME_NAME: N_("Another file has the same name when both are written in the same way."),
}


class Rejected(Exception):
    """Raised by a reader: the document cannot be read for this reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def reason_of(error: OSError) -> Reason:
    """The reason that an error of the file system stands for."""
    if isinstance(error, PermissionError):
        return Reason.DENIED
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return Reason.VANISHED
    return Reason.BROKEN
