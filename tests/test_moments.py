"""Moments, links and knobs: other ways to the values of an explorer."""

import re
from types import SimpleNamespace

import ipywidgets
import pytest
import traitlets

from course_utils.sampling_scales import Integer, Linear
from course_utils.widgets import controls, explore, links
from tests.test_explorer import line, page_moves, page_says

SLOPE = controls.scale(Linear(-2, 2), 0.0, label="Slope")


def made(**others):
    return explore(line, slope=SLOPE, kind=controls.choice(["plain", "dotted"], "plain"), **others)


def test_a_films_values_are_moments_unless_they_are_on_a_list():
    assert made(film=("slope", [-1, 1]))._moments == ["Slope = −1", "Slope = 1"]
    assert made(film=("kind", ["plain", "dotted"]))._moments == []
    assert made()._moments == []


def test_a_moment_moves_several_controls_and_says_what_there_is_to_see():
    explorer = made(
        moments={
            "steep": ({"slope": 1.234, "kind": "dotted"}, "It rises."),
            "flat": {"slope": 0.0},
        }
    )
    assert explorer._moments == ["steep", "flat"]
    page_says(explorer, moment=0, ticket="view 1")
    assert explorer.values == {"slope": 1.234, "kind": "dotted"}
    assert (explorer.readout, explorer._sentence) == ("slope 1.23, dotted", "It rises.")
    assert explorer._between == {"slope": "1.234"}
    page_moves(explorer, slope=3)
    assert explorer._sentence == "", "it was about that moment"
    page_says(explorer, moment=1)
    assert explorer.values == {"slope": 0.0, "kind": "dotted"}, "other controls stay"
    page_says(explorer, moment=0)
    explorer.reset()
    assert explorer._sentence == ""


def test_a_sentence_is_about_all_controls_wherever_they_stood():
    explorer = made(moments={"steep": ({"slope": 1.0}, "It rises, in one line.")})
    explorer.set(kind="dotted", slope=-1.0)
    page_says(explorer, moment=0)
    assert explorer.values == {"slope": 1.0, "kind": "plain"}
    assert explorer._sentence == "It rises, in one line."


@pytest.mark.parametrize("nonsense", [-1, 2, "0", None, 0.0, True, [0]])
def test_a_moment_there_is_not_is_left(nonsense):
    explorer = made(moments={"a": {"slope": 1.0}, "b": {"slope": 2.0}})
    page_says(explorer, moment=nonsense)
    assert explorer.values["slope"] == 0.0


@pytest.mark.parametrize(
    ("moments", "message"),
    [
        ([1], r"moments should be a dict of names and values, but got \[1\]"),
        ({"a": 3}, "the moment 'a' should have values, .* but has 3"),
        ({"a": ({"slope": 1}, 3)}, "the moment 'a' should have values"),
        ({"a": {"slop": 1}}, "there is no control 'slop'; there are slope, kind"),
        ({"a": {"slope": 9}}, "slope: .*9"),
    ],
)
def test_moments_that_cannot_be_are_refused_in_words(moments, message):
    with pytest.raises((TypeError, ValueError), match=message):
        made(moments=moments)


def test_a_link_writes_whole_numbers_as_those_in_the_text_do_and_options_as_they_are():
    explorer = explore(line, slope=SLOPE, kind=controls.choice([1.0, 2.0], 2.0))
    explorer.set(slope=1.0)
    fragment = links.both(explorer)["fragment"]
    assert fragment == "#explorer=explorer&slope=1&kind=2.0"
    explorer.reset()
    page_says(explorer, link_to=fragment)
    assert explorer.values == {"slope": 1.0, "kind": 2.0}


def test_where_everything_stands_can_be_kept_and_brought_back(monkeypatch):
    def smooth():
        """Stand for an option that has no literal."""

    ways = {"by hand": smooth, "plain": "plain"}
    explorer = explore(line, slope=SLOPE, kind=controls.choice(ways, "plain"))
    explorer.set(slope=0.5, kind=smooth)
    page_says(explorer, link=True)
    assert explorer._link["code"] == "explorer.set(slope=0.5, kind='by hand')"
    assert explorer._link["fragment"] == "#explorer=explorer&slope=0.5&kind=by%20hand"
    kept, code = explorer.values, explorer._link["code"]
    explorer.reset()
    exec(code, {"explorer": explorer})
    assert explorer.values == kept


