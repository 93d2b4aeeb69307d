"""The steps of a run, and who goes through them."""

from genglossary_gui.core.pipeline.context import ExecutionContext
from genglossary_gui.core.pipeline.executor import PipelineExecutor

__all__ = ["ExecutionContext", "PipelineExecutor"]
