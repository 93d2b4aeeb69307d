"""What the steps of the pipeline ask, and who answers."""

from genglossary_gui.core.engines.base import Engine

__all__ = ["Engine"]
