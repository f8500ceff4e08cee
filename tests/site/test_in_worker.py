"""Python's half of the widgets in the worker: does it say to the page what anywidget's would?"""

import importlib.util
import json
import sys
from pathlib import Path

import anywidget as real
import comm
import pytest
import traitlets

from book.in_worker.needs import needed

FOLDER = Path(__file__).parents[2] / "book" / "in_worker"


def load(name):
    """Load a module of the worker under another name: its own is the real one's."""
    spec = importlib.util.spec_from_file_location(f"in_worker_{name}", FOLDER / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


ours = load("anywidget")


class Comm(comm.base_comm.BaseComm):
    """What the real widget sends, as the page would get it."""

    def __init__(self, said, **kwargs):
        self.said = said
        super().__init__(**kwargs)

    def publish_msg(self, msg_type, data=None, metadata=None, buffers=None, **keys):
        if msg_type == "comm_close":
            self.said.append({"method": "close"})
        if msg_type != "comm_msg":
            return
        state = json.loads(json.dumps(data.get("state", {})))
        for (name,), buffer in zip(data.get("buffer_paths", []), buffers or [], strict=True):
            state[name] = bytes(buffer)
        self.said.append({**data, "state": state})


def make_real(definition, said, monkeypatch):
    monkeypatch.setattr(comm, "create_comm", lambda **kwargs: Comm(said, **kwargs))
    widget = definition(real.AnyWidget)()

    def hear(data):
        widget._handle_msg({"content": {"data": data}, "buffers": []})

    return widget, hear


def make_ours(definition, said, monkeypatch):
    def post(text, buffers):
        data = json.loads(text)["data"]
        said.append({**data, "state": {**data.get("state", {}), **buffers}})

    monkeypatch.setattr(ours, "post", post)
    widget = definition(ours.AnyWidget)()
    return widget, widget.hear


def define(base):
    class Widget(base):
        _esm = "export default {}"
        number = traitlets.Int(1).tag(sync=True)
        row = traitlets.Any([1]).tag(sync=True)
        bits = traitlets.Bytes().tag(sync=True)
        inner = traitlets.Int()
        heard = traitlets.List()

        @traitlets.validate("number")
        def _at_most_ten(self, proposal):
            return min(proposal.value, 10)

    return Widget


def set_one(widget, hear):
    widget.number = 2
    widget.number = 2
    widget.inner = 3
    widget.bits = b"abc"
    widget.row = (1, 2)


def hold_several(widget, hear):
    with widget.hold_sync():
        widget.number = 2
        with widget.hold_sync():
            widget.row = [3]
        widget.number = 4
    with widget.hold_sync():
        pass


def page_sets(widget, hear):
    hear({"method": "update", "state": {"number": 5}})
    assert widget.number == 5


def page_sets_what_is_changed(widget, hear):
    hear({"method": "update", "state": {"number": 50, "row": [1, 2], "unknown": 3}})
    assert widget.number == 10


def page_sets_and_python_answers(widget, hear):
    def answer(change):
        widget.row = [change.new]

    widget.observe(answer, "number")
    hear({"method": "update", "state": {"number": 7}})


def page_sets_while_held(widget, hear):
    with widget.hold_sync():
        widget.row = [5]
        hear({"method": "update", "state": {"number": 6, "row": [5]}})


def messages(widget, hear):
    def listen(sender, content, buffers):
        widget.heard = [*widget.heard, content, sender is widget, list(buffers)]

    widget.on_msg(listen)
    hear({"method": "custom", "content": {"go": [1, None]}})
    widget.send({"back": 1})
    widget.on_msg(listen, remove=True)
    hear({"method": "custom", "content": {"go": 2}})
    assert widget.heard == [{"go": [1, None]}, True, []]


def send_again(widget, hear):
    widget.send_state("number")
    widget.send_state(["number", "row"])


def close(widget, hear):
    widget.close()
    widget.number = 9
    assert widget.comm is None


SCENES = [
    set_one,
    hold_several,
    page_sets,
    page_sets_what_is_changed,
    page_sets_and_python_answers,
    page_sets_while_held,
    messages,
    send_again,
    close,
]


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_the_page_hears_what_it_would_from_the_real_one(scene, monkeypatch):
    told = []
    for make in (make_real, make_ours):
        said = []
        widget, hear = make(define, said, monkeypatch)
        said.clear()  # how a widget begins differs: a page of the book asks for its state
        scene(widget, hear)
        told.append([{k: m[k] for k in ("method", "state", "content") if m.get(k)} for m in said])
    assert told[1] == told[0]


def test_a_message_that_is_held_goes_out_once_and_whole(monkeypatch):
    said = []
    widget, _ = make_ours(define, said, monkeypatch)
    hold_several(widget, None)
    assert [message["state"] for message in said] == [{"number": 4, "row": [3]}]


def test_bytes_travel_beside_the_json(monkeypatch):
    said = []
    monkeypatch.setattr(ours, "post", lambda text, buffers: said.append((text, buffers)))
    define(ours.AnyWidget)().bits = b"\x00\xff"
    text, buffers = said[-1]
    assert "bits" not in text
    assert buffers == {"bits": b"\x00\xff"}


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (["a = 1", "b = 2", "a"], [0]),
        (["a = 1", "a = 2", "a"], [1]),
        (["import math", "def f():\n    return math.pi", "f()"], [0, 1]),
        (["a = []", "a.append(1)", "a"], [0, 1]),
        (["import a", "a.do()", "a"], [0]),
        (["a = {}", "a['b'] = 1", "a = {}", "a"], [2]),
        (["rng = 1", "x = rng.normal()", "y = rng"], [0, 1]),
        (["a = 1", "[a for a in (1, 2)]"], []),
        (["a = 1", "broken(", "a"], [0]),
        (["class A: pass", "a = A()", "a"], [0, 1]),
        (["print(1)"], []),
    ],
)
def test_a_cell_needs_what_gives_its_names(cells, wanted):
    assert needed(dict(enumerate(cells)), len(cells) - 1) == wanted
