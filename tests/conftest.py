"""What pytest should know about this folder."""

import re

import pytest
from xdist.scheduler import LoadScopeScheduling

collect_ignore = ["tools/make_torch_oracles.py"]  # needs PyTorch, which the tests do not


class ByNotebook(LoadScopeScheduling):
    """Gives all tests of a notebook to one worker, where it is run once for all of them."""

    def _split_scope(self, nodeid):
        notebook = re.search(r"\[(\d\d_\w+)[\]-]", nodeid)
        return notebook[1] if notebook else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Hand tests out by notebook."""
    return ByNotebook(config, log)
