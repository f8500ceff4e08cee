"""Leaderboards for tests: configurations that train quickly, and a board with a whole history."""

from course_utils.experiments.leaderboard import Leaderboard

SHORT = {"epochs": 2, "units": 8, "alpha": 0.01, "size": 256}
DIVERGES = {**SHORT, "optimizer": "descent", "alpha": 1e30}


def finished_in(folder):
    """Return a board with two finalists of three seeds, one lucky trial and a failure."""
    board = Leaderboard(folder / "trials.jsonl", budget=100)
    board.run([SHORT, {**SHORT, "alpha": 0.05}], seeds=range(3))
    board.try_({**SHORT, "alpha": 0.05, "epochs": 4})
    board.try_(DIVERGES)
    return board


def copied(board, folder):
    """Return the same board on a file of its own."""
    path = folder / "copy.jsonl"
    path.write_bytes(board.file.read_bytes())
    return Leaderboard(path, budget=board.budget)
