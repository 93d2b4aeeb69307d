"""The real inference server, started once for all tests that ask it."""

from __future__ import annotations

import json
import os
import subprocess
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.integration import prepare


@dataclass(frozen=True)
class RealServer:
    url: str

    def counts(self) -> dict[str, int]:
        """``begun``: requests that came, ``aborted``: those whose work was given up because the client had gone."""
        address = self.url.removesuffix("/v1") + "/counts"
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(address, timeout=20) as response:
            return json.load(response)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    is_wanted = "integration" in (config.getoption("-m") or "")
    reason = prepare.why_not() if is_wanted else "asked for with -m integration"
    for item in items:
        if reason and item.get_closest_marker("integration"):
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def real_server() -> Iterator[RealServer]:
    folder = Path(os.environ[prepare.VARIABLE])
    script = Path(__file__).with_name("server.mjs")
    server = subprocess.Popen(
        ["node", script, prepare.model_in(folder)], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert server.stdin is not None
    assert server.stdout is not None
    try:
        yield RealServer(f"http://127.0.0.1:{int(server.stdout.readline())}/v1")
    finally:
        server.stdin.close()
        server.wait(20)
        server.stdout.close()
