"""Time of an epoch, beside PyTorch eager on the CPU, in one process, taking turns.

``python -m tests.benchmarks.training_speed`` measures and writes ``training.md`` and
``training.png``. The measuring itself is done in an environment that has PyTorch (``--python``),
once with one thread and once with two: the number of threads is settled when NumPy loads.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np

from course_utils import datasets, optimizers, softmax
from course_utils.network import Network
from course_utils.training import Training, fit

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
TURNS, SIZE, ALPHA = 15, 64, 1e-3
MAIN = (64, 64, 32, 10)
WIDTHS, DEPTHS, EXAMPLES = (
    (16, 32, 64, 128, 256, 512),
    (2, 3, 5, 10, 20),
    (225, 450, 899, 1797, 3594),
)


def cases():
    """Return what is measured: name, widths, batch norm, examples."""
    yield "main", MAIN, True, 1797
    yield "plain", MAIN, False, 1797
    for norm in (True, False):
        for width in WIDTHS:
            yield f"width {width}", (64, width, width, 10), norm, 1797
        for depth in DEPTHS:
            yield f"depth {depth}", (64, *[64] * (depth - 1), 10), norm, 1797
    for m in EXAMPLES:
        yield f"examples {m}", MAIN, True, m


def digits(m):
    """Return m digits, repeating them if there are too few."""
    X, labels = datasets.digits()
    chosen = np.arange(m) % X.shape[1]
    return X[:, chosen], labels[chosen]


def ours(widths, batch_norm, m):
    """Return a function that trains one epoch here."""
    X, labels = digits(m)
    rng = np.random.default_rng(0)
    network = Network(widths, rng, batch_norm=batch_norm, dtype=np.float32)
    adam = optimizers.Adam(alpha=ALPHA)
    return Training(network, X, softmax.one_hot(labels, 10), adam, rng, size=SIZE).run_epoch


def pytorchs(widths, batch_norm, m):
    """Return a function that trains one epoch of the same network in PyTorch."""
    import torch

    X, labels = digits(m)
    x, y = torch.tensor(X.T, dtype=torch.float32).contiguous(), torch.tensor(labels)
    layers = []
    for n_in, n_out in pairwise(widths[:-1]):
        layers.append(torch.nn.Linear(n_in, n_out, bias=not batch_norm))
        layers += [torch.nn.BatchNorm1d(n_out)] if batch_norm else []
        layers.append(torch.nn.ReLU())
    model = torch.nn.Sequential(*layers, torch.nn.Linear(widths[-2], widths[-1]))
    adam = torch.optim.Adam(model.parameters(), lr=ALPHA)
    loss = torch.nn.CrossEntropyLoss()

    def epoch():
        order, cost, right = torch.randperm(m), 0.0, 0
        shuffled_x, shuffled_y = x[order], y[order]
        for start in range(0, m, SIZE):
            batch_x, batch_y = shuffled_x[start : start + SIZE], shuffled_y[start : start + SIZE]
            adam.zero_grad()
            z = model(batch_x)
            J = loss(z, batch_y)
            J.backward()
            adam.step()
            cost += J.item() * len(batch_y)
            right += int((z.argmax(dim=1) == batch_y).sum())
        return cost / m, right / m

    return epoch


def seconds(run):
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def measure(threads):
    """Return for each case the median milliseconds of both, taking turns."""
    import torch

    torch.set_num_threads(threads)
    rows = []
    for name, widths, norm, m in cases():
        epochs = [make(widths, norm, m) for make in (ours, pytorchs)]
        for epoch in epochs * 2:
            epoch()
        times = [[seconds(epoch) for epoch in epochs] for _ in range(TURNS)]
        mine, theirs = (1000 * statistics.median(column) for column in zip(*times, strict=True))
        rows.append({"name": name, "norm": norm, "ours": mine, "pytorch": theirs})
    return {"rows": rows, "torch": torch.__version__, "numpy": np.__version__}


def accuracy_in_time():
    """Return test accuracy and seconds of the main network on 360 digits kept apart."""
    X, labels = datasets.digits()
    Y, order = softmax.one_hot(labels, 10), np.random.default_rng(0).permutation(X.shape[1])
    train, test = order[360:], order[:360]
    network = Network(MAIN, np.random.default_rng(1), batch_norm=True, dtype=np.float32)
    run = partial(
        fit,
        network,
        X[:, train],
        Y[:, train],
        optimizers.Adam(alpha=3e-3),
        epochs=30,
        rng=np.random.default_rng(2),
        progress=False,
    )
    took = seconds(run)
    return network.accuracy(X[:, test], Y[:, test]), took


def run_worker(python, threads):
    """Measure in the other environment, with a fixed number of threads."""
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    environment = {**os.environ, **dict.fromkeys(names, str(threads)), "PYTHONPATH": str(ROOT)}
    command = [python, "-m", "tests.benchmarks.training_speed", "--worker", str(threads)]
    done = subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def row_text(one, two):
    cells = [f"{x:.1f}" for side in (one, two) for x in (side["ours"], side["pytorch"])]
    ratios = [side["pytorch"] / side["ours"] for side in (one, two)]
    said = [f"**{r:.1f} ×**" if r >= 1 else f"PyTorch {1 / r:.1f} ×" for r in ratios]
    return f"| {cells[0]} | {cells[1]} | {said[0]} | {cells[2]} | {cells[3]} | {said[1]} |"


def page(results, accuracy, took):
    """Return the text of training.md."""
    pairs = list(zip(results[0]["rows"], results[1]["rows"], strict=True))
    main = [side["rows"][0]["pytorch"] / side["rows"][0]["ours"] for side in results]
    lines = [
        "# Speed of training",
        "",
        "`make bench` writes this page: milliseconds an epoch of the digits (1797 examples, "
        "mini-batches of 64, Adam, float32), here and in PyTorch eager on the CPU, in the same "
        f"process, taking turns; medians of {TURNS} epochs. NumPy {results[0]['numpy']}, PyTorch "
        f"{results[0]['torch']}, Python {platform.python_version()}, {os.cpu_count()} cores.",
        "",
        f"The network 64–64–32–10 with batch norm: **{main[0]:.1f} × faster than PyTorch** with "
        f"one thread, **{main[1]:.1f} ×** with two (target: at least 3). Where PyTorch is faster, "
        "the table says so.",
        "",
        f"Test accuracy on 360 digits kept apart: {accuracy:.1%} after 30 epochs, {took:.2f} s "
        "(target: 97 % in under 5 s).",
        "",
        "| network | here, 1 thread | PyTorch, 1 thread | faster | here, 2 | PyTorch, 2 | faster |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for one, two in pairs:
        norm = ", batch norm" if one["norm"] else ""
        name = {"main": "64–64–32–10", "plain": "64–64–32–10"}.get(one["name"], one["name"])
        lines.append(f"| {name}{norm} {row_text(one, two)}")
    lines += [
        "",
        "Width: two hidden layers of that width. Depth: layers, all of width 64.",
        "",
        "![Growth with examples, width and depth](training.png)",
    ]
    return "\n".join(lines) + "\n"


def draw(results):
    """Plot growth with examples, width and depth, one thread."""
    from matplotlib.figure import Figure

    fig = Figure(figsize=(9, 3), layout="constrained")
    for ax, kind in zip(fig.subplots(1, 3), ("examples", "width", "depth"), strict=True):
        rows = [r for r in results[0]["rows"] if r["name"].startswith(kind) and r["norm"]]
        at = [int(row["name"].split()[1]) for row in rows]
        for who, colour, style in (("ours", "#0072B2", "o-"), ("pytorch", "#D55E00", "s--")):
            label = {"ours": "here", "pytorch": "PyTorch"}[who]
            ax.loglog(at, [row[who] for row in rows], style, color=colour, label=label)
        ax.set(xlabel=kind, title=f"growth with {kind}")
        ax.set_xticks(at, [str(x) for x in at], minor=False)
        ax.minorticks_off()
        ax.grid(alpha=0.3)
    fig.axes[0].set_ylabel("ms an epoch, batch norm, 1 thread")
    fig.axes[0].legend(frameon=False)
    fig.savefig(FOLDER / "training.png", dpi=90)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--worker", type=int, metavar="THREADS", help="measure and print JSON")
    parser.add_argument("--python", default=sys.executable, help="a Python that has PyTorch")
    options = parser.parse_args()
    if options.worker:
        print(json.dumps(measure(options.worker)))
        return
    results = [run_worker(options.python, threads) for threads in (1, 2)]
    text = page(results, *accuracy_in_time())
    (FOLDER / "training.md").write_text(text, encoding="utf-8")
    draw(results)
    print(text)


if __name__ == "__main__":
    main()
