"""Answers about cost, gradient and labels, written from the exercises' texts alone."""

import numpy as np

from course_utils import softmax
from tests.checks.bank import right, wrong


def logs(z):
    z = z - z.max(axis=0)
    return z - np.log(np.exp(z).sum(axis=0))


@wrong("training_softmax.cost", "minus forgotten", named="minus-forgotten")
def no_minus(z, y):
    return (y * logs(z)).sum() / z.shape[1]


@wrong("training_softmax.cost", "sum, not mean", named="sum-for-mean")
def a_sum(z, y):
    return -(y * logs(z)).sum()


@wrong("training_softmax.cost", "mean over classes, too", named="divided-by-all-entries")
def mean_of_all(z, y):
    return -(y * logs(z)).mean()


@wrong("training_softmax.cost", "divided by the classes", named="divided-by-classes")
def by_classes(z, y):
    return -(y * logs(z)).sum() / len(z)


@wrong("training_softmax.cost", "log of softmax plus epsilon", named="kept-away-from-0")
def with_epsilon(z, y):
    return -(y * np.log(softmax.softmax(z) + 1e-8)).sum() / z.shape[1]


@wrong("training_softmax.cost", "log of softmax: infinite", named="log-of-zero")
def infinite(z, y):
    with np.errstate(all="ignore"):
        return -(y * np.log(softmax.softmax(z))).sum() / z.shape[1]


@wrong("training_softmax.cost", "one loss an example", named="loss-of-each-example")
def per_example(z, y):
    return -(y * logs(z)).sum(axis=0)


@wrong("training_softmax.cost", "z taken for shares", named="log-of-logits")
def logs_of_logits(z, y):
    with np.errstate(all="ignore"):
        return -(y * np.log(z)).sum() / z.shape[1]


@wrong(
    "training_softmax.cost", "binary cross-entropy over all classes", named="logistic-terms-added"
)
def binary(z, y):
    a = np.clip(softmax.softmax(z), 1e-12, 1 - 1e-12)
    return -(y * np.log(a) + (1 - y) * np.log(1 - a)).sum() / z.shape[1]


@wrong("training_softmax.cost", "logarithm to base 2", named="log2")
def in_bits(z, y):
    return -(y * logs(z)).sum() / z.shape[1] / np.log(2)


@wrong("training_softmax.cost", "squared error", named="squared-error")
def squares(z, y):
    return ((softmax.softmax(z) - y) ** 2).sum() / z.shape[1]


@wrong("training_softmax.cost", "softmax over the examples", named="softmax-over-examples")
def softmax_of_rows(z, y):
    return -(y * logs(z.T).T).sum() / z.shape[1]


@wrong("training_softmax.cost", "maximum of the whole array", named="one-max-for-all")
def one_maximum(z, y):
    z = z - z.max()
    with np.errstate(all="ignore"):
        return -(y * (z - np.log(np.exp(z).sum(axis=0)))).sum() / z.shape[1]


@wrong("training_softmax.cost", "maximum not added back to log-sum-exp", named="taken-off-once")
def maximum_lost(z, y):
    s = np.log(np.exp(z - z.max(axis=0)).sum(axis=0))
    return (s - (y * z).sum(axis=0)).mean()


@wrong("training_softmax.cost", "log of the exp's sum left out", named="lead-of-the-winner")
def no_partition(z, y):
    return -(y * (z - z.max(axis=0))).sum() / z.shape[1]


@right("training_softmax.cost")
def logaddexp(z, y):
    return np.mean(np.logaddexp.reduce(z, axis=0) - np.sum(y * z, axis=0))


@right("training_softmax.cost")
def by_choice(z, y):
    return float(-logs(z)[y.argmax(axis=0), np.arange(z.shape[1])].mean())


@right("training_softmax.cost")
def by_loop(z, y):
    J = 0.0
    for i in range(z.shape[1]):
        gap = z[:, i] - z[:, i] @ y[:, i]
        J += gap.max() + np.log(np.exp(gap - gap.max()).sum())
    return J / z.shape[1]


@right("training_softmax.cost")
def by_package(z, y):
    return softmax.cost(z, y)


@right("training_softmax.cost")
def by_einsum(z, y):
    return np.array(-np.einsum("cm,cm->", y, logs(z)) / z.shape[1])


@wrong("training_softmax.gradient", "not divided by m", named="not-divided-by-m")
def undivided(z, y):
    return softmax.softmax(z) - y


@wrong("training_softmax.gradient", "sign", named="turned-round")
def negative(z, y):
    return (y - softmax.softmax(z)) / z.shape[1]


@wrong("training_softmax.gradient", "precedence: only y divided", named="only-labels-divided")
def only_y_divided(z, y):
    return softmax.softmax(z) - y / z.shape[1]


@wrong("training_softmax.gradient", "divided by the classes", named="divided-by-classes")
def divided_by_classes(z, y):
    return (softmax.softmax(z) - y) / len(z)


@wrong("training_softmax.gradient", "divided by everything", named="divided-by-all-entries")
def divided_by_size(z, y):
    return (softmax.softmax(z) - y) / z.size


@wrong("training_softmax.gradient", "averaged over the examples", named="summed")
def averaged(z, y):
    return (softmax.softmax(z) - y).mean(axis=1, keepdims=True)


@wrong("training_softmax.gradient", "derivative of sigmoid in addition", named="times-the-slope")
def with_derivative(z, y):
    a = softmax.softmax(z)
    return (a - y) * a * (1 - a) / z.shape[1]


@wrong("training_softmax.gradient", "gradient with respect to ŷ", named="with-respect-to-y-hat")
def by_y_hat(z, y):
    return -y / (softmax.softmax(z) + 1e-12) / z.shape[1]


