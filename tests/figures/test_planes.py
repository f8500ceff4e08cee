"""What is drawn over the plane of two inputs lies where the network says."""

from types import SimpleNamespace

import numpy as np
from matplotlib.figure import Figure

from course_utils.figures import planes
from course_utils.widgets.live_picture import LivePicture

LIMITS = (-2.0, 3.0, -1.0, 2.0)


def answering(z):
    """Return a network whose one output is this function of the two inputs."""
    return SimpleNamespace(inference=lambda X: z(*X)[None])


def drawn(*networks):
    ax = Figure().subplots()
    planes.boundaries(ax, LIMITS)(networks)
    return ax.lines[0].get_xydata()


def test_a_boundary_lies_where_z_is_0():
    x, y = drawn(answering(lambda x, y: x + 2 * y - 0.5)).T
    there = np.isfinite(x)
    np.testing.assert_allclose(x[there] + 2 * y[there], 0.5, atol=1e-12)
    assert x[there].min() == LIMITS[0]
    assert np.isclose(x[there].max(), 2.5)  # where it leaves the picture below


def test_each_network_has_its_own_boundary_with_the_pen_up_between():
    level, upright = answering(lambda x, y: y - 0.3), answering(lambda x, y: 1.1 - x)
    points = drawn(level, upright)
    parts = np.split(points, np.flatnonzero(np.isnan(points[:, 0])))
    ranges = [np.ptp(part[1:], axis=0).round(9).tolist() for part in parts if len(part) > 1]
    assert ranges == [[5.0, 0.0], [0.0, 3.0]]


def test_nothing_is_drawn_of_a_network_without_a_boundary_or_without_numbers():
    points = drawn(answering(lambda x, y: 1 + x * 0), answering(lambda x, y: x * np.nan))
    assert np.isnan(points).all()
    assert np.isnan(drawn()).all()


def test_cells_are_painted_where_they_lie_the_lowest_row_first():
    colours = np.arange(18, dtype=np.uint8).reshape(2, 3, 3) * 14

    def picture(fig):
        ax = fig.add_axes((0.1, 0.1, 0.8, 0.8))
        paint = planes.cells(ax, (-1.0, 2.0, 0.0, 2.0))
        ax.set(xlim=(-1, 2), ylim=(0, 2))

        def update(shift):
            paint(np.roll(colours, shift, axis=1))
            return f"{shift}"

        return update

    live = LivePicture(picture)
    for shift in (0, 1):
        live.draw({"shift": shift})
        height, width, _ = live.pixels.shape
        for row, column in np.ndindex(2, 3):
            across, up = 0.1 + 0.8 * (column + 0.5) / 3, 0.1 + 0.8 * (row + 0.5) / 2
            seen = live.pixels[int((1 - up) * height), int(across * width), :3]
            assert seen.tolist() == np.roll(colours, shift, axis=1)[row, column].tolist()
