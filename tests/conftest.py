"""What pytest should know about this folder."""

import re

import pytest
from xdist import plugin
from xdist.scheduler import LoadScopeScheduling

collect_ignore = ["tools/make_torch_oracles.py"]  # needs PyTorch, which the tests do not


class ByTopic(LoadScopeScheduling):
    """Gives all tests of a topic to one worker: what takes long is then trained, or run, once.

    A topic is a notebook with the tests of its figures and experiments. Files whose tests share
    what takes long besides go to one worker as well: the start page in a browser, say.
    """

    def _split_scope(self, nodeid):
        notebook = re.search(r"\[\d\d_(\w+)[\]-]", nodeid)
        if notebook:
            return notebook[1]
        file = nodeid.split("::")[0]
        topic = re.search(r"/(?:experiments|figures)/test_(\w+)\.py$", file)
        if topic:
            return topic[1]
        return file if "/browser/" in file else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config):
    """Run as many as there are processors, and one more in the browser, where much is waited."""
    return plugin.pytest_xdist_auto_num_workers(config) + (config.option.markexpr == "browser")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Hand tests out by topic."""
    return ByTopic(config, log)
