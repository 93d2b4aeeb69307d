"""The text work on other computers, where it is wanted."""

from __future__ import annotations

from genglossary_gui.core.compute.workers import Workers
from genglossary_gui.core.errors import UsageError
from genglossary_gui.core.i18n import _


def cluster_workers(address: str) -> Workers:
    """The processes of the Dask cluster whose scheduler is at ``address``; nothing is connected yet.

    Raises ``UsageError`` when Dask is not installed.
    """
    try:
        from genglossary_gui.core.compute.dask_workers import DaskWorkers
    except ImportError as error:
        raise UsageError(
            _("Dask is not installed."),
            hint=_("Install it with: {command}").format(command="pip install 'genglossary-desktop[dask]'"),
        ) from error
    return DaskWorkers(address)
