"""Pictures of exponentially weighted averages, mostly of the daily temperatures in Seattle."""

from functools import cache

import numpy as np

from course_utils import datasets
from course_utils import weighted_averages as lecture
from course_utils.figures import style
from course_utils.support.formulas import Formula
from course_utils.support.handles import Handle
from course_utils.support.words import many, typeset

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_BOTTOM, _TOP = -6, 29
# Above the axes nothing moves: the legend is drawn once.
_LEGEND = {
    "loc": "lower left",
    "bbox_to_anchor": (0, 1.02),
    "borderaxespad": 0.3,
    "frameon": False,
    "fontsize": 9.5,
    "handlelength": 1.6,
    "columnspacing": 1.3,
}

_YEAR = {"year": 2012, "correction": False}
MOMENTS = {
    "year": {
        "β = 0.5": ({"beta": 0.5, **_YEAR}, "Two days: the line follows nearly every point."),
        "β = 0.9": (
            {"beta": 0.9, **_YEAR},
            "Ten days: calm, and highest one day after the points.",
        ),
        "β = 0.98": (
            {"beta": 0.98, **_YEAR},
            "Fifty days: the line of a season, highest in September.",
        ),
    },
    "by_hand": {
        "the lecture's": (
            {"theta1": 40, "theta2": 49, "theta3": 45, "beta": 0.9},
            "4, 8.5 and 12.15, as in the lecture.",
        ),
        "three equal days": (
            {"theta1": 40, "theta2": 40, "theta3": 40, "beta": 0.9},
            "v still climbs from 0; the corrected average says 40 three times.",
        ),
    },
    "today": {
        "20 January": (
            {"day": 20, "beta": 0.9},
            "The weights add up to 0.878; the missing 0.9²⁰ = 0.122 belongs to the start at 0.",
        ),
        "16 August": ({"day": 229, "beta": 0.9}, "26.4 °C today, and v is only at 21.2 °C."),
    },
    "past": {
        "ten days": ({"beta": 0.9, "days": 10}, "The newest 10 hold 0.651, all older ones 0.349."),
        "fifty days": (
            {"beta": 0.98, "days": 50},
            "The newest 50 hold 0.636, all older ones 0.364.",
        ),
    },
    "disturbed": {
        "a hot day": (
            {"day": 20, "celsius": 35.0, "beta": 0.9},
            "v jumps by a tenth of the change and loses a tenth of what is left each day after; "
            "the yellow mean jumps too, keeps it for ten days, and drops it at once.",
        ),
        "β = 0.98": (
            {"day": 20, "celsius": 35.0, "beta": 0.98},
            "It moves v by a fiftieth only, and v remembers it all summer.",
        ),
    },
    "autumn": {
        "β = 0.5": ({"beta": 0.5}, "One day late, and it moves 0.82 °C from day to day."),
        "β = 0.9": ({"beta": 0.9}, "Nine days late, and it moves 0.21 °C from day to day."),
        "β = 0.98": ({"beta": 0.98}, "38 days late, not 49: the season turns before v arrives."),
    },
}
"""Values worth a look, by explorer of the notebook, and what there is to see."""

_AVERAGE = Formula(
    r"v_t = \now{beta}{\beta}\, v_{t-1} + \now{rest}{(1 - \beta)}\, \theta_t, \qquad"
    r"\now{window}{\frac{1}{1 - \beta}}\ \text{days}",
    rest=lambda beta, **_: 1 - beta,
    window=lambda beta, **_: 1 / (1 - beta),
)


def temperatures(fig, algorithm=lecture.ewa):
    """One year of daily mean temperatures in Seattle and their exponentially weighted average."""
    ax = style.axes(fig, height=3.6)
    days, celsius = datasets.temperatures()
    points, plain, corrected = _days_and_averages(ax, "corrected, if switched on")
    say = _messages(ax)
    ax.set(xlim=(-3, 368))
    _month_ticks(ax, first=1, months=12)

    def update(beta, correction=False, year=2012):
        of_year = _days_of(days, f"{year}-01-01", f"{year}-12-31")
        theta, x = celsius[of_year], np.arange(of_year.sum())
        v = _run(algorithm, theta, beta)
        better = _run(algorithm, theta, beta, bias_correction=True) if correction else v[:0]
        points.set_data(x, theta)
        plain.set_data(x, v)
        corrected.set_data(x[: better.size], better)
        trouble = _trouble(np.append(v, better))
        say(trouble)
        shown = better if correction else v
        return _told(beta, trouble or _year_in_words(days[of_year], theta, shown))

    update.formula = _AVERAGE
    return update


