"""What `make test` leaves to the weekly run, in which THOROUGH=true.

Without it there are fewer random moves, each fourth explorer is drawn sharp, some of the notebooks
are read in the browser, and statements over many seeds wait. These rest on code that oracles, the
numbers stored in the notebooks and quicker tests hold at every run.
"""

import os

import pytest

THOROUGH = os.environ.get("THOROUGH") == "true"

once_a_week = pytest.mark.skipif(
    not THOROUGH, reason="trains for seconds what quicker tests hold: THOROUGH=true runs it"
)
