"""The lecture's program in tinygrad: what is put off is compiled with clang when it is needed."""

from tinygrad import Context, Tensor, nn

w = Tensor([0.0])
optimizer = nn.optim.SGD([w], lr=0.01)


def step():
    """Take one step of gradient descent."""
    with Context(TRAINING=1):
        optimizer.zero_grad()
        cost = (w**2 - 10 * w + 25).sum()
        cost.backward()
        optimizer.step()


def value():
    """Return w as a number."""
    return w.item()
