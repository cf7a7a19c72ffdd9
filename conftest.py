"""For every test of the house: no connection beyond this machine, and one way to the shared test data."""

import os
from pathlib import Path

import pytest
from pytest_socket import socket_allow_hosts

SHARED = os.environ.get("PORCHLIGHT_SHARED", "")


@pytest.fixture(autouse=True)
def _only_this_machine() -> None:
    """Connections leave this machine for nobody; tests/test_no_network.py proves it."""
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real payloads and published test vectors, found through PORCHLIGHT_SHARED alone."""
    if not SHARED or not Path(SHARED).is_dir():
        pytest.skip("PORCHLIGHT_SHARED names no folder: published payloads and vectors are not here")
    return Path(SHARED)
