"""Numbers in sentences."""

import re


def many(n, thing):
    """Return a number of things, which are one or several.

    >>> many(1, "epoch"), many(2, "mini-batch"), many(3, "family"), many(4.5, "day")
    ('1 epoch', '2 mini-batches', '3 families', '4.5 days')
    """
    if n == 1:
        return f"1 {thing}"
    several = re.sub(r"(?<![aeiou])y$", "ie", thing)  # days, families
    return f"{n:.12g} {several}{'es' if thing.endswith('tch') else 's'}"


def percent(share, digits=0):
    """Return a share in percent, with a blank before the sign, as on every axis and in the text.

    >>> percent(0.95), percent(0.0444, 1)
    ('95 %', '4.4 %')
    """
    return f"{share:.{digits}%}".replace("%", " %")


def typeset(number):
    """Return a number that Python wrote as pictures do: a true minus, no zero in the exponent.

    >>> typeset("1e-08"), typeset("2.4e-05"), typeset("1e+30"), typeset("-0.5"), typeset("1.0e+00")
    ('1e−8', '2.4e−5', '1e30', '−0.5', '1.0')
    """
    number = re.sub(r"e[+-]0+(?!\d)", "", number)
    return re.sub(r"e([+-])0*", lambda sign: "e" + sign[1].strip("+"), number).replace("-", "−")