_THREE_DAYS = Formula(
    r"v_3 = \now{newest}{(1 - \beta)} \cdot \now{theta3}{\theta_3}"
    r" + \now{middle}{(1 - \beta)\,\beta} \cdot \now{theta2}{\theta_2}"
    r" + \now{oldest}{(1 - \beta)\,\beta^2} \cdot \now{theta1}{\theta_1}",
    newest=lambda beta, **_: 1 - beta,
    middle=lambda beta, **_: (1 - beta) * beta,
    oldest=lambda beta, **_: (1 - beta) * beta**2,
)


def three_days(fig, algorithm=lecture.ewa):
    """Three days to drag up and down, with the average after each and the corrected one."""
    ax = style.axes(fig, height=3.4)
    looks = (
        ("o", style.GREY, "θ, the day itself"),
        ("s-", style.BLUE, "average v"),
        ("D--", style.ORANGE, "corrected v / (1 − β^t)"),
    )
    lines = [ax.plot([], [], look, color=c, ms=8, label=label)[0] for look, c, label in looks]
    lines[0].set(markersize=15, markerfacecolor="white", markeredgewidth=2)
    ax.set(xlim=(-0.2, 3.4), ylim=(-15, 65), ylabel="degrees")
    ax.set_xticks(range(4), ["start", "day 1", "day 2", "day 3"])
    ax.legend(ncols=3, **_LEGEND)
    say = _messages(ax)

    def update(theta1, theta2, theta3, beta):
        theta = np.array([theta1, theta2, theta3], dtype=float)
        v, better = (_run(algorithm, theta, beta, bias_correction=on) for on in (False, True))
        for line, values in zip(lines, (theta, np.append(0.0, v), better), strict=True):
            line.set_data(np.arange(4)[-values.size :], values)
        lost = "" if np.isfinite([v, better]).all() else f"the average is {style.NO_NUMBERS}"
        say(lost)
        said = f"v is {style.row(v, 2)} after the three days, corrected {style.row(better, 2)}"
        return _told(beta, lost or said)

    update.handles = tuple(Handle(ax, x=float(t), y=f"theta{t}") for t in (1, 2, 3))
    update.formula = _THREE_DAYS
    return update


def moved_day(fig):
    """A summer with one day to drag, and how two averages answer it in the days after."""
    ax = style.axes(fig, height=3.8, top=0.65)
    dates, celsius = datasets.temperatures()
    days = celsius[_days_of(dates, "2012-01-01", "2012-08-31")]  # shown from July on
    show = _summer_lines(ax)

    def update(day, celsius, beta):
        moved, n = days.copy(), round(lecture.window(beta))
        moved[_SHOWN][day - 1] = celsius
        ewas = [lecture.ewa(values, beta)[_SHOWN] for values in (days, moved)]
        show(moved[_SHOWN], day, *ewas, _mean_of_last(moved, n)[_SHOWN])
        lift = (ewas[1] - ewas[0])[day - 1 :]
        later = " and ".join(
            f"{_celsius(lift[k])} {k} days later" for k in (10, 30) if k < lift.size
        )
        there = f"day {day} of summer at {_celsius(celsius)} instead of"
        there += f" {_celsius(days[_SHOWN][day - 1])} moves the average by {_celsius(lift[0])}"
        return _told(beta, f"{there} that day" + (f", {later}" if later else ""))

    update.handles = (Handle(ax, x="day", y="celsius"),)
    return update


_SHOWN = slice(182, 244)  # July and August of a leap year


