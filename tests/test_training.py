"""Training: the same result whether or not it was stopped, in words what went wrong."""

import errno
import io
import json
import math
import pickle
from dataclasses import replace

import matplotlib
import numpy as np
import pytest

from course_utils import activations, datasets, learning_rate_decay, optimizers, softmax
from course_utils.network import Network
from course_utils.support import checkpoints
from course_utils.support.long_runs import Interrupted, kept
from course_utils.training import DivergenceError, History, Training, fit

ALL = [
    optimizers.GradientDescent(alpha=0.05),
    optimizers.Momentum(alpha=0.05),
    optimizers.RMSprop(alpha=0.005),
    optimizers.Adam(alpha=0.01, weight_decay=0.01),
]
EACH_OPTIMIZER = pytest.mark.parametrize("optimizer", ALL, ids=lambda o: type(o).__name__)


@pytest.fixture(scope="module")
def data():
    X, labels = datasets.blobs(3, 40, np.random.default_rng(0), spread=0.9)
    return X, softmax.one_hot(labels, 3)


def small(**settings):
    options = {"batch_norm": True, "keep_prob": 0.8, **settings}
    return Network([2, 8, 8, 3], np.random.default_rng(1), **options)


def run(network, data, optimizer, epochs, **settings):
    rng = settings.pop("rng", None) or np.random.default_rng(2)
    options = {"size": 32, "progress": False, **settings}
    return fit(network, *data, optimizer, epochs=epochs, rng=rng, **options)


def state(network):
    return np.concatenate([network.theta, network.statistics])


def interrupt_after(epoch):
    def callback(network, history):
        if len(history) == epoch:
            raise KeyboardInterrupt

    return callback


@EACH_OPTIMIZER
def test_the_same_seed_gives_the_same_bits(data, optimizer):
    first, second = small(), small()
    histories = [run(n, data, optimizer, 4, validation=data) for n in (first, second)]
    assert histories[0] == histories[1]
    assert np.array_equal(state(first), state(second))


@EACH_OPTIMIZER
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_stopped_and_resumed_from_a_file_it_ends_at_the_same_bits(data, optimizer, dtype, tmp_path):
    whole, file = small(dtype=dtype), tmp_path / "run"
    schedule = learning_rate_decay.inverse_time(optimizer.alpha)
    options = {"schedule": schedule, "validation": data, "lambda_": 0.1}
    history = run(whole, data, optimizer, 6, **options)
    parts = [
        run(small(dtype=dtype), data, optimizer, n, checkpoint=file, **options) for n in (2, 5)
    ]
    last, rng = small(dtype=dtype), np.random.default_rng(78)
    last.theta[:] = rng.standard_normal(last.theta.shape)
    resumed = run(last, data, optimizer, 6, checkpoint=file, rng=rng, **options)
    assert [len(part) for part in parts] == [2, 5]
    assert resumed == history
    assert np.array_equal(state(last), state(whole))
    assert last.theta.dtype == dtype


def test_interrupted_by_the_reader_it_keeps_what_it_has_and_can_go_on(data, tmp_path):
    network, adam, file = small(), ALL[-1], tmp_path / "run.npz"
    with pytest.raises(Interrupted, match="interrupted after epoch 3"):
        run(network, data, adam, 6, callback=interrupt_after(3), checkpoint=file)
    history = kept()
    assert len(history) == 3
    assert history.stopped == "interrupted after epoch 3"
    assert repr(history).endswith("; interrupted after epoch 3")
    whole = small()
    complete = run(whole, data, adam, 6)
    resumed = run(network, data, adam, 6, checkpoint=file)
    assert resumed == complete
    assert np.array_equal(state(network), state(whole))


