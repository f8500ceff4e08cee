"""Where else the notebooks can be opened: one place names the repository, all addresses agree."""

import re
from pathlib import Path

import nbformat
import pytest

from book import addresses, colab
from tests import notebooks

ROOT = Path(__file__).parents[1]


def test_every_address_of_ours_is_made_from_the_one_in_pyproject():
    owner, name = addresses.SLUG.split("/")
    assert f"https://{owner}.github.io/{name}/" == addresses.BASE
    for file in ("README.md", "CITATION.cff", "CHANGELOG.md", "CONTRIBUTING.md"):
        text = (ROOT / file).read_text(encoding="utf-8")
        named = re.findall(r"(?:mybinder\.org/v2/gh|github\.com)/([\w-]+/[\w-]+)", text)
        ours = [slug for slug in named if slug.endswith(f"/{name}")]
        assert set(ours) <= {addresses.SLUG}, file
        assert ours or file not in ("README.md", "CITATION.cff")


@pytest.mark.parametrize("path", notebooks.PATHS, ids=lambda path: path.stem)
def test_addresses_name_a_notebook_that_is_there(path):
    assert addresses.binder(path.stem).endswith(f"lab%2Ftree%2Fnotebooks%2F{path.name}")
    assert addresses.colab(path.stem).endswith(f"/{addresses.COLAB_BRANCH}/{path.name}")


def test_for_colab_each_notebook_first_installs_the_wheel_of_the_site(tmp_path):
    (tmp_path / "wheels").mkdir()
    (tmp_path / "wheels" / "some-1.0-py3-none-any.whl").touch()
    colab.write(tmp_path, tmp_path / "out")
    for path in notebooks.PATHS:
        copy = nbformat.read(tmp_path / "out" / path.name, as_version=4)
        nbformat.validate(copy)
        install, *others = copy.cells
        address = f"{addresses.BASE}wheels/some-1.0-py3-none-any.whl"
        assert (
            f'%pip install --quiet "improving-deep-networks[search] @ {address}"' in install.source
        )
        assert [c.source for c in others] == [
            c.source for c in nbformat.read(path, as_version=4).cells
        ]
