"""Numbers in sentences."""


def many(n, thing):
    """Return a number of things, which are one or several.

    >>> many(1, "epoch"), many(2, "mini-batch"), many(3, "family")
    ('1 epoch', '2 mini-batches', '3 families')
    """
    if n == 1:
        return f"1 {thing}"
    if thing.endswith("family"):
        thing = thing.removesuffix("y") + "ie"
    return f"{n:.12g} {thing}{'es' if thing.endswith('batch') else 's'}"
