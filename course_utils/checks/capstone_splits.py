"""What is wrong with a division into training, validation and test set, told by what is seen.

Who lands where is chance, so that no division can be compared number by number. It is made many
times instead, each time with a generator of its own, and once more with the first one's seed.
`SYMPTOMS` are tried in their order; the first that is seen is told. Each of them is true of every
division that shows it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from course_utils.checks.engine.symptoms import Symptom, any_run

_TIMES = 128  # so often that who is never in a set is kept out of it, not unlucky
_NAMES = ("training", "validation", "test")


def watch(function, m, rng):
    """Divide m examples again and again, and the first time once more."""
    seeds = rng.integers(2**30, size=_TIMES).tolist()
    made = [function(m, np.random.default_rng(seed)) for seed in (*seeds, seeds[0])]
    if any(value is None for value in made):
        return None
    *divisions, again = map(_sets, made)
    return Split(m, divisions, again)


def _sets(value):
    """Return the parts of an answer as arrays, ``[]`` if it has none, or names for them."""
    if isinstance(value, Mapping):
        return []
    try:
        return [np.array(part) for part in value]
    except (TypeError, ValueError):
        return []


@dataclass(frozen=True)
class Split:
    """What a reader's function made of m examples, again and again."""

    m: int
    divisions: list
    again: list

    @property
    def first(self):
        """The three sets of the first time."""
        return self.divisions[0]

    @cached_property
    def numbers(self):
        """All numbers of the first time, whatever set they are in."""
        return np.concatenate(self.first)

    @property
    def outside(self):
        """A number that is no example's."""
        return next(f"{x:g}" for x in self.numbers if not 0 <= x < self.m)

    @property
    def repeated(self):
        """How many examples come more than once within a set."""
        return sum(len(part) - len(np.unique(part)) for part in self.first)

    @property
    def missing(self):
        """How many examples are in no set."""
        return self.m - len(np.unique(self.numbers))

    @property
    def and_missing(self):
        """Say how many examples are in no set, if any."""
        return f", and {self.missing} of the {self.m} come in none" if self.missing else ""

    @property
    def sizes(self):
        """How many examples each set holds."""
        return tuple(map(len, self.first))

    @property
    def asked(self):
        """How many it should hold."""
        return self.m - 2 * (self.m // 5), self.m // 5, self.m // 5

    @property
    def left_over(self):
        """How many are left when m is divided by five."""
        return self.m % 5

    def shared(self, a, b):
        """Return how many examples two sets have in common."""
        return len(np.intersect1d(self.first[a], self.first[b]))

    @property
    def overlap(self):
        """Say which two sets share examples, and how many."""
        a, b = next((a, b) for a, b in _PAIRS if self.shared(a, b))
        many = self.shared(a, b)
        verb = "is" if many == 1 else "are"
        return f"{many} of the {self.m} examples {verb} both in {_NAMES[a]} and in {_NAMES[b]}"

    @cached_property
    def places(self):
        """In which set each example was, time by time, as an array (times, m)."""
        return np.array([_place(division, self.m) for division in self.divisions])

    @property
    def constant_set(self):
        """The name of a set that is the same every time."""
        return _NAMES[_constant(self)[0]]

    @property
    def kept(self):
        """Say which example is always, or never, in a set."""
        return _kept(self)


_PAIRS = ((1, 2), (0, 2), (0, 1))


def _place(division, m):
    places = np.full(m, -1)
    for name, part in enumerate(division):
        places[part.astype(int)] = name
    return places


# The form of what came back


def _not_three(e):
    return any(len(division) != 3 for division in (*e.divisions, e.again))


def _sizes_only(e):
    return [part.tolist() for part in e.first] == list(e.asked)


def _any_part(seen):
    return lambda e: any(seen(part) for part in e.first)


def _no_numbers(part):
    return part.dtype.kind not in "iuf"


def _fractions(e):
    return any((part % 1 != 0).any() for part in e.first)


# Which examples


def _from_one(e):
    return e.numbers.min() == 1 and e.numbers.max() == e.m


def _out_of_range(e):
    return any(((p < 0) | (p >= e.m)).any() for d in (*e.divisions, e.again) for p in d)


def _same_members(a, b):
    return len(a) == len(b) and np.array_equal(np.sort(a), np.sort(b))


def _remainder_lost(e):
    fifth = e.m // 5
    return e.missing == e.left_over > 0 and sorted(e.sizes) == [fifth, fifth, 3 * fifth]


def _remainder_elsewhere(e):
    more = np.subtract(e.sizes, e.asked)
    return e.left_over > 1 and more[0] == -e.left_over and e.left_over in more[1:]


def _exchanged(e):
    return e.sizes != e.asked and sorted(e.sizes) == sorted(e.asked)


def _sized(of):
    """Return what sees that validation and test hold ``of(m)`` examples each."""
    return lambda e: e.sizes[1:] == (of(e.m), of(e.m)) != e.asked[1:]


def _thirds(e):
    return max(e.sizes) - min(e.sizes) <= e.m % 3


def _by_chance(e):
    return len({tuple(map(len, division)) for division in e.divisions}) > 1


# At random


def _constant(e):
    return [s for s in range(3) if ((e.places == s) == (e.places[0] == s)).all()]


def _always_the_same(e):
    return len(_constant(e)) == 3


def _in_one_order(e):
    return all(np.array_equal(a, b) for d in e.divisions for a, b in zip(d, e.first, strict=True))


def _even_steps(e, most=np.inf):
    steps = [set(np.diff(np.sort(part)).tolist()) for part in e.first[1:]]
    return all(len(some) <= 1 and max(some, default=0) <= most for some in steps)


def _not_from_rng(e):
    return not all(map(_same_members, e.first, e.again))


def _neighbours_kept(e):
    together = e.places == np.roll(e.places, 1, axis=1)
    return together.mean() > 0.6  # by chance it is 0.44


def _kept(e):
    for s, name in enumerate(_NAMES):
        share = (e.places == s).mean(axis=0)
        for word, bound in (("always", 1), ("never", 0)):
            if (there := np.flatnonzero(share == bound)).size:
                return f"example {there[0]} is {word} in the {name} set"
    return ""


_FORM = "Look at what you return: three arrays that hold numbers of examples."
_RANGE = "Look at the least and at the greatest number in your three sets."
_TWICE = "Count how often each example occurs in your three sets together."
_SIZES = "Print how many examples each of your three sets holds."
_CHANCE = "Call your function with several generators, and print the same set of each."
_CASE = " The case: {found.m} examples."
_SYMPTOMS = (
    Symptom(
        "sizes-only",
        "You return how many examples each set holds. Return which ones.",
        any_run(lambda e: len(e.first) == 3 and _sizes_only(e)),
        look=_FORM,
    ),
    Symptom(
        "not-three-sets",
        "What you return is not a row of three arrays: one for training, "
        "one for validation, one for the test.",
        any_run(_not_three),
        look=_FORM,
    ),
    Symptom(
        "masks",
        "You return True and False for every example. Return the "
        "numbers of those that are in the set.",
        any_run(_any_part(lambda p: p.dtype.kind == "b")),
        look=_FORM,
    ),
    Symptom(
        "no-numbers",
        "One of your sets holds something other than numbers.",
        any_run(_any_part(_no_numbers)),
        look=_FORM,
    ),
    Symptom(
        "not-flat",
        "One of your sets is not a one-dimensional array: print the shapes.",
        any_run(_any_part(lambda p: p.ndim != 1)),
        look=_FORM,
    ),
    Symptom(
        "fractions",
        "One of your sets holds fractions. The number of an example is a "
        "whole one: it says which example it is.",
        any_run(_fractions),
        look=_FORM,
    ),
    Symptom(
        "empty-set", "One of your sets is empty.", any_run(lambda e: 0 in e.sizes), look=_SIZES
    ),
    Symptom(
        "only-example-0",
        "There is no other example than 0 in your sets.",
        any_run(lambda e: not e.numbers.any()),
        look=_TWICE,
    ),
    Symptom(
        "counts-from-one",
        "Your numbers run from 1 to m. The first example is number "
        "0, and there is none with the number m.",
        any_run(_from_one),
        look=_RANGE,
    ),
    Symptom(
        "out-of-range",
        "There are numbers in your sets that no example has, such as "
        "{found.outside}: of {found.m} examples the last has the number m − 1.",
        any_run(lambda e: not 0 <= e.numbers.min() <= e.numbers.max() < e.m),
        look=_RANGE,
    ),
    Symptom(
        "out-of-range",
        "With some generators there are numbers in your sets that no example has.",
        any_run(_out_of_range),
        look=_RANGE,
    ),
    Symptom(
        "with-replacement",
        "Examples come more than once within one set{found.and_missing}. Each should come just "
        "once.",
        any_run(lambda e: e.repeated > 0),
        look=_TWICE,
    ),
    Symptom(
        "test-set-used-twice",
        "Validation and test are the same examples. Whatever is "
        "chosen by them is then judged by them, too.",
        any_run(lambda e: _same_members(e.first[1], e.first[2])),
        look=_TWICE,
    ),
    Symptom(
        "all-in-training",
        "Training has all {found.m} examples, those of the other two sets among them.",
        any_run(lambda e: e.sizes[0] == e.m),
        look=_TWICE,
    ),
    Symptom(
        "test-in-training",
        "All test examples are in training as well: the network will know them by heart.",
        any_run(lambda e: e.shared(0, 2) == e.sizes[2]),
        look=_TWICE,
    ),
    Symptom(
        "validation-in-training",
        "All validation examples are in training as well: whoever overfits is then chosen.",
        any_run(lambda e: e.shared(0, 1) == e.sizes[1]),
        look=_TWICE,
    ),
    Symptom(
        "overlapping",
        "{found.overlap}. Each should be in one set only: are your sets parts of the same new "
        "order?",
        any_run(lambda e: any(e.shared(a, b) for a, b in _PAIRS)),
        look=_TWICE,
    ),
    Symptom(
        "remainder-lost",
        "In no set: {found.missing} of the {found.m} examples, just as many "
        "as are left over when m is divided by five. Which set should have them?",
        any_run(_remainder_lost),
        look=_SIZES,
    ),
    Symptom(
        "loses-examples",
        "In no set: {found.missing} of the {found.m} examples. Are they in your order, and does "
        "each of your sets begin where another ends?",
        any_run(lambda e: e.missing > 0),
        look=_SIZES,
    ),
    Symptom(
        "parts-exchanged",
        "The sizes are right, their order is not: your sets hold "
        "{found.sizes}, and should hold training, validation, test: {found.asked}.",
        any_run(_exchanged),
        look=_SIZES,
    ),
    Symptom(
        "rounded-up",
        "Of {found.m} examples, your validation and test hold {found.sizes[1]} "
        "each: a fifth, rounded up. The text says m // 5.",
        any_run(_sized(lambda m: -(-m // 5))),
        look=_SIZES,
    ),
    Symptom(
        "tenths",
        "Your validation and test hold a tenth each. They should hold a fifth.",
        any_run(_sized(lambda m: m // 10)),
        look=_SIZES,
    ),
    Symptom(
        "thirds",
        "Your three sets are about equally large, {found.sizes}. They should hold {found.asked}.",
        any_run(_thirds),
        look=_SIZES,
    ),
    Symptom(
        "sizes-by-chance",
        "How many examples your sets hold is left to chance. The text says how many.",
        any_run(_by_chance),
        look=_SIZES,
    ),
    Symptom(
        "remainder-elsewhere",
        "The {found.left_over} examples that are left over when "
        "{found.m} are divided by five are in validation or in the test. Which set should have "
        "them?",
        any_run(_remainder_elsewhere),
        look=_SIZES,
    ),
    Symptom(
        "wrong-sizes",
        "Of {found.m} examples your training, validation and test hold "
        "{found.sizes}. They should hold {found.asked}.",
        any_run(lambda e: e.sizes != e.asked),
        look=_SIZES,
    ),
    Symptom(
        "shuffled-within-the-sets",
        "You shuffle, but who is in which set was settled "
        "before: by the place in the file. It is the same whatever the generator.",
        any_run(lambda e: _always_the_same(e) and not _in_one_order(e)),
        look=_CHANCE,
    ),
    Symptom(
        "not-shuffled",
        "Nothing is shuffled: who is in which set is settled by the place in the file. The digits "
        "seem to lie there writer after writer, so each set would be in other handwriting.",
        any_run(lambda e: _always_the_same(e) and _even_steps(e, most=1)),
        look=_CHANCE,
    ),
    Symptom(
        "not-shuffled",
        "Nothing is shuffled: who is in which set is settled by the place in the file. Chance "
        "should decide.",
        any_run(lambda e: _always_the_same(e) and _even_steps(e)),
        look=_CHANCE,
    ),
    Symptom(
        "seed-of-its-own",
        "Whatever rng comes in, the same division comes out: it does not depend on rng.",
        any_run(_always_the_same),
        look=_CHANCE,
    ),
    Symptom(
        "set-not-random",
        "Your {found.constant_set} set has the same examples every "
        "time, whatever the generator. Chance should decide on all three.",
        any_run(lambda e: bool(_constant(e))),
        look=_CHANCE,
    ),
    Symptom(
        "not-repeatable",
        "Two generators of one seed gave two divisions: your random numbers "
        "do not all come from rng, so nobody could run it again.",
        any_run(_not_from_rng),
        look="Call your function twice, with two generators of one seed: is the division the same?",
    ),
    Symptom(
        "partly-random",
        "Called with 128 different generators, yours shows that "
        "chance does not decide on everyone: {found.kept}.",
        any_run(lambda e: bool(_kept(e))),
        look=_CHANCE,
    ),
    Symptom(
        "neighbours-together",
        "Neighbours in the file mostly land in the same set: "
        "you move whole stretches. Every example should move by itself.",
        any_run(_neighbours_kept),
        look=_CHANCE,
    ),
)
SYMPTOMS = tuple(replace(symptom, hint=symptom.hint + _CASE) for symptom in _SYMPTOMS)