@wrong("training_softmax.gradient", "z taken for ŷ", named="logits-for-probabilities")
def logits_for_shares(z, y):
    return (z - y) / z.shape[1]


@wrong("training_softmax.gradient", "naive exp", named="overflows")
def naive_exp(z, y):
    with np.errstate(all="ignore"):
        t = np.exp(z)
        return (t / t.sum(axis=0) - y) / z.shape[1]


@wrong("training_softmax.gradient", "softmax over examples", named="softmax-over-examples")
def along_rows(z, y):
    return (softmax.softmax(z.T).T - y) / z.shape[1]


@wrong("training_softmax.gradient", "only the right class's row", named="only-the-right-class")
def right_class_only(z, y):
    return y * (softmax.softmax(z) - 1) / z.shape[1]


@wrong("training_softmax.gradient", "y overwritten", named="changes-its-input")
def y_overwritten(z, y):
    y -= softmax.softmax(z)
    y /= -z.shape[1]
    return y


@wrong("training_softmax.gradient", "transposed", named="transposed")
def transposed(z, y):
    return ((softmax.softmax(z) - y) / z.shape[1]).T


@right("training_softmax.gradient")
def minus_one_at_label(z, y):
    dz = softmax.softmax(z)
    dz[y.argmax(axis=0), np.arange(z.shape[1])] -= 1
    return dz / z.shape[1]


@right("training_softmax.gradient")
def through_exp_of_logs(z, y):
    return np.true_divide(np.exp(logs(z)) - y, y.shape[1])


@right("training_softmax.gradient")
def with_jacobian(z, y):
    out = np.zeros(z.shape)
    for i, a in enumerate(softmax.softmax(z).T):
        out[:, i] = a * y[:, i].sum() - y[:, i]
    return out / z.shape[1]


@right("training_softmax.gradient")
def package_gradient(z, y):
    return softmax.cost_gradient(z, y)


@wrong("training_softmax.one_hot", "transposed", named="rows-are-examples")
def one_hot_rows(labels, classes):
    return np.eye(classes)[labels]


@wrong("training_softmax.one_hot", "classes from the labels", named="class-forgotten")
def classes_of_labels(labels, classes):
    return np.eye(labels.max() + 1)[:, labels]


@wrong("training_softmax.one_hot", "labels from 1", named="one-row-off")
def from_one(labels, classes):
    y = np.zeros((classes, len(labels)))
    y[labels - 1, np.arange(len(labels))] = 1
    return y


@wrong("training_softmax.one_hot", "whole rows filled", named="whole-rows")
def whole_rows(labels, classes):
    y = np.zeros((classes, len(labels)))
    y[labels] = 1
    return y


@wrong("training_softmax.one_hot", "the label in place of the 1", named="class-numbers-inside")
def label_for_one(labels, classes):
    y = np.zeros((classes, len(labels)))
    y[labels, np.arange(len(labels))] = labels
    return y


@wrong("training_softmax.one_hot", "reshaped, not transposed", named="reshaped")
def reshaped(labels, classes):
    return np.eye(classes)[labels].reshape(classes, -1)


@wrong("training_softmax.one_hot", "all seven times too large", named="factor")
def seven_times(labels, classes):
    y = np.zeros((classes, len(labels)))
    y[labels, np.arange(len(labels))] = 1
    return y * 7


@wrong("training_softmax.one_hot", "last example forgotten", named="last-example-missing")
def last_forgotten(labels, classes):
    y = np.zeros((classes, len(labels)))
    for i in range(len(labels) - 1):
        y[labels[i], i] = 1
    return y


@wrong("training_softmax.one_hot", "one class short", named="class-left-out")
def one_short(labels, classes):
    y = np.zeros((classes, len(labels)))
    for c in range(classes - 1):
        y[c] = labels == c
    return y


@wrong("training_softmax.one_hot", "unique labels only", named="class-forgotten")
def unique_labels(labels, classes):
    return (np.unique(labels)[:, None] == labels).astype(float)


@wrong("training_softmax.one_hot", "first class skipped", named="class-left-out")
def first_skipped(labels, classes):
    y = np.zeros((classes, len(labels)))
    for i, label in enumerate(labels):
        if label:
            y[label, i] = 1
    return y


@wrong("training_softmax.one_hot", "all up to the label (ordinal)", named="ones-beyond-the-label")
def ordinal(labels, classes):
    return (np.arange(classes)[:, None] <= labels).astype(float)


@wrong("training_softmax.one_hot", "0 for the right, 1 for the others", named="turned-over")
def inverted(labels, classes):
    return 1 - np.eye(classes)[:, labels]


@wrong("training_softmax.one_hot", "ten classes always", named="own-number-of-classes")
def ten(labels, classes):
    return np.eye(10)[:, labels]


@right("training_softmax.one_hot")
def compared(labels, classes):
    return (np.arange(classes).reshape(-1, 1) == labels) * 1


@right("training_softmax.one_hot")
def loop_over_labels(labels, classes):
    y = np.zeros((classes, len(labels)))
    for i, label in enumerate(labels):
        y[label, i] = 1
    return y


@right("training_softmax.one_hot")
def rows_transposed(labels, classes):
    return np.eye(classes, dtype=bool)[labels].T


@right("training_softmax.one_hot")
def a_list_of_lists(labels, classes):
    return [[float(label == c) for label in labels] for c in range(classes)]


@right("training_softmax.one_hot")
def flat_index(labels, classes):
    y = np.zeros(classes * len(labels))
    y[labels * len(labels) + np.arange(len(labels))] = 1
    return y.reshape(classes, -1)
