"""The steps of a run.  Each announces itself, checks the token between units of work and stages what it makes."""

from genglossary_gui.core.pipeline.steps.extract import extract
from genglossary_gui.core.pipeline.steps.generate import generate
from genglossary_gui.core.pipeline.steps.refine import refine
from genglossary_gui.core.pipeline.steps.review import review
from genglossary_gui.core.pipeline.steps.scan import scan
from genglossary_gui.core.pipeline.steps.take_over import keep, restore

__all__ = ["extract", "generate", "keep", "refine", "restore", "review", "scan"]
