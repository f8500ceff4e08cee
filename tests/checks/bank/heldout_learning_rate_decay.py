"""More answers to the exercises of learning_rate_decay, written from their texts alone."""

from tests.checks.bank import right, wrong


@wrong("learning_rate_decay.inverse_time", "epoch from 1", named="counts-from-1")
def from_1(alpha0, decay_rate, epoch):
    return alpha0 / (1 + decay_rate * (epoch + 1))


@wrong("learning_rate_decay.inverse_time", "precedence", named="brackets-missing")
def precedence(alpha0, decay_rate, epoch):
    return alpha0 / 1 + decay_rate * epoch


@wrong("learning_rate_decay.inverse_time", "exponential", named="exponential")
def exponential(alpha0, decay_rate, epoch):
    return alpha0 * decay_rate**epoch


@wrong("learning_rate_decay.inverse_time", "power of the epoch", named="exponential")
def power(alpha0, decay_rate, epoch):
    return alpha0 / (1 + decay_rate) ** epoch


@wrong("learning_rate_decay.inverse_time", "no 1", named="forgot-the-1")
def no_one(alpha0, decay_rate, epoch):
    return alpha0 / max(decay_rate * epoch, 1)


@wrong("learning_rate_decay.inverse_time", "root", named="root")
def root(alpha0, decay_rate, epoch):
    return alpha0 / (1 + decay_rate * epoch) ** 0.5


@wrong("learning_rate_decay.inverse_time", "linear", named="linear")
def linear(alpha0, decay_rate, epoch):
    return alpha0 * (1 - decay_rate * epoch)


@wrong("learning_rate_decay.inverse_time", "floored", named="limited")
def floored(alpha0, decay_rate, epoch):
    return max(alpha0 / (1 + decay_rate * epoch), 0.01)


@right("learning_rate_decay.inverse_time")
def inverse_power(alpha0, decay_rate, epoch):
    return alpha0 * (1 + epoch * decay_rate) ** -1


@wrong("learning_rate_decay.staircase", "no floor", named="slope-for-stairs")
def no_floor(alpha0, factor, every, epoch):
    return alpha0 * factor ** (epoch / every)


@wrong("learning_rate_decay.staircase", "precedence", named="precedence")
def brackets(alpha0, factor, every, epoch):
    return alpha0 * factor**epoch // every


@wrong("learning_rate_decay.staircase", "remainder", named="remainder")
def remainder(alpha0, factor, every, epoch):
    return alpha0 * factor ** (epoch % every)


@wrong("learning_rate_decay.staircase", "one stair early", named="one-epoch-early")
def early(alpha0, factor, every, epoch):
    return alpha0 * factor ** ((epoch + 1) // every)


@wrong("learning_rate_decay.staircase", "one stair late", named="one-epoch-late")
def late(alpha0, factor, every, epoch):
    return alpha0 * factor ** ((epoch - 1) // every if epoch else 0)


@wrong("learning_rate_decay.staircase", "rounded", named="nearest-stair")
def rounded(alpha0, factor, every, epoch):
    return alpha0 * factor ** round(epoch / every)


@wrong("learning_rate_decay.staircase", "times", named="not-a-power")
def times(alpha0, factor, every, epoch):
    return alpha0 * factor * (epoch // every)


@wrong("learning_rate_decay.staircase", "one stair only", named="too-few-stairs")
def one_stair(alpha0, factor, every, epoch):
    return alpha0 if epoch < every else alpha0 * factor


@right("learning_rate_decay.staircase")
def in_a_loop(alpha0, factor, every, epoch):
    for e in range(1, epoch + 1):
        alpha0 = alpha0 * factor if e % every == 0 else alpha0
    return alpha0