def _summer_lines(ax):
    """Draw the days of a summer and their averages; return what moves them."""
    (usual,) = ax.plot([], [], "--", color=style.BLUE, linewidth=1, label="v as it was")
    (window,) = ax.plot(
        [], [], color=style.YELLOW, linewidth=1.5, label="mean of the window's days"
    )
    (line,) = ax.plot([], [], color=style.BLUE, linewidth=2, label="average v")
    (points,) = ax.plot([], [], ".", color=style.GREY, markersize=5, label="one day")
    (mine,) = ax.plot([], [], "o", color=style.ORANGE, markersize=9, label="the day you move")
    ax.set(xlim=(0, 63), ylim=(4, 41), ylabel="°C", xlabel="day, counted from 1 July 2012")
    ax.legend(**{**_LEGEND, "ncols": 3})
    days = np.arange(1, 63)

    def show(theta, day, before, after, plain):
        for artist, values in ((points, theta), (usual, before), (line, after), (window, plain)):
            artist.set_data(days, values)
        mine.set_data([day], [theta[day - 1]])

    return show


def _mean_of_last(values, n):
    """Return the plain mean of the last n values at each place; it forgets all older ones."""
    total = np.append(np.zeros(n), values.cumsum())
    return (total[n:] - total[:-n]) / np.minimum(np.arange(1, values.size + 1), n)


def past_days(fig, weights=lecture.weights):
    """Weights of the past days, and how much of all weight the newest days hold."""
    heights, shares = style.axes(fig, 1, 2, height=3.4, wspace=0.25, top=0.65)
    newest, older, show = _weights_and_share(heights, shares)
    marks = [ax.plot([], [], "--", color=style.ORANGE)[0] for ax in (heights, shares)]
    say = _messages(heights, shares)
    _dress_past_days(heights, shares)
    names = ["newest days", "older days", "window 1/(1 − β)"]
    place = {**_LEGEND, "bbox_to_anchor": (0, 1.12)}
    heights.legend([newest, older, marks[0]], names, ncols=3, **place)

    def update(beta, days):
        w, window = _one_each(weights(beta, 100), 100), lecture.window(beta)
        share = show(w, days)
        for mark in marks:
            mark.set_data([window, window], [0, 1])
        trouble = "" if np.isfinite(w).all() else f"a weight is {style.NO_NUMBERS}"
        say(trouble)
        return _told(beta, trouble or _shares_in_words(w[0], days, share, beta**window))

    def share_of_newest(beta, days):
        return np.clip(np.nan_to_num(_one_each(weights(beta, 100), 100)[:days].sum()), 0, 1)

    update.handles = (
        Handle(heights, x="beta", to_x=_window_of, y=0.9),
        Handle(shares, x="days", y=share_of_newest),
    )
    return update


def _window_of(beta, days):
    return lecture.window(beta)


def _weights_and_share(heights, shares):
    """Draw the weights, and how much the newest hold; return both stairs and what moves all."""
    edges = np.arange(101) - 0.5
    older, newest = (
        heights.stairs(np.zeros(100), edges, fill=True, color=colour)
        for colour in (style.SKY, style.BLUE)
    )
    (curve,) = shares.plot([], [], color=style.BLUE, linewidth=2)
    (here,) = shares.plot([], [], "o", color=style.BLUE, markersize=9)

    def show(w, days):
        share = np.append(0.0, w.cumsum())
        ratio = w / (w[0] or 1)
        older.set_data(ratio)
        newest.set_data(np.where(np.arange(100) < days, ratio, 0))
        curve.set_data(np.arange(101), share)
        here.set_data([days], [share[days]])
        return share[days]

    return newest, older, show


def hanging(fig):
    """One day of 2012, the average on it, and the weights of the days that are in it."""
    top, bottom = style.axes(fig, 2, 1, height=4.6, hspace=0.1)
    days, celsius = (values[:366] for values in datasets.temperatures())
    points, line, dot = _points_line_dot(top)
    here = [style.here(ax, 0) for ax in (top, bottom)]
    hung = bottom.stairs(np.zeros(366), np.arange(367) - 0.5, fill=True, color=style.SKY)
    points.set_data(np.arange(366), celsius)
    _dress_hanging(top, bottom)
    average = cache(lambda beta: lecture.ewa(celsius, beta))

    def update(day, beta):
        v, weights = average(beta), lecture.weights(beta, day)
        line.set_data(np.arange(366), v)
        dot.set_data([day - 1], [v[day - 1]])
        for mark in here:
            mark.set_xdata([day - 1, day - 1])
        hung.set_data(np.append(weights[::-1], np.zeros(366 - day)))
        date, today = _date(days[day - 1 : day], celsius[day - 1 : day]), celsius[day - 1]
        return _told(beta, _day_in_words(date, today, v[day - 1], weights))

    update.handles = (
        Handle(top, x="day", to_x=_place_of, y=lambda day, beta: average(beta)[day - 1]),
        Handle(bottom, x=_place_of, y="beta", to_y=lambda day, beta: 1 - beta),
    )
    return update