def test_interrupted_within_an_epoch_it_is_back_where_the_last_one_ended(data, monkeypatch):
    network, three = small(), small()
    run(three, data, ALL[-1], 3)
    step, steps = Training.step, []

    def interrupted(self, x, y):
        steps.append(1)
        if len(steps) == 3 * 4 + 2:  # 120 examples, 32 a mini-batch: four steps an epoch
            raise KeyboardInterrupt
        return step(self, x, y)

    monkeypatch.setattr(Training, "step", interrupted)
    with pytest.raises(Interrupted) as caught:
        run(network, data, ALL[-1], 6)
    assert len(caught.value.kept) == 3
    assert np.array_equal(state(network), state(three))


def test_interrupted_while_an_epoch_is_noted_nothing_of_it_is_left(data, monkeypatch):
    network, two = small(), small()
    expected = run(two, data, ALL[-1], 2, validation=data)
    note = History.note

    def interrupted(self, *numbers):
        note(self, *numbers[: 2 if len(self) == 2 else None])
        if len(self) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(History, "note", interrupted)
    with pytest.raises(Interrupted, match="after epoch 2"):
        run(network, data, ALL[-1], 6, validation=data)
    assert replace(kept(), stopped="") == expected
    assert np.array_equal(state(network), state(two))


def exploding(alpha):
    return replace(ALL[0], alpha=alpha)


def test_divergence_is_said_with_epoch_rate_and_cure_and_the_network_kept(data):
    X, Y = data
    network = small(batch_norm=False, keep_prob=1.0)
    schedule = lambda epoch: [0.01, 0.01, 1e200][epoch]  # noqa: E731
    says = r"(NaN|infinite) in epoch 3 at alpha = 1e\+200: try a smaller learning rate, 1e\+199 say"
    with pytest.raises(DivergenceError, match=f"cost became {says}") as caught:
        run(network, (X, Y), ALL[0], 5, schedule=schedule)
    assert len(caught.value.history) == 2
    same = small(batch_norm=False, keep_prob=1.0)
    run(same, (X, Y), exploding(0.01), 2)
    assert np.array_equal(state(network), state(same))
    assert np.isfinite(network.cost(X, Y))


@pytest.mark.parametrize("lambda_", [0.0, 1.0])
def test_a_divergence_is_one_at_any_lambda_also_where_weights_become_infinite(data, lambda_):
    network = small(batch_norm=False, keep_prob=1.0, dtype=np.float32)
    with pytest.raises(DivergenceError):
        run(network, data, exploding(1e200), 3, lambda_=lambda_)
    network.theta[:] = np.inf
    assert np.isnan(network.cost(*data, lambda_=lambda_))


def test_every_epoch_is_told_to_the_callback(data):
    seen = []
    run(small(), data, ALL[0], 3, callback=lambda network, history: seen.append(len(history)))
    assert seen == [1, 2, 3]


@pytest.mark.parametrize(
    ("alpha", "says"),
    [
        (None, r"schedule\(0\) should be a number, but got None"),
        ("0.1", r"schedule\(0\) should be a number, but got '0.1': use float"),
        (np.inf, r"schedule\(0\) should be a finite number"),
    ],
)
def test_a_schedule_that_gives_no_number_is_told_in_words(data, alpha, says):
    with pytest.raises((TypeError, ValueError), match=says):
        run(small(), data, ALL[0], 2, schedule=lambda epoch: alpha)


def test_the_schedule_sets_alpha_epoch_by_epoch_o7(data):
    schedule = learning_rate_decay.inverse_time(0.2)
    history = run(small(), data, ALL[0], 5, schedule=schedule)
    assert np.round(history.alpha, 4).tolist() == [0.2, 0.1, 0.0667, 0.05, 0.04]


def test_progress_shows_cost_and_accuracy(data, capfd):
    run(small(), data, ALL[0], 3, progress=True)
    shown = capfd.readouterr().err
    assert "0/3" in shown
    assert "cost " in shown
    assert "accuracy " in shown


