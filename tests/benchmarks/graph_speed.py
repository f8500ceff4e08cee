"""Time of a step on this course's graph, in TensorFlow's graph mode, and with autograd.

``python -m tests.benchmarks.graph_speed`` measures and writes ``graph.md``. TensorFlow and autograd
run in the environment of ``make frameworks``, each measurement in a process of its own, in turns.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import time
from pathlib import Path

import numpy as np

from course_utils import datasets, softmax
from course_utils.frameworks import run

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
TURNS, STEPS, SIZE, ALPHA = 5, 1000, 64, 0.5
NAMES = {
    "graph": "this course's graph",
    "tensorflow": "TensorFlow, graph mode",
    "autograd": "autograd",
}
CASES = {"program": "(w − 5)²", "digits": "softmax classifier, 64 digits"}


def one_batch():
    """Return a mini-batch of digits and one-hot labels, a row an example."""
    X, labels = datasets.digits()
    return X.T[:SIZE].astype(np.float32), softmax.one_hot(labels, 10).T[:SIZE].astype(np.float32)


def step_of_a_graph(tf, case):
    """Return a function that takes a step, and one that says where it got; TensorFlow 1's names."""
    X, Y = one_batch()
    if case == "program":
        w = tf.Variable(0, dtype=tf.float32)
        cost, fed = tf.add(tf.add(w**2, tf.multiply(-10.0, w)), 25), {}
    else:
        x, y = (tf.placeholder(tf.float32, [None, n]) for n in (64, 10))
        w = tf.Variable(np.zeros((64, 10), np.float32))
        loss = tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=tf.matmul(x, w))
        cost, fed = tf.reduce_mean(loss), {x: X, y: Y}
    alpha = 0.01 if case == "program" else ALPHA
    train = tf.train.GradientDescentOptimizer(alpha).minimize(cost)
    session = tf.Session()
    session.run(tf.global_variables_initializer())
    return lambda: session.run(train, feed_dict=fed), lambda: session.run(cost, feed_dict=fed)


def step_of_autograd(case):
    """Return a function that takes a step, and one that says where it got."""
    import autograd.numpy as anp
    from autograd import grad

    X, Y = one_batch()

    def softmax_cost(W):
        z = anp.dot(X, W)
        z = z - anp.max(z, axis=1, keepdims=True)
        log_p = z - anp.log(anp.sum(anp.exp(z), axis=1, keepdims=True))
        return -anp.sum(Y * log_p) / SIZE

    start, cost, alpha = np.zeros((64, 10), np.float32), softmax_cost, np.float32(ALPHA)
    if case == "program":
        start, cost, alpha = 0.0, lambda w: w**2 - 10 * w + 25, 0.01
    here, gradient = [start], grad(cost)

    def step():
        here[0] = here[0] - alpha * gradient(here[0])

    return step, lambda: cost(here[0])


def make(name, case):
    if name == "autograd":
        return step_of_autograd(case)
    if name == "graph":
        import course_utils.graph as tf
    else:
        import tensorflow.compat.v1 as tf

        tf.disable_eager_execution()
    return step_of_a_graph(tf, case)


def measure(name, case):
    """Return microseconds a step, and the cost at which it arrives."""
    step, cost = make(name, case)
    for _ in range(100):
        step()
    start = time.perf_counter()
    for _ in range(STEPS):
        step()
    return {"us": 1e6 * (time.perf_counter() - start) / STEPS, "cost": float(cost())}


def run_worker(name, case):
    module = {"graph": "course_utils"}.get(name, name)
    python = run.python_with(module)
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    environment = {**os.environ, **threads, "PYTHONPATH": str(ROOT), "TF_CPP_MIN_LOG_LEVEL": "3"}
    command = [python, "-m", "tests.benchmarks.graph_speed", "--worker", name, case]
    done = subprocess.run(
        command, env=environment, cwd=ROOT, check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def page(found):
    """Return the text of graph.md."""
    lines = [
        "# Speed of the graph",
        "",
        "`make bench` writes this page: microseconds a step, run by run, of `course_utils.graph`, "
        "of TensorFlow's graph mode (`tensorflow.compat.v1`) and of autograd with NumPy. Plain "
        f"gradient descent, one thread; median of {TURNS} processes in turns, {STEPS} steps each. "
        f"Python {platform.python_version()}, {os.cpu_count()} cores.",
        "",
        "| | " + " | ".join(CASES.values()) + " |",
        "| --- | ---: | ---: |",
    ]
    medians = {key: statistics.median(one["us"] for one in runs) for key, runs in found.items()}
    for name, text in NAMES.items():
        cells = []
        for case in CASES:
            ratio = medians[name, case] / medians["graph", case]
            said = "" if name == "graph" else f" ({ratio:.2f} × ours)"
            cells.append(f"{medians[name, case]:.0f} µs{said}")
        lines.append(f"| {text} | {' | '.join(cells)} |")
    costs = {case: {round(found[name, case][0]["cost"], 3) for name in NAMES} for case in CASES}
    same = all(len(values) == 1 for values in costs.values())
    arrive = "All arrive at the same cost." if same else f"They arrive at other costs: {costs}."
    return "\n".join([*lines, "", arrive]) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--worker", nargs=2, metavar=("NAME", "CASE"), help="measure one")
    options = parser.parse_args()
    if options.worker:
        print(json.dumps(measure(*options.worker)))
        return
    found = {(name, case): [] for name in NAMES for case in CASES}
    for _ in range(TURNS):
        for name, case in found:
            found[name, case].append(run_worker(name, case))
    text = page(found)
    (FOLDER / "graph.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
