"""The glossary leaves the project: one module for each format, one way to write a file."""

from genglossary_gui.core.exchange.columns import COLUMNS
from genglossary_gui.core.exchange.export import export_project
from genglossary_gui.core.exchange.formats import FORMATS, choose_format
from genglossary_gui.core.exchange.writing import check_target

__all__ = ["COLUMNS", "FORMATS", "check_target", "choose_format", "export_project"]