def _place_of(day, beta):
    return day - 1


def _points_line_dot(ax):
    (points,) = ax.plot([], [], ".", color=style.GREY, markersize=4, label="one day")
    (line,) = ax.plot([], [], color=style.BLUE, linewidth=2, label="average v")
    (dot,) = ax.plot([], [], "o", color=style.BLUE, markersize=9, zorder=3)
    ax.set(xlim=(-5, 370), ylim=(_BOTTOM, _TOP), ylabel="°C")
    ax.legend(ncols=2, **_LEGEND)
    return points, line, dot


def _dress_hanging(top, bottom):
    """Let the weights hang from the days of the year."""
    bottom.set(xlim=(-5, 370), ylim=(0.22, -0.002), ylabel="weight")
    bottom.spines["bottom"].set_visible(False)
    bottom.spines["top"].set_visible(True)
    for ax in (top, bottom):
        _month_ticks(ax, first=1, months=12)
    top.tick_params(labelbottom=False)
    bottom.tick_params(top=True, bottom=False)


def _day_in_words(date, today, v, weights):
    return (
        f"{date} had {_celsius(today)}, and it weighs {weights[0]:.3g}; v is {_celsius(v)}, the "
        f"weights of all days add up to {weights.sum():.3f}"
    )


def start_up(fig, algorithm=lecture.ewa):
    """Days that follow the start at 0, with the average, and by how much it is too small."""
    top, bottom = style.axes(fig, 2, 1, height=4.8, hspace=0.32, left=0.9)
    dates, celsius = datasets.temperatures()
    points, plain, corrected = _days_and_averages(top)
    say = _messages(top, bottom)
    (missing,) = bottom.plot([], [], color=style.BLUE, linewidth=2)
    (below,) = bottom.plot([], [], "o", color=style.ORANGE, markersize=9)
    _dress_start_up(top, bottom)
    x = np.arange(1, 251)

    def update(beta, first):
        theta = celsius[dates >= np.datetime64(first)][:250]
        v, better = (_run(algorithm, theta, beta, bias_correction=on) for on in (False, True))
        share = 1 - _run(algorithm, np.ones(250), beta)
        small = x[share < 0.01][:1]
        points.set_data(x, theta)
        plain.set_data(x, v)
        corrected.set_data(x, better)
        missing.set_data(x, share)
        below.set_data(small, np.full(small.size, 0.01))
        trouble = _trouble(np.append(v, better))
        say(trouble)
        return _told(beta, trouble or _start_in_words(theta[0], v[0], better[0], share[9], small))

    update.handles = (Handle(bottom, x="beta", to_x=_first_below, y=0.01),)
    return update


def _first_below(beta, first):
    """Return the first day on which less than 1 % is missing."""
    return lecture.startup_steps(beta)


