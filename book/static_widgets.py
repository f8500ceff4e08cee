"""A widget as HTML that needs no script: what the page's script then replaces without a jump.

The elements and their classes are those of `course_utils/widgets/*.js`, so the same style sheets
give them the same room. Where no script runs, `book.css` leaves out what would be dead.
"""

from html import escape

from book.recording import Recorded


def explorer(made: Recorded, picture: str) -> str:
    """Return controls, the picture at its defaults, and the readout."""
    state = made.state
    goal = state["_goal"].get("text", "")
    parts = [
        _controls(state),
        _buttons(
            [
                *(["▶ Play"] * sum(c["play"] for c in state["_controls"])),
                "Reset",
                "Keep",
                "Copy link",
            ]
        ),
        _buttons(state["_moments"], "cu-moments") if state["_moments"] else "",
        f'<div class="cu-formula">{state["_formula"]}</div>' if state["_formula"] else "",
        _stage(made, picture),
        f'<output class="cu-readout">{escape(state["readout"])}</output>',
        f'<div class="cu-goal">◎ Challenge: {escape(goal)}</div>' if goal else "",
    ]
    covered = " cu-covered" if state["_veil"] else ""
    veil = _veil(state["_veil"])
    return (
        f'<div class="cu-explorer">{veil}<div class="cu-seen{covered}">{"".join(parts)}</div></div>'
    )


def _veil(question):
    if not question:
        return ""
    words = escape(f"This picture answers “{question}” Predict first,")
    return f'<div class="cu-veil"><p>{words}</p><button disabled>or just show me</button></div>'


def _stage(made, picture):
    alt = escape(f"{made.state['_alt_text']} {made.state['readout']}")
    width, height = made.size
    return (
        f'<div class="cu-stage" style="width:{width}px"><img class="cu-picture" loading="lazy" '
        f'src="{picture}" width="{width}" height="{height}" alt="{alt}"></div>'
    )


def _controls(state):
    rows = []
    for control in state["_controls"]:
        text = control["texts"][control["default"]]
        label = escape(control["label"])
        shown = escape(text) if control["kind"] == "slider" else ""
        rows.append(
            f"<label>{label}</label>{_input(control, text)}"
            f'<output class="cu-value">{shown}</output>'
        )
    return f'<div class="cu-controls" aria-hidden="true">{"".join(rows)}</div>'


def _input(control, text):
    if control["kind"] == "choice":
        return f"<select disabled><option>{escape(text)}</option></select>"
    if control["kind"] == "switch":
        return '<input type="checkbox" disabled>'
    last, at = len(control["texts"]) - 1, control["default"]
    return f'<input type="range" disabled min="0" max="{last}" value="{at}">'


def _buttons(words, more=""):
    buttons = "".join(f"<button disabled>{escape(each)}</button>" for each in words)
    return f'<div class="cu-buttons {more}" aria-hidden="true">{buttons}</div>'


def question(made: Recorded) -> str:
    """Return a question, what can be answered, and the answer folded."""
    right, reason = made.replies["right"], made.replies["reason"]
    return (
        f'<div class="cu-prediction"><fieldset><legend>Predict: {escape(made.state["_question"])}'
        f"</legend>{_ANSWERED_WITH[made.kind](made)}"
        f'<details class="cu-answer"><summary>Tell me the answer</summary><p><strong>'
        f"{escape(right)}</strong> {escape(reason)}</p></details></fieldset></div>"
    )


def _choices(made):
    labels = [
        f'<label><input type="radio" disabled> {escape(choice)}</label>'
        for choice in made.state["_choices"]
    ]
    return f'{"".join(labels)}<button disabled aria-hidden="true">Answer</button>'


def _slider(made):
    texts, at = made.state["_texts"], made.state["_position"]
    return (
        f'<div class="cu-estimate"><div><input type="range" disabled min="0" '
        f'max="{len(texts) - 1}" value="{at}" aria-label="from {texts[0]} to {texts[-1]}"></div>'
        f'<output class="cu-value">{escape(texts[at])}</output></div>'
        '<button disabled aria-hidden="true">Answer</button>'
    )


def _board(made):
    across, up = made.state["_labels"]
    words = escape(f"(draw {up} against {across})")
    return f'<div class="board-room">{words}</div>{_buttons(["Answer", "Wipe", "or just show me"])}'


_ANSWERED_WITH = {"Prediction": _choices, "Estimate": _slider, "Sketch": _board}
