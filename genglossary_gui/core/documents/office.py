"""What DOCX, PPTX and XLSX have in common: parts that are found through relationships (ECMA-376, part 2)."""

from __future__ import annotations

import posixpath

from genglossary_gui.core.documents.archive import Archive, Attributes, elements, member, value
from genglossary_gui.core.documents.reasons import Reason, Rejected


def main_part(archive: Archive) -> str:
    """The name of the part that is the document.  Raises ``Rejected`` when there is none."""
    for kind, target in relationships(archive, "").values():
        if kind == "officeDocument":
            return target
    raise Rejected(Reason.BROKEN)


def relationships(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """Id → ``(kind, name of the part)`` of what a part refers to inside of the archive."""
    folder, name = posixpath.split(part)
    data = archive.read_if_there(posixpath.join(folder, "_rels", f"{name}.rels"))
    return {
        value(relation, "Id"): (value(relation, "Type").rpartition("/")[2], member(part, value(relation, "Target")))
        for _name, relation in elements(data, "Relationship")
        if value(relation, "TargetMode") != "External"
    }


def related(archive: Archive, part: str, kind: str) -> str:
    """The name of the first part of that kind that ``part`` refers to; empty when there is none."""
    return next((target for found, target in relationships(archive, part).values() if found == kind), "")


def reference(attributes: Attributes) -> str:
    """The id of the relationship that an element names (``r:id``)."""
    return next((v for key, v in attributes.items() if key.endswith("/relationships id")), "")


def is_on(text: str) -> bool:
    """Whether the ``val`` of a switch turns it on; it does when it is left out."""
    return text not in ("0", "false", "off", "none")