def trade_off(fig, algorithm=lecture.ewa, target=None):
    """Autumn temperatures with their average, and how late and how rough averages are."""
    autumn, plane = style.axes(fig, 1, 2, height=3.9, width_ratios=(1.7, 1), wspace=0.28, top=0.6)
    days, celsius = datasets.temperatures()
    season = lecture.centred_mean(celsius)
    show, say = _autumn(autumn), _messages(autumn)
    (here,) = plane.plot([], [], "o", color=style.BLUE, markersize=10)
    _dress_plane(plane, celsius, target)

    def update(beta, year):
        averages = _run(algorithm, celsius, beta, bias_correction=True)
        shown = _days_of(days, f"{year}-07-01", f"{year}-12-31")
        trouble = _trouble(averages)
        late, rough = (np.nan, np.nan) if trouble else _late_and_rough(celsius, averages)
        show(celsius[shown], season[shown], averages[shown], late)
        here.set_data([late], [rough])
        say(trouble)
        moves = f"{many(late, 'day')} late; the line moves {rough:.3f} °C from day to day"
        return _told(beta, trouble or moves)

    @cache
    def place(beta):
        found = _late_and_rough(celsius, _run(algorithm, celsius, beta, bias_correction=True))
        return np.clip(np.nan_to_num(found), (0, 0.031), (65, 1.19))

    handle = Handle(
        plane, x=lambda beta, year: place(beta)[0], y="beta", to_y=lambda beta, year: place(beta)[1]
    )
    update.handles = (handle,)
    return update


def _autumn(ax):
    """Draw an autumn's days, its season, their average and its lag; return what moves them."""
    points, line, usual = _autumn_lines(ax)
    (behind,) = ax.plot([], [], "|-", color=style.PINK, linewidth=3, markersize=12)
    names = ["one day", "season (mean of 31 days)", "average", "lag"]
    ax.legend([points, usual, line, behind], names, ncols=2, **_LEGEND)
    x = np.arange(184)

    def show(celsius, season, averages, late):
        points.set_data(x, celsius)
        usual.set_data(x, season)
        line.set_data(x, averages)
        behind.set_data([92, 92 + late], np.repeat(season[92], 2))

    return show


def _run(algorithm, theta, beta, **options):
    # A copy: a reader's algorithm may write into what it gets.
    return _one_each(algorithm(theta.copy(), beta, **options), theta.size)


def _one_each(values, days):
    values = np.asarray(values, dtype=float)
    if values.shape != (days,):
        raise ValueError(
            f"the algorithm should return one number a day, shape ({days},), "
            f"but it returned shape {values.shape}"
        )
    return values


def _trouble(averages):
    """Say in words why a line cannot be seen; nothing if it can."""
    if not np.isfinite(averages).all():
        return f"the average is {style.NO_NUMBERS}"
    low, high = averages.min(), averages.max()
    if low < _BOTTOM or high > _TOP:
        ends = typeset(f"{low:.3g} to {high:.3g} °C")
        return f"the average leaves the picture: it runs from {ends}"
    return ""


def _late_and_rough(celsius, averages):
    return lecture.lag(celsius, averages), lecture.roughness(averages)


def _told(beta, words):
    window = f"{lecture.window(beta):.4g}"
    days = "day" if window == "1" else "days"
    return f"β = {beta:.6g}, window {window} {days}: {words}"


def _year_in_words(days, theta, line):
    return (
        f"from day to day the line moves {lecture.roughness(line):.2f} °C, the points "
        f"{lecture.roughness(theta):.2f}; the line is highest on {_date(days, line)}, the points "
        f"on {_date(days, theta)}; 1 Jan reads {_celsius(line[0])}"
    )


def _shares_in_words(today, days, share, left):
    return (
        f"today weighs {today:.3g}; weight of the newest {days}: {share:.3f}, of all older: "
        f"{1 - share:.3f}; β^window = {left:.3f} (1/e = 0.368)"
    )


def _start_in_words(theta, v, corrected, missing, below):
    since = f"below 1 % from day {below[0]} on" if below.size else "not below 1 % by day 250"
    return (
        f"day 1 was {_celsius(theta)}, the average reads {_celsius(v)}, corrected "
        f"{_celsius(corrected)}; too small by {100 * missing:.1f} % on day 10, {since}"
    )


def _celsius(x):
    return f"{round(x, 1) + 0:.1f} °C".replace("-", "−")  # + 0: no zero with a minus


def _date(days, values):
    """Write the day of the largest value, as in 19 Sep."""
    _, month, day = str(days[values.argmax()]).split("-")
    return f"{int(day)} {_MONTHS[int(month) - 1]}"


def _days_of(days, first, last):
    return (days >= np.datetime64(first)) & (days <= np.datetime64(last))


