"""One app for each person and settings folder: a second start hands its wish over to the first and ends."""

from __future__ import annotations

import json
import logging
import os
import zlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDir, QObject, Slot

from genglossary_gui.core import paths

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalSocket

logger = logging.getLogger(__name__)

_CONNECT_MS, _ANSWER_MS = 300, 3_000
_MOST_BYTES = 64 * 1024
_DONE = b"ok\n"


@dataclass(frozen=True)
class Wish:
    """What a start of the app asks for: a project or a folder (absolute; empty: just the window), or the sample."""

    place: str = ""
    sample: bool = False


def server_name() -> str:
    """The name of the local server: equal for all starts with the same settings folder, different for others."""
    folder = str(paths.config_folder()).encode()
    return f"genglossary-{zlib.crc32(folder):08x}{zlib.adler32(folder):08x}"


def hand_over(wish: Wish) -> bool:
    """Tell the app that is running already; False when there is none, or it does not answer in time."""
    if os.name == "posix" and not Path(QDir.tempPath(), server_name()).exists():
        return False  # nobody listens there; the network part of Qt is imported when there is somebody
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(server_name())
    if not socket.waitForConnected(_CONNECT_MS):
        return False
    socket.write(json.dumps(asdict(wish)).encode() + b"\n")
    socket.flush()
    answer = b""
    while b"\n" not in answer and socket.waitForReadyRead(_ANSWER_MS):
        answer += socket.readAll().data()
    socket.abort()
    return answer == _DONE


class FirstInstance(QObject):
    """Listens for later starts and passes on what they ask for; ``close()`` ends that.  Lives in the GUI thread."""

    def __init__(self, on_wish: Callable[[Wish], None], parent: QObject | None = None) -> None:
        from PySide6.QtNetwork import QLocalServer

        super().__init__(parent)
        self._on_wish = on_wish
        self._server = QLocalServer(self)
        # Only the same person may speak to it.
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        if not self._server.listen(server_name()):
            # What a dead process has left; a living one would have answered before.
            QLocalServer.removeServer(server_name())
            if not self._server.listen(server_name()):
                logger.warning("later starts cannot be heard: %s", self._server.errorString())

    def close(self) -> None:
        self._server.close()

    @Slot()
    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.setParent(self)
            socket.readyRead.connect(self._on_ready)
            socket.disconnected.connect(socket.deleteLater)
            if socket.bytesAvailable():
                self._read(socket)

    @Slot()
    def _on_ready(self) -> None:
        from PySide6.QtNetwork import QLocalSocket

        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if socket.bytesAvailable() > _MOST_BYTES:
            socket.abort()
        elif socket.canReadLine():
            wish = _wish(bytes(socket.readLine().data()))
            if wish is not None:
                socket.write(_DONE)
                socket.flush()
                self._on_wish(wish)
            socket.disconnectFromServer()


def _wish(line: bytes) -> Wish | None:
    try:
        values: Any = json.loads(line)
        place, sample = values.get("place", ""), values.get("sample", False)
    except (ValueError, AttributeError):
        return None
    return Wish(place, sample) if isinstance(place, str) and isinstance(sample, bool) else None