def test_history_speaks_and_draws_itself(data):
    history = run(small(), data, ALL[-1], 3, validation=data)
    assert repr(history).startswith("3 epochs: cost ")
    assert "; validation " in repr(history)
    axes = history.plot().axes
    assert [ax.get_ylabel() for ax in axes] == ["cost", "accuracy"]
    for ax, values in zip(axes, (history.cost, history.accuracy), strict=True):
        assert ax.lines[0].get_ydata().tolist() == values
        assert len(ax.lines) == 2
    assert history._repr_png_().startswith(b"\x89PNG")
    assert repr(History()) == "no epoch done"
    json.dumps(history.cost)


def test_running_costs_are_means_over_the_examples(data):
    X, Y = data
    network = small(batch_norm=False, keep_prob=1.0)
    standing = optimizers.GradientDescent(alpha=1e-300)
    training = Training(network, X, Y, standing, np.random.default_rng(0), size=50)
    cost, accuracy = training.run_epoch()  # 50, 50 and 20 examples
    assert cost == pytest.approx(network.cost(X, Y), rel=1e-12)
    assert accuracy == pytest.approx(network.accuracy(X, Y), rel=1e-12)


def test_l2_is_shared_among_all_examples_not_those_of_a_mini_batch_r1(data):
    X, Y = data
    network = small(batch_norm=False, keep_prob=1.0)
    plain, with_l2 = (
        Training(network, X, Y, ALL[0], np.random.default_rng(0), size=30, lambda_=lambda_)
        for lambda_ in (0.0, 6.0)
    )
    start, moved = plain.snapshot(), []
    for training in (plain, with_l2):
        training.restore(start)
        training.step(training.X[:, :30], training.Y[:, :30])
        moved.append(network.parameters["W1"].copy())
    plain.restore(start)
    expected = moved[0] - 0.05 * 6.0 / 120 * network.parameters["W1"]
    np.testing.assert_allclose(moved[1], expected, rtol=1e-12)


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"size": 0}, "size >= 1 must hold, but got size=0"),
        ({"size": 7}, "size=7 leaves a mini-batch of a single example out of 120.*take size=8"),
        ({"size": 1}, "size=1 leaves a mini-batch of a single example"),
        ({"lambda_": -1}, "lambda_ >= 0 must hold"),
        ({"validation": (np.zeros((3, 5)), np.zeros((3, 5)))}, r"X should have 2 rows.*\(3, 5\)"),
    ],
)
def test_bad_input_is_named(data, settings, says):
    with pytest.raises(ValueError, match=says):
        run(small(), data, ALL[0], 1, **settings)


def test_a_seed_is_no_generator(data):
    with pytest.raises(TypeError, match=r"use np.random.default_rng\(3\)"):
        fit(small(), *data, ALL[0], epochs=1, rng=3, progress=False)


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"optimizer": optimizers.Momentum()}, "optimizer was Adam there and is Momentum here"),
        ({"network": Network([2, 8, 3], np.random.default_rng(0))}, "parameters was"),
        ({"size": 40}, "size was 32 there and is 40 here"),
    ],
)
def test_the_checkpoint_of_another_training_is_refused(data, tmp_path, other, says):
    file = tmp_path / "run"
    run(small(), data, ALL[-1], 1, checkpoint=file)
    kept = file.read_bytes()
    network, optimizer = other.pop("network", small()), other.pop("optimizer", ALL[-1])
    with pytest.raises(ValueError, match=says):
        run(network, data, optimizer, 2, checkpoint=file, **other)
    assert file.read_bytes() == kept


