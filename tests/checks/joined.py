"""What checks say where two mistakes are made at once."""

import re

from course_utils.checks.engine import known


def saying(pattern, mistakes):
    """Return the joined hints that say what only holds where nothing else is wrong."""
    told = {pair.hint for pair in known._pairs(mistakes)}
    assert told, "no two of these mistakes can be made at once"
    return [hint for hint in told if re.search(pattern, hint)]
