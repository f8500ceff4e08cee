"""What pytest should know about this folder."""

from pathlib import Path

import pytest

collect_ignore = ["tools/make_torch_oracles.py"]  # needs PyTorch, which the tests do not


@pytest.hookimpl(tryfirst=True)  # before the groups are read
def pytest_collection_modifyitems(items):
    """Let one worker have all tests of a notebook: it is run once for all of them."""
    for item in items:
        callspec = getattr(item, "callspec", None)
        for value in callspec.params.values() if callspec else ():
            if isinstance(value, Path) and value.suffix == ".ipynb":
                item.add_marker(pytest.mark.xdist_group(value.stem))
