"""What holds in every test: no network, and articles read in the test's own process unless it asks for workers."""

from __future__ import annotations

import socket
from typing import Any, NoReturn

import pytest


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing may open a connection: who needs a socket file may still make one."""

    def refused(*_: Any, **__: Any) -> NoReturn:
        raise AssertionError("a test opened a connection")

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    monkeypatch.setattr(socket, "create_connection", refused)


@pytest.fixture(autouse=True, scope="session")
def _pipelines_loaded_once() -> Any:
    """Workers would load the pipelines once for each run; tests of workers ask for them by name."""
    from faits.runner import local

    patch = pytest.MonkeyPatch()
    patch.setattr(local, "workers", local.Here)
    yield
    patch.undo()
