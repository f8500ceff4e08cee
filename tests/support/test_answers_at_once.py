"""What a kernel answers reaches the page at once, and Jupyter's server knows of it."""

import json
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler

from course_utils.support import answers_at_once

SETTINGS = Path("etc", "jupyter", "jupyter_server_config.d", "course_utils.json")
SETTING = "kernel_websocket_connection_class"


class Connection:
    """A connection that notes what is done with it."""

    def __init__(self):
        self.done = []
        self.websocket_handler = SimpleNamespace(set_nodelay=self.done.append)

    def connect(self):
        self.done.append("connected")
        return "to be awaited"


def server(**settings):
    """Return a server of which nothing but its settings matters."""
    return SimpleNamespace(web_app=SimpleNamespace(settings=settings))


def test_from_the_start_of_a_connection_nothing_is_kept_back():
    app = server(**{SETTING: Connection})
    answers_at_once._load_jupyter_server_extension(app)
    connection = app.web_app.settings[SETTING]()
    assert isinstance(connection, Connection)
    assert connection.connect() == "to be awaited"
    assert connection.done == [True, "connected"]


def test_a_server_without_such_connections_stays_as_it_is():
    app = server(port=8888)
    answers_at_once._load_jupyter_server_extension(app)
    assert app.web_app.settings == {"port": 8888}


def test_jupyters_own_connections_keep_nothing_back_either(monkeypatch):
    usual, done = ZMQChannelsWebsocketConnection, []
    monkeypatch.setattr(usual, "connect", lambda self: done.append("connected"))
    monkeypatch.setattr(KernelWebsocketHandler, "set_nodelay", lambda self, on: done.append(on))
    handler = KernelWebsocketHandler.__new__(KernelWebsocketHandler)  # without a request
    answers_at_once.at_once(usual)(websocket_handler=handler).connect()
    assert done == [True, "connected"]


def test_jupyter_is_told_of_it_where_the_package_is_installed():
    source = Path(__file__).parents[2] / "jupyter" / SETTINGS
    installed = Path(sys.prefix) / SETTINGS
    assert json.loads(installed.read_text()) == json.loads(source.read_text())
    command = [sys.executable, "-m", "jupyter", "server", "extension", "list"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told = " ".join(re.sub(r"\x1b\[\d*m", "", done.stdout + done.stderr).split())
    assert "course_utils.support.answers_at_once enabled" in told
    assert f"{answers_at_once.__name__} OK" in told


@pytest.mark.parametrize("point", answers_at_once._jupyter_server_extension_points())
def test_the_point_of_the_extension_is_this_module(point):
    assert sys.modules[point["module"]] is answers_at_once
