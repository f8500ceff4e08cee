"""The first pictures: a network that learns while a point is dragged, and handwritten digits."""

import numpy as np

from course_utils import datasets
from course_utils.experiments import live
from course_utils.experiments import start_here as experiments
from course_utils.experiments.regularization import few_moons
from course_utils.figures import planes, style
from course_utils.support.handles import Handle
from course_utils.support.words import percent

LIMITS = (-1.9, 2.9, -1.5, 2.0)
_COSTS = (1e-4, 3.0)
_ASTRAY = {"x": 1.0, "y": -0.5}
_CORNER = {"x": 1.0, "y": -1.0, "added": 0}
MOMENTS = {
    "playground": {
        "one point astray": (
            {**_ASTRAY, "recipe": "06: Adam", "alpha": 0.02},
            "Blue ground reaches for the dot: 100 % of the 40 points are right, 75 % of the fresh.",
        ),
        "the dot at home": (
            {"x": -0.4, "y": 1.3, "recipe": "06: Adam", "alpha": 0.02},
            "Even with every point in its place, the boundary bends to points that noise has "
            "moved.",
        ),
        "plain descent": (
            {**_ASTRAY, "recipe": "plain descent", "alpha": 0.3},
            "600 steps bring the cost down to 0.1 only, and the dot stands on the boundary: ½.",
        ),
        "L2": (
            {**_ASTRAY, "recipe": "02: L2, λ = 1", "alpha": 0.3},
            "Large weights have a price that one point is not worth: 87 % of the fresh are right.",
        ),
        "zeros": (
            {**_ASTRAY, "recipe": "01: all weights start at 0", "alpha": 0.3},
            "Every unit of a layer gets the same gradient, here 0: the answer stays ½ everywhere.",
        ),
        "mini-batches": (
            {**_ASTRAY, "recipe": "04: mini-batches of 8", "alpha": 0.3},
            "Each step sees 8 of the 40 points, so the cost of all 40 does not fall every time.",
        ),
        "momentum, bolder": (
            {**_ASTRAY, "recipe": "06: momentum, β = 0.9", "alpha": 3.0},
            "At α = 0.3 momentum looks like plain descent. Here it ends at 0.001, while "
            "plain descent at the same α = 3 is thrown about, back above 0.1 after half of the "
            "steps.",
        ),
        "batch norm": (
            {**_ASTRAY, "recipe": "11: batch norm", "alpha": 0.3},
            "The cost falls below half of plain descent's, and yet fewer of the fresh points "
            "are right.",
        ),
    },
    "own_points": {
        "four corners": (
            {**_CORNER, "recipe": "06: Adam"},
            "No straight line tells these colours apart, and the network does.",
        ),
        "L2": (
            {**_CORNER, "recipe": "02: L2, λ = 1"},
            "The price is λ/(2m), and m is 4 instead of 40: all weights go to 0, the answer to ½.",
        ),
        "α decays": (
            {**_CORNER, "recipe": "07: mini-batches of 8, α decays"},
            "α falls with every pass, and here a pass is a single step: soon it only creeps.",
        ),
    },
}


def playground(fig):
    """A small network, trained anew at every move: its answers, and its cost while it learns."""
    plane, right = _plane_and_costs(fig)
    X, y = few_moons()
    show_answers, show_costs = planes.ground(plane, LIMITS), _costs(right)
    planes.points(plane, X[:, 1:], y[:, 1:])
    show_points = planes.moving_points(plane)

    def update(x, y, recipe, alpha):
        run = experiments.trained(x, y, recipe, alpha)
        plain = experiments.trained(x, y, experiments.PLAIN, experiments.ALPHA)
        show_answers(run.network)
        show_points((x, y, 0), ())
        show_costs(run.costs, plain.costs)
        return _told(recipe, alpha, run)

    update.handles = (Handle(plane, x="x", y="y", pressed=True),)
    return update


