"""The weekly look at the links: which it finds, and what it says of pages that are gone."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.tools import check_sources


@pytest.fixture
def server():
    """Serve /there and /closed (403); all else is gone."""

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response({"/there": 200, "/closed": 403}.get(self.path, 404))
            self.end_headers()

        def log_message(self, *_):
            pass

    served = HTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=served.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{served.server_port}"
    served.shutdown()
    served.server_close()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[a](https://a.org/b).", ["https://a.org/b"]),
        ("<https://a.org/b>, once more <https://a.org/b>", ["https://a.org/b"]),
        ("[a](https://a.org/b_(c))", ["https://a.org/b_(c)"]),
        (
            "[![b](https://a.org/b.svg)](https://a.org/?c&d)",
            ["https://a.org/?c&d", "https://a.org/b.svg"],
        ),
        ("[another notebook](01.ipynb)", []),
    ],
)
def test_the_links_of_a_text_are_found_each_once(text, found):
    assert check_sources.links(text) == found


def test_each_page_is_asked_and_what_is_gone_is_named(server, capsys):
    asked = {f"{server}/{page}": ["01.ipynb"] for page in ("there", "closed", "gone")}
    assert check_sources.main(asked) == 1
    said = capsys.readouterr().out
    assert f"{server}/gone answers 404 Not Found (in 01.ipynb)" in said
    assert "2 of 3 links lead to a page" in said


def test_a_host_that_does_not_answer_is_named():
    assert "cannot be reached" in check_sources.answer("http://127.0.0.1:1/", timeout=5)


def test_the_notebooks_link_to_their_sources():
    assert len(check_sources.of_the_project()) > 5