def damaged(content, how):
    """Return what may have become of a checkpoint."""
    foreign, array = io.BytesIO(), io.BytesIO()
    np.savez(foreign, theta=np.zeros(3))
    np.save(array, np.zeros(3))
    return {
        "empty": b"",
        "cut": content[: len(content) // 2],
        "zeroed": bytes(len(content)),
        "without its end": content[:-1],
        "an array": array.getvalue(),
        "text": b"dear diary",
        "of something else": foreign.getvalue(),
        "one byte wrong": spoiled(content),
        "pickled": pickle.dumps([1, 2]),
        "upside down": upside_down(content),
        "locked": content.replace(b"\x2d\0\0\0", b"\x2d\0\1\0"),
    }[how]


def upside_down(content):
    """Say that the list of parts begins beyond the end, so that the parts lie before the file."""
    end = content.rindex(b"PK\5\6")
    return content[: end + 16] + b"\xff\xff\xff\x7f" + content[end + 20 :]


def spoiled(content):
    place = content.index(b"theta.npy") + 200
    return content[:place] + bytes([content[place] ^ 255]) + content[place + 1 :]


@pytest.mark.parametrize(
    "how",
    [
        "empty",
        "cut",
        "zeroed",
        "without its end",
        "an array",
        "text",
        "of something else",
        "one byte wrong",
        "pickled",
        "upside down",
        "locked",
    ],
)
def test_a_damaged_checkpoint_is_named_with_a_cure_and_stays(data, tmp_path, how):
    file = tmp_path / "run.npz"
    run(small(), data, ALL[-1], 1, checkpoint=file)
    content = damaged(file.read_bytes(), how)
    file.write_bytes(content)
    network = small()
    before = state(network)
    with pytest.raises(ValueError, match=r"run.npz is not a whole checkpoint.* delete this") as e:
        run(network, data, ALL[-1], 2, checkpoint=file)
    assert "pickle" not in str(e.value)
    assert file.read_bytes() == content
    assert np.array_equal(state(network), before)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda X, Y: {"data": (X + 1e-9, Y)}, "their numbers was"),
        (lambda X, Y: {"data": (X, Y[:, ::-1])}, "their numbers was"),
        (lambda X, Y: {"validation": (X, Y)}, "validation was"),
        (
            lambda X, Y: {"optimizer": replace(ALL[-1], alpha=0.02)},
            "alpha was 0.01 in epoch 1 there",
        ),
        (lambda X, Y: {"optimizer": replace(ALL[-1], beta1=0.8)}, "its settings was"),
        (lambda X, Y: {"network": small(keep_prob=0.9)}, "layers was"),
        (lambda X, Y: {"network": small(activation=activations.tanh)}, "layers was"),
        (
            lambda X, Y: {"schedule": lambda epoch: 0.5**epoch},
            "alpha was 0.01 in epoch 1 there and",
        ),
        (lambda X, Y: {"epochs": 1}, "epochs >= 2 must hold, as .* has so many behind it"),
        (lambda X, Y: {"lambda_": 0.1}, "lambda_ was 0.0 there and is 0.1 here"),
        (
            lambda X, Y: {"rng": np.random.Generator(np.random.MT19937(0))},
            "rng was PCG64 there and is MT19937",
        ),
    ],
)
def test_a_checkpoint_does_not_go_on_with_anything_else(data, tmp_path, change, says):
    file, other = tmp_path / "run", change(*data)
    run(small(), data, ALL[-1], 2, checkpoint=file)
    network = other.pop("network", small())
    optimizer, epochs = other.pop("optimizer", ALL[-1]), other.pop("epochs", 4)
    before = state(network)
    with pytest.raises(ValueError, match=says):
        run(network, other.pop("data", data), optimizer, epochs, checkpoint=file, **other)
    assert np.array_equal(state(network), before)


def test_an_older_checkpoint_that_tells_less_goes_on(data, tmp_path):
    file = tmp_path / "run.npz"
    run(small(), data, ALL[-1], 2, checkpoint=file)
    with np.load(file) as content:
        arrays = dict(content)
    words = json.loads(str(arrays.pop("words")))
    for name in ("its settings", "layers", "their numbers", "validation"):
        del words["of"][name]
    with file.open("wb") as handle:
        np.savez(handle, words=json.dumps(words), **arrays)
    assert run(small(), data, ALL[-1], 4, checkpoint=file) == run(small(), data, ALL[-1], 4)


