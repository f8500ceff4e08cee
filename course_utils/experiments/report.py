"""The leaderboard in words: its table, what it has to say at the end, and what must be added."""

import math
from html import escape

from course_utils.experiments import paired
from course_utils.experiments.standings import SEEDS, in_words, points, seeds_of
from course_utils.support.words import many

_ROWS = 10
_CELL = '<{0} style="text-align:left;white-space:{2}">{1}</{0}>'


def report(board):
    """Return everything in words: budget, winner, test set, caveats."""
    lines = [headline(board), _winner(board), *_test_set(board)]
    return "\n".join([*lines, *(f"– {caveat}" for caveat in caveats(board))])


def headline(board):
    """Return how many trials there are, and how many epochs are spent and left."""
    too_many = board.spent - board.budget
    over = f", {too_many} too many" if too_many > 0 else ""
    trials, configurations = len(board.trials), len(board.standings)
    return (
        f"{many(trials, 'trial')} of {many(configurations, 'configuration')}: "
        f"{board.spent} of {board.budget} epochs spent{over}, {board.left} left"
    )


def _winner(board):
    try:
        best = board.winner()
    except ValueError as error:
        return f"No winner yet: {error}."
    words = in_words(best.configuration)
    return f"Winner: {words}, {best.epochs} epochs. Validation error {best.in_words()}."


def _test_set(board):
    return [str(opening) for opening in board.openings] or ["The test set is closed."]


def caveats(board):
    """Return what an honest report has to add, as a list of sentences."""
    openings, standings = board.openings, board.standings
    sentences = opened_again(openings) + _chosen_late(openings, len(board.trials))
    if standings and len(standings[0].errors) < SEEDS:
        few = seeds_of(standings[0])
        sentences.append(f"The lowest mean has {few}: perhaps luck, so it cannot win.")
    sentences += _tie(standings)
    sentences += [opening.against_chance() for opening in openings[:1]]
    if len(standings) > 1:
        sentences.append(
            f"As a rule the best of {len(standings)} configurations looks better on the validation "
            "digits than it is."
        )
    return sentences


def opened_again(openings):
    """Return what there is to say if the test set was opened more than once, as `caveats` does."""
    if len(openings) < 2:
        return []
    if len(openings) == 2:
        return ["The test set was opened twice: the second number is no longer honest."]
    times = f"{len(openings)} times"
    return [f"The test set was opened {times}: all but the first are no longer honest."]


def _chosen_late(openings, trials):
    late = trials - openings[0].trials if openings else 0
    sentence = f"Trials run after the test set was opened: {late}. It does not judge what they "
    return [sentence + "choose."] if late else []


def _tie(standings):
    """Compare the two best, digit by digit, over the first seeds that both have."""
    full = [s for s in standings if len(s.errors) >= SEEDS and s.mean < math.inf]
    if len(full) < 2 or full[0].mean >= 1:
        return []
    seeds = sorted(set(full[0].errors) & set(full[1].errors))[:5]
    if not seeds:
        return []
    found = paired.compare(*(paired.wrong_digits(s.configuration, seeds) for s in full[:2]))
    if abs(found.difference) >= 2 * found.total:
        return []
    return [
        f"First and second differ by {points(abs(found.difference))} points; on the same "
        f"digits, and with the luck of the seeds, the standard error of that is "
        f"{points(found.total)}: a tie."
    ]


def as_text(board):
    """Return the table as text."""
    rows = _table(board)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
    return "\n".join([headline(board), *lines, *_notes(board)])


def as_html(board):
    """Return the table as HTML."""
    head, *rows = _table(board)
    table = ["".join(_CELL.format("th", escape(text), "nowrap") for text in head)]
    for *numbers, configuration in rows:
        cells = [_CELL.format("td", escape(text), "nowrap") for text in numbers]
        table.append("".join([*cells, _CELL.format("td", escape(configuration), "normal")]))
    body = "".join(f"<tr>{row}</tr>" for row in table)
    notes = "".join(f"<p>{escape(note)}</p>" for note in _notes(board))
    return f"<div><p>{escape(headline(board))}</p><table>{body}</table>{notes}</div>"


def _table(board):
    head = ["rank", "validation error", "seeds", "epochs", "configuration"]
    return [head] + [_row(*ranked) for ranked in enumerate(board.standings[:_ROWS], 1)]


def _row(rank, standing):
    return [
        str(rank),
        standing.in_words(seeds=False),
        f"{len(standing.errors)}{standing.doubt()}",
        str(standing.epochs),
        in_words(standing.configuration),
    ]


def _notes(board):
    more = len(board.standings) - _ROWS
    notes = [f"and {more} more"] if more > 0 else []
    return notes + _test_set(board) + opened_again(board.openings)
