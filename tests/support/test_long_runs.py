"""The stop button: the cell and those behind it stop, and what is done is there."""

import sys
import time

import pytest
from jupyter_client.manager import start_new_kernel

from course_utils import halving, search
from course_utils.sampling_scales import Linear
from course_utils.support import long_runs
from course_utils.support.long_runs import Interrupted, kept

SEARCH = """
import time
from course_utils.support.evaluation import evaluate

def objective(configuration, rng):
    if configuration["x"] == 3:
        print("three", flush=True)
        time.sleep(60)
    return configuration["x"]

found = evaluate(objective, [{"x": x} for x in range(9)], progress=False)
print("went on")
"""
TRAINING = """
import time
import numpy as np
from course_utils import datasets, network, optimizers, softmax, training

def wait(net, history):
    if len(history) == 3:
        print("three", flush=True)
        time.sleep(60)

X, labels = datasets.blobs(2, 20, np.random.default_rng(0))
net, Y = network.Network([2, 4, 2], np.random.default_rng(1)), softmax.one_hot(labels, 2)
training.fit(net, X, Y, optimizers.Adam(), epochs=9, rng=np.random.default_rng(2), callback=wait,
             progress=False)
print("went on")
"""
KEPT = "from course_utils.support.long_runs import kept\nprint(len(kept()), kept().stopped)"


@pytest.fixture(scope="module")
def kernel():
    manager, client = start_new_kernel()
    yield manager, client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def reply(client, message):
    """Wait for the reply to one message."""
    while True:
        found = client.get_shell_msg(timeout=120)
        if found["parent_header"].get("msg_id") == message:
            return found["content"]


def printed(client, until):
    """Return what was printed, up to some text."""
    text = ""
    while until not in text:
        message = client.get_iopub_msg(timeout=120)
        text += message["content"].get("text", "")
    return text


@pytest.mark.skipif(sys.platform == "win32", reason="a kernel is interrupted otherwise there")
@pytest.mark.parametrize(
    ("code", "said"),
    [
        (SEARCH, "3 interrupted after 3 of 9 trials"),
        (TRAINING, "3 interrupted after epoch 3"),
    ],
)
def test_the_stop_button_stops_the_cell_and_those_behind_it(kernel, code, said):
    manager, client = kernel
    running, queued = client.execute(code), client.execute("print('queued')")
    printed(client, "three\n")
    time.sleep(0.2)
    manager.interrupt_kernel()
    stopped = reply(client, running)
    assert (stopped["status"], stopped["ename"]) == ("error", "Interrupted")
    assert stopped["traceback"] == [stopped["evalue"]], "one sentence, no traceback"
    assert "from course_utils.support.long_runs import kept" in stopped["evalue"]
    assert reply(client, queued)["status"] == "aborted"
    assert reply(client, client.execute(KEPT))["status"] == "ok"
    assert "went on" not in printed(client, said)


def stops_at(number):
    seen = []

    def objective(configuration, rng):
        seen.append(1)
        if len(seen) == number + 1:
            raise KeyboardInterrupt
        return configuration["x"]

    return objective


SPACE = {"x": Linear(0, 1)}


def rng():
    from numpy.random import default_rng

    return default_rng(0)


@pytest.mark.parametrize(
    "searched",
    [
        lambda f: search.coarse_to_fine(f, SPACE, trials=9, rounds=3, rng=rng(), progress=False),
        lambda f: halving.successive_halving(
            f, search.random(SPACE, 4, rng()), smallest=1, largest=9, eta=2, progress=False
        ),
        lambda f: halving.hyperband(f, SPACE, largest=4, rng=rng(), eta=2, progress=False),
    ],
    ids=["coarse to fine", "halving", "hyperband"],
)
def test_a_search_that_is_stopped_keeps_the_trials_of_all_its_rounds(searched):
    with pytest.raises(Interrupted):
        searched(stops_at(5))
    assert len(kept()) == 5
    assert kept().stopped.startswith("interrupted after ")


def test_nothing_kept_is_said(monkeypatch):
    monkeypatch.setattr(long_runs, "_last", [])
    with pytest.raises(LookupError, match="no search and no training was stopped"):
        kept()


def test_an_interrupt_is_a_keyboard_interrupt_that_pickles():
    import pickle

    with pytest.raises(KeyboardInterrupt):
        raise Interrupted("interrupted", [1])
    again = pickle.loads(pickle.dumps(Interrupted("interrupted", [1])))
    assert (again.kept, str(again)[:11]) == ([1], "interrupted")


def test_in_a_browser_no_thread_watches_the_bar(monkeypatch):
    from tqdm.auto import tqdm

    monkeypatch.setattr(tqdm, "monitor_interval", 10)
    monkeypatch.setattr(sys, "platform", "emscripten")
    long_runs.bar(3, "trial", show=False).close()
    assert tqdm.monitor_interval == 0