def _messages(*all_axes):
    """Return a function that writes, in each of the axes, what a trouble is in short."""
    texts = [
        ax.text(
            0.5,
            0.04,
            "",
            transform=ax.transAxes,
            ha="center",
            va="bottom",
            fontsize=10,
            color=style.ORANGE,
            fontweight="bold",
            clip_on=True,
        )
        for ax in all_axes
    ]

    def say(trouble):
        for text in texts:
            text.set_text(trouble.split(":")[0])

    return say


def _days_and_averages(ax, corrected="corrected v / (1 − β^t)"):
    (points,) = ax.plot([], [], ".", color=style.GREY, markersize=4, label="one day")
    (plain,) = ax.plot([], [], color=style.BLUE, linewidth=2, label="average v")
    (corrected,) = ax.plot([], [], "--", color=style.ORANGE, linewidth=2, label=corrected)
    ax.set(ylim=(_BOTTOM, _TOP), ylabel="°C")
    ax.legend(ncols=3, **_LEGEND)
    return points, plain, corrected


def _autumn_lines(ax):
    (usual,) = ax.plot([], [], color=style.YELLOW, linewidth=4, alpha=0.7)
    (points,) = ax.plot([], [], ".", color=style.GREY, markersize=4)
    (line,) = ax.plot([], [], color=style.BLUE, linewidth=2)
    ax.set(xlim=(-2, 186), ylim=(_BOTTOM, _TOP), ylabel="°C")
    _month_ticks(ax, first=7, months=6)
    return points, line, usual


def _month_ticks(ax, first, months):
    starts = np.arange(f"2013-{first:02}", "2014-01", dtype="datetime64[M]")[:months]
    days = starts.astype("datetime64[D]")
    ax.set_xticks((days - days[0]).astype(int), _MONTHS[first - 1 : first - 1 + months])


def _dress_past_days(heights, shares):
    heights.set(title="weight ÷ today's weight", xlabel="days ago, k", xlim=(-2, 102))
    heights.set(ylim=(0, 1.02), yticks=[0, np.exp(-1), 1], yticklabels=["0", "1/e", "1"])
    heights.axhline(np.exp(-1), color=style.GREY, linewidth=1, linestyle=":")
    shares.set(title="weight of the newest days", xlabel="newest days", xlim=(-2, 102))
    shares.set_ylim(-0.03, 1.05)  # room for the whole dot
    ticks = (0, 0.2, 0.4, 0.632, 0.8, 1)
    shares.set_yticks(ticks, ["0", "0.2", "0.4", "1 − 1/e", "0.8", "1"])
    shares.axhline(1 - np.exp(-1), color=style.GREY, linewidth=1, linestyle=":")


def _dress_start_up(top, bottom):
    for ax in (top, bottom):
        ax.set_xlim(-2, 252)
    bottom.set(yscale="log", ylim=(1e-3, 1.5), xlabel="day", ylabel="too small by")
    bottom.set_yticks([1, 0.1, 0.01, 0.001], ["100 %", "10 %", "1 %", "0.1 %"])
    bottom.axhline(0.01, color=style.GREY, linewidth=1, linestyle=":")


def _dress_plane(ax, celsius, target):
    """Draw where the lecture's average lies for every beta, and the target of a challenge."""
    betas = [0.5, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.96, 0.97, 0.98, 0.985, 0.99]
    averages = [lecture.ewa(celsius, beta, bias_correction=True) for beta in betas]
    places = dict(zip(betas, (_late_and_rough(celsius, v) for v in averages), strict=True))
    if target is not None:
        ax.fill_between([0, target[0]], 0.03, target[1], color=style.GREEN, alpha=0.3, linewidth=0)
    ax.plot(*zip(*places.values(), strict=True), ".-", color=style.GREY, zorder=1)
    for beta in (0.5, 0.9, 0.98):
        late, rough = places[beta]
        ax.text(late + 2, rough * 1.08, f"β = {beta}", fontsize=9, zorder=1)
    ax.set(title="smooth or up to date", xlabel="lag in days", yscale="log")
    ax.set(xlim=(-3, 66), ylim=(0.03, 1.2), ylabel="°C from day to day")
    ticks = (0.05, 0.1, 0.2, 0.5, 1)
    ax.set_yticks(ticks, map(str, ticks))
    ax.set_yticks([], minor=True)