def test_a_link_knows_the_notebooks_name_of_an_explorer(monkeypatch):
    explorer = made()

    variables = {"_": explorer, "_12": explorer, "other": 3, "race": explorer}
    shell = SimpleNamespace(user_ns=variables)
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    assert links.both(explorer)["code"].startswith("race.set(slope=0.0, ")


def test_values_can_be_observed():
    explorer, heard = made(), []
    explorer.observe(lambda change: heard.append(change.new["slope"]), "values")
    explorer.set(slope=1.0)
    page_moves(explorer, slope=0)
    explorer.reset()
    assert heard == [1.0, -2.0, 0.0]
    with pytest.raises(traitlets.TraitError):
        explorer.values = {"slope": 1.0}
    explorer.values["slope"] = 7.0
    explorer.set(kind="dotted")
    assert explorer.values["slope"] == 0.0, "what is handed out is a copy"


def test_a_knob_links_a_control_with_a_readers_own_slider():
    explorer = made()
    slider = ipywidgets.FloatSlider(min=-1, max=1, value=0.25)
    link = traitlets.link((slider, "value"), (explorer.knob("slope"), "value"))
    assert explorer.values["slope"] == 0.25
    slider.value = 0.75
    assert explorer.readout == "slope 0.75, plain"
    page_moves(explorer, slope=SLOPE.position(-1.0))
    assert slider.value == -1.0
    link.unlink()
    assert explorer.knob("slope") is explorer.knob("slope")


def test_a_knob_refuses_in_words_and_keeps_what_it_had():
    explorer = made()
    with pytest.raises(traitlets.TraitError, match="slope: "):
        explorer.knob("slope").value = 3.0
    assert explorer.knob("slope").value == explorer.values["slope"] == 0.0
    with pytest.raises(ValueError, match="there is no control 'slop'; there are slope, kind"):
        explorer.knob("slop")


def test_an_explorer_stands_in_a_box_among_others():
    explorer, words = made(), ipywidgets.HTML()
    explorer.observe(lambda change: setattr(words, "value", str(change.new)), "readout")
    box = ipywidgets.VBox([explorer, words])
    explorer.set(slope=1.0)
    assert words.value == "slope 1.00, plain"
    assert box.children[0] is explorer


def test_a_link_brings_back_what_was_kept():
    explorer = made()
    explorer.set(slope=-0.123, kind="dotted")
    kept, fragment = explorer.values, links.both(explorer)["fragment"]
    explorer.reset()
    page_says(explorer, link_to=fragment)
    assert explorer.values == kept
    page_says(explorer, link_to="#explorer=explorer&slope=1")
    assert explorer.values == {"slope": 1.0, "kind": "dotted"}, "other controls stay"
    assert explorer._sentence == ""


def test_a_link_finds_options_and_boxes_by_what_it_can_write():
    options = controls.choice({"ten": 10, "none": None}, 10)
    whole, box = controls.scale(Integer(1, 9), 3), controls.switch()
    found = links.read("#explorer=a&n=None&k=7&b=True&n2=10", {"n": options, "k": whole, "b": box})
    assert found == ("a", {"n": None, "k": 7, "b": True, "n2": "10"})
    assert whole.value(found[1]["k"]) == 7
    assert links.read("#explorer=a&b=on", {"b": box}) == ("a", {"b": "on"})


@pytest.mark.parametrize(
    ("fragment", "says"),
    [
        ("#explorer=a&slope=9", "slope: .*9"),
        ("#explorer=a&slope=1&slop=1", "there is no control 'slop'; there are slope, kind"),
        ("#explorer=a&slope=steep", "slope: 'steep' is no number"),
        ("#explorer=a&slope=nan", "slope: "),
        ("#explorer=a&slope", "slope: '' is no number"),
        ("#explorer=a&slope=1&kind=round", "kind: 'round' is not one of 'plain', 'dotted'"),
    ],
)
def test_a_link_that_cannot_be_followed_says_so_and_moves_nothing(fragment, says):
    explorer = made()
    before = explorer.values
    page_says(explorer, link_to=fragment)
    assert re.match("This link cannot be followed: " + says, explorer._sentence)
    assert (explorer.values, explorer._error) == (before, "")
    page_moves(explorer, slope=0)
    assert explorer._sentence == ""


@pytest.mark.parametrize("nonsense", [3, None, ["#explorer=a"], True])
def test_a_link_that_is_no_text_is_left(nonsense):
    explorer = made()
    page_says(explorer, link_to=nonsense)
    assert (explorer.values["slope"], explorer._sentence) == (0.0, "")
