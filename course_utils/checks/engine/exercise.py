"""An exercise as data: what is right, the cases that tell, and the mistakes that are known.

::

    mean = Exercise(
        "``mean(X)``: the mean of each column of `X`, shape (m,)",
        right=lambda X: X.mean(axis=0),
        cases=(Case((np.array([[1.0, 2.0], [5.0, 9.0]]),), says="two units, two examples"),),
        mistakes=(
            Mistake("sum", "That is the sum. What makes a sum a mean?", lambda X: X.sum(axis=0)),
        ),
        draw=lambda rng: Case((rng.normal(size=(3, 4)),), says="numbers drawn just now"),
        stub=Stub(_stub, "Begin with one column."),
    )

``mean(function)`` then judges a reader's function. `diagnosis` says how, and what each part does.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps

from course_utils.checks.engine.diagnosis import diagnose
from course_utils.checks.engine.running import one_wait
from course_utils.checks.engine.symptoms import watched
from course_utils.checks.engine.trial import Stub
from course_utils.support import progress


@dataclass(frozen=True)
class Exercise:
    """An exercise; called with a reader's function it returns the `Verdict`.

    Attributes
    ----------
    task : str
        What the function should be called, be given and return.
    right, cases, mistakes, draw, stub, names, invariants, measure, spare, rtol, atol, seconds
        As for `diagnosis.diagnose`.
    watch, symptoms, run_by_run
        As `symptoms` says: where right answers differ, what is compared is what they do.
    after : sequence of callable
        ``after(exercise, function, verdict) -> Verdict``, each with the last one's verdict: for
        what no case tells.
    """

    task: str
    right: Callable
    cases: tuple
    mistakes: tuple = ()
    draw: Callable | None = None
    stub: Stub | None = None
    names: tuple = ()
    invariants: tuple = ()
    measure: Callable | None = None
    spare: Mapping[int, str] = field(default_factory=dict)
    rtol: float = 1e-4
    atol: float = 1e-6
    seconds: float = 5.0
    after: tuple = ()
    watch: Callable | None = None
    symptoms: tuple = ()
    run_by_run: bool = False

    def __post_init__(self):
        object.__setattr__(self, "__doc__", f"Check {self.task}.")
        object.__setattr__(self, "__name__", self.task.strip("`").partition("(")[0])

    def __call__(self, function):
        """Return the verdict on a reader's function."""
        with one_wait(self.seconds):
            verdict = self.compared(function)
            for further in self.after:
                verdict = further(self, function, verdict)
        progress.record("exercise", self.__name__, verdict.passed)
        return verdict

    def compared(self, function, mistakes=None):
        """Return the verdict by the cases alone, with these mistakes or with its own."""
        if self.watch is not None:
            return watched(self, function)
        return diagnose(
            function,
            self.right,
            self.cases,
            self.mistakes if mistakes is None else mistakes,
            draw=self.draw,
            stub=self.stub,
            names=self.names,
            invariants=self.invariants,
            measure=self.measure,
            spare=self.spare,
            rtol=self.rtol,
            atol=self.atol,
            seconds=self.seconds,
        )


def noted(check):
    """Note the verdicts of an exercise that is no function to judge, as an `Exercise` does."""

    @wraps(check)
    def noting(*args, **kwargs):
        verdict = check(*args, **kwargs)
        progress.record("exercise", check.__name__, verdict.passed)
        return verdict

    return noting
