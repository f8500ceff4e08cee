"""What pytest should know about this folder."""

import re

import pytest
from xdist import plugin
from xdist.scheduler import LoadScopeScheduling

collect_ignore = ["tools/make_torch_oracles.py"]  # needs PyTorch, which the tests do not


class ByNotebook(LoadScopeScheduling):
    """Gives all tests of a notebook to one worker, where it is run once for all of them.

    So do files whose tests share what takes long: trainings, pictures, the start page in a browser.
    """

    def _split_scope(self, nodeid):
        notebook = re.search(r"\[(\d\d_\w+)[\]-]", nodeid)
        if notebook:
            return notebook[1]
        file = nodeid.split("::")[0]
        return file if re.search(r"/(browser|experiments|figures)/", file) else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config):
    """Run one more than there are processors: a minute of all tests is spent waiting."""
    return plugin.pytest_xdist_auto_num_workers(config) + 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Hand tests out by notebook."""
    return ByNotebook(config, log)
