"""README, and what else leads through the project, says what is there."""

import re

import pytest

from tests import notebooks
from tests.tools import make_readme


def test_generated_parts_are_up_to_date(tmp_path):
    copy = tmp_path / "README.md"
    copy.write_text(make_readme.README.read_text(encoding="utf-8"), encoding="utf-8")
    make_readme.write(copy)
    assert copy.read_text(encoding="utf-8") == make_readme.README.read_text(encoding="utf-8")


def test_what_is_typed_on_windows_stands_a_command_a_line():
    """Its own PowerShell, 5.1, has no ``&&``."""
    text = make_readme.README.read_text(encoding="utf-8")
    typed = text.split("On Windows")[1].split("```")[1].strip().splitlines()
    assert len(typed) == 4
    assert all(line.startswith(("py ", ".venv\\Scripts\\")) for line in typed)
    assert "&&" not in "".join(typed)


def test_every_link_leads_somewhere_and_every_notebook_is_listed():
    text = make_readme.README.read_text(encoding="utf-8")
    targets = [t for t in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in t]
    assert not [t for t in targets if not (make_readme.ROOT / t).exists()]
    assert {f"notebooks/{path.name}" for path in notebooks.PATHS} <= set(targets)


def test_the_moving_picture_moves_and_is_small():
    from PIL import Image

    with Image.open(make_readme.PICTURE) as picture:
        assert picture.n_frames > 10
    assert make_readme.PICTURE.stat().st_size < 400_000


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "Makefile"])
def test_the_commands_that_are_named_exist(name):
    text = (make_readme.ROOT / name).read_text(encoding="utf-8")
    makefile = (make_readme.ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^|^# |`)(?:[A-Z]+=\w+ )?make ([\w-]+)", text, re.M))
    assert named
    assert named - set(re.findall(r"^([\w-]+):", makefile, re.M)) == set()


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "course_utils/data/README.md"])
def test_the_files_that_are_named_exist(name):
    text = (make_readme.ROOT / name).read_text(encoding="utf-8")
    named = re.findall(r"`((?:\.ci|book|course_utils|tests)/[\w./-]+)`", text)
    assert named
    assert not [n for n in named if "topic" not in n and not (make_readme.ROOT / n).exists()]