def own_points(fig):
    """The same network, trained on the reader's own points: its answers, and its cost."""
    plane, right = _plane_and_costs(fig)
    show_answers, show_costs = planes.ground(plane, (-2, 2, -2, 2)), _costs(right)
    planes.points(plane, *np.split(np.transpose(experiments.CORNERS), [2]))
    show_points, own = planes.moving_points(plane), live.Scattered(planes.REACH)

    def update(x, y, added, recipe):
        places, hand = own.so_far(added, (x, y))
        left = [(*place, k % 2) for k, place in enumerate(places)]
        examples = (*experiments.CORNERS, *left)
        dot = left.pop(hand)
        network, costs, share = experiments.taught(examples, recipe)
        show_answers(network)
        show_points(dot, left)
        show_costs(costs, experiments.taught(examples, experiments.PLAIN)[1])
        return (
            f"{recipe}, α = {experiments.alpha_of(recipe):g}, {len(examples)} points, the large "
            f"one {planes.place(dot)}: {_cost_in_words(costs)}; {percent(share)} of the points "
            f"right{planes.in_words(left)}"
        )

    update.forget = own.begin
    update.handles = (Handle(plane, x="x", y="y", pressed=True),)
    return update


def _plane_and_costs(fig):
    plane, right = style.axes(
        fig, 1, 2, height=3.8, width_ratios=(1.45, 1), top=0.65, bottom=0.5, wspace=0.36
    )
    plane.set_title("colours: what the network answers\nlarge point: drag it", pad=8)
    return plane, right


def _costs(ax):
    """Draw the cost against the step, and plain descent's; return what moves them."""
    steps = experiments.SHOWN_EVERY * np.arange(experiments.STEPS // experiments.SHOWN_EVERY + 1)
    (plain,) = ax.plot([], [], color=style.GREY, lw=4, alpha=0.5, label="plain descent, α = 0.3")
    (own,) = ax.plot([], [], color=style.PINK, lw=2, label="this training")
    ax.set(yscale="log", xlim=(0, experiments.STEPS), ylim=_COSTS, xlabel="step")
    style.ticks(ax.yaxis, [1e-3, 1e-2, 0.1, 1], ("0.001", "0.01", "0.1", "1"))
    ax.set_title("cost of these points", pad=34)
    ax.legend(frameon=False, loc="lower left", bbox_to_anchor=(-0.05, 0.97), fontsize=9)

    def show(costs, costs_of_plain):
        for line, heights in ((own, costs), (plain, costs_of_plain)):
            line.set_data(steps, np.clip(np.nan_to_num(heights, nan=9), *_COSTS))

    return show


def _told(recipe, alpha, run):
    learned, fresh = run.right
    return (
        f"{recipe}, α = {alpha:g}: {_cost_in_words(run.costs)}; {percent(learned)} of the 40 "
        f"points right, {percent(fresh)} of 400 fresh ones"
    )


def _cost_in_words(costs):
    cost = f"cost {costs[-1]:.1g}" if np.isfinite(costs[-1]) else style.DIVERGED
    return f"{cost} after {experiments.STEPS} steps"


def digit(fig, data=datasets.digits):
    """One handwritten digit beside the average of all digits with the same label."""
    X, labels = data()
    scale, one, average = style.axes(
        fig, 1, 3, height=3.0, right=0.4, bottom=0.2, width_ratios=(1, 14, 14)
    )
    show_scale = _greys(scale)
    means = [X[:, labels == k].mean(axis=1).reshape(8, 8) for k in range(10)]
    images = [_paper(ax) for ax in (one, average)]
    one.set_title("this example")
    average.set_title("average of its kind")

    def update(example, threshold):
        picture, label = X[:, example].reshape(8, 8), labels[example]
        shown = np.where(picture >= threshold, picture, 0)
        images[0].set_array(shown)
        images[1].set_array(means[label])
        show_scale(threshold)
        inked = np.count_nonzero(shown)
        return f"Example {example} shows the digit {label}. Pixels with ink: {inked} of 64."

    update.handles = (Handle(scale, x=0.5, y="threshold"),)
    return update


def _greys(ax):
    """Draw a scale of greys; return what hides those below a threshold."""
    greys = np.linspace(0, 1, 101)
    look = {"cmap": "Greys", "vmin": 0, "vmax": 1, "aspect": "auto", "origin": "lower"}
    image = ax.imshow(greys[:, None], extent=(0, 1, 0, 1), **look)
    line = ax.axhline(0, color=style.BLUE, linewidth=2.5, clip_on=False)
    ax.set(xticks=[], yticks=[0, 0.5, 1], title="grey")

    def show(threshold):
        image.set_array(np.where(greys >= threshold, greys, 0)[:, None])
        line.set_ydata([threshold, threshold])

    return show


def _paper(ax):
    ax.set_axis_off()
    return ax.imshow(np.zeros((8, 8)), cmap="Greys", vmin=0, vmax=1)
