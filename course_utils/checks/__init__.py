"""Diagnose a reader's answer: one module a topic, one function an exercise.

A check gets the reader's own function, runs it on small examples and returns a `Verdict` that
names the mistake and says where to look, never the solution.
"""

from course_utils.checks.engine.verdict import Verdict

__all__ = ["Verdict"]