@pytest.mark.parametrize("epochs", [2.5, -3, math.nan, math.inf, "3", None, True])
def test_epochs_are_a_whole_number(data, epochs):
    with pytest.raises((ValueError, TypeError), match="epochs"):
        run(small(), data, ALL[0], epochs)


def test_a_full_disk_does_not_lose_the_history(data, tmp_path, monkeypatch):
    savez, written = np.savez, []

    def fills(handle, **arrays):
        written.append(1)
        if len(written) == 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        savez(handle, **arrays)

    monkeypatch.setattr(np, "savez", fills)
    network, three = small(), small()
    with pytest.raises(OSError, match="No space left") as caught:
        run(network, data, ALL[-1], 6, checkpoint=tmp_path / "run")
    assert "kept()" in caught.value.__notes__[0]
    monkeypatch.undo()
    assert kept() == run(three, data, ALL[-1], 3)
    assert np.array_equal(state(network), state(three))
    assert [path.name for path in tmp_path.iterdir()] == ["run"], "nothing half is left"


def test_an_error_of_the_callback_does_not_lose_the_history(data):
    def fails(network, history):
        if len(history) == 2:
            raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        run(small(), data, ALL[0], 5, callback=fails)
    assert len(kept()) == 2


def test_the_checkpoint_stays_where_it_was_when_the_process_walks(data, tmp_path, monkeypatch):
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    walk = lambda network, history: monkeypatch.chdir(tmp_path / "elsewhere")  # noqa: E731
    run(small(), data, ALL[0], 2, callback=walk, checkpoint="run.npz")
    assert (tmp_path / "run.npz").exists()
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_crash_while_writing_leaves_the_old_checkpoint(data, tmp_path, monkeypatch):
    file = tmp_path / "run"
    run(small(), data, ALL[-1], 2, checkpoint=file)

    def half(handle, **arrays):
        handle.write(b"half")
        raise OSError("no space left")

    monkeypatch.setattr(np, "savez", half)
    with pytest.raises(OSError, match="no space"):
        run(small(), data, ALL[-1], 3, checkpoint=file)
    monkeypatch.undo()
    assert run(small(), data, ALL[-1], 3, checkpoint=file) == run(small(), data, ALL[-1], 3)


def test_a_snapshot_is_a_copy_and_brings_everything_back(data):
    training = Training(small(), *data, ALL[-1], np.random.default_rng(0), size=32)
    training.run_epoch()
    kept = training.snapshot()
    first = training.run_epoch(), state(training.network)
    training.run_epoch()
    training.restore(kept)
    again = training.run_epoch(), state(training.network)
    assert first[0] == again[0]
    assert np.array_equal(first[1], again[1])


@pytest.mark.parametrize("settings", [{"axes.facecolor": "black"}, {"text.usetex": True}])
def test_a_history_is_drawn_alike_whatever_a_reader_has_set(settings):
    history = History(alpha=[0.1, 0.1], cost=[2.0, 1.0], accuracy=[0.5, 0.75])
    expected = history._repr_png_()
    with matplotlib.rc_context(settings):
        assert history._repr_png_() == expected


@pytest.mark.parametrize("name", ["epoch", "theta", "memory0"])
def test_a_state_that_no_such_training_can_have_left_is_refused(tmp_path, name):
    file = tmp_path / "training.npz"

    def run():
        rng = np.random.default_rng(0)
        network = Network([1, 2, 1], rng)
        X, Y = np.arange(4.0)[None], np.array([[0.0, 0.0, 1.0, 1.0]])
        return fit(
            network, X, Y, optimizers.Adam(), epochs=2, rng=rng, checkpoint=file, progress=False
        )

    run()
    arrays, words = checkpoints.read(file)
    checkpoints.write(file, {**arrays, name: np.array(7.0)}, words)
    with pytest.raises(ValueError, match="is not a whole checkpoint"):
        run()
