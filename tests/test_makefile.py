"""The environment that ``make`` makes: whole or not there, whatever the reader's settings."""

import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or not shutil.which("make"), reason="needs make and a POSIX shell"
)
SETTINGS = {
    "PIP_USER": "1",
    "PIP_TARGET": "/elsewhere",
    "PIP_PREFIX": "/elsewhere",
    "PIP_ROOT": "/else",
    "PIP_CONSTRAINT": "/constraints.txt",
    "PYTHONPATH": "/elsewhere",
    "PYTHONHOME": "/elsewhere",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PIP_REQUIRE_VIRTUALENV": "1",
    "PIP_FIND_LINKS": "/wheels",
    "PIP_CERT": "/certificate",
}
NO_PIP = """#!/bin/sh
case "$*" in
  *"-m venv"*) mkdir -p "$3/bin"; touch "$3/pyvenv.cfg"; echo "ensurepip is not available"; exit 1;;
esac
"""
WITH_PIP = """#!/bin/sh
case "$*" in
  *"-m venv"*)
    mkdir -p "$3/bin"; touch "$3/pyvenv.cfg"
    printf '#!/bin/sh\\necho "$*" >> said; env > settings\\n' > "$3/bin/python"
    chmod +x "$3/bin/python";;
esac
"""


@pytest.fixture(params=["plain", "Prüfung mit Leerzeichen und '"])
def project(request, tmp_path):
    folder = tmp_path / request.param
    folder.mkdir()
    for name in ("Makefile", "requirements.txt", "requirements-dev.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    return folder


def make(folder, target, python, **settings):
    """Call make with a Python that is a script of ours."""
    program = folder / "a python"
    program.write_text(python)
    program.chmod(0o755)
    given = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS", "PIP_"))}
    command = ["make", target, "PYTHON=./a\\ python"]
    return subprocess.run(
        command, cwd=folder, env={**given, **settings}, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("name", ["my environment", "", " "])
def test_an_environment_that_make_cannot_name_is_refused(project, name):
    done = make(project, "setup", WITH_PIP, VENV=name)
    assert done.returncode
    assert "VENV should be a folder without spaces" in done.stderr
    assert f'but is "{name}"' in done.stderr
    assert "Installing" not in done.stdout
    assert not list(project.glob("*environment*"))


def test_without_pip_nothing_half_is_left_and_the_cure_is_said(project):
    for _ in range(2):
        done = make(project, "setup", NO_PIP)
        assert done.returncode
        assert "sudo apt install python3-venv" in done.stdout
        assert not (project / ".venv").exists()


PYTHON_ALONE = '#!/bin/sh\ncase "$*" in *pip*) echo "No module named pip" >&2; exit 1;; esac\n'


@pytest.mark.parametrize("python", [None, PYTHON_ALONE])
def test_half_an_environment_is_made_anew(project, python):
    (project / ".venv" / "bin").mkdir(parents=True)
    (project / ".venv" / "pyvenv.cfg").touch()
    if python:
        (project / ".venv" / "bin" / "python").write_text(python)
        (project / ".venv" / "bin" / "python").chmod(0o755)
    done = make(project, "setup", WITH_PIP)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (project / ".venv" / ".ready").exists()


def test_a_whole_environment_stays(project):
    make(project, "setup", WITH_PIP)
    mark = project / ".venv" / "mine"
    mark.touch()
    (project / ".venv" / ".ready").unlink()
    assert make(project, "setup", NO_PIP).returncode == 0
    assert mark.exists()


def test_a_folder_that_is_no_environment_is_not_touched(project):
    (project / ".venv").mkdir()
    (project / ".venv" / "thesis.txt").touch()
    done = make(project, "setup", WITH_PIP)
    assert done.returncode
    assert "is there already and is no environment" in done.stdout
    assert (project / ".venv" / "thesis.txt").exists()


def test_settings_that_lead_elsewhere_are_left_out_and_others_stay(project):
    assert make(project, "setup", WITH_PIP, **SETTINGS).returncode == 0
    used = dict(re.findall(r"^(\w+)=(.*)$", (project / "settings").read_text(), re.M))
    assert used["PIP_USER"] == "0"
    assert (used["PIP_FIND_LINKS"], used["PIP_CERT"]) == ("/wheels", "/certificate")
    assert not {
        "PIP_TARGET",
        "PIP_PREFIX",
        "PIP_ROOT",
        "PIP_CONSTRAINT",
        "PYTHONPATH",
        "PYTHONHOME",
        "PYTHONDONTWRITEBYTECODE",
    } & set(used)
    assert "install --require-hashes -r requirements.txt" in (project / "said").read_text()


def test_the_package_is_found_in_a_path_of_any_letters_whatever_the_locale(project):
    """An editable install writes the path in UTF-8; Python 3.11 reads it as the locale says."""
    venv.create(project / ".venv", with_pip=False)
    (project / "course_utils.py").write_text("print('found')")
    recipe = subprocess.run(
        ["make", "-n", "-B", "setup"], cwd=project, capture_output=True, text=True, check=True
    )
    (line,) = re.findall(r"^\.venv/bin/python -c 'from os.*$", recipe.stdout, re.M)
    subprocess.run(line, shell=True, cwd=project, check=True)
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(
        [project / ".venv/bin/python", "-c", "import course_utils"],
        cwd="/",
        env=ascii_only,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "found\n", done.stderr


def test_an_old_python_is_named(project):
    old = "#!/bin/sh\necho 'Python 3.11 or newer is needed' >&2; exit 1\n"
    done = make(project, "setup", old)
    assert done.returncode
    assert "Python 3.11 or newer is needed" in done.stderr


@pytest.mark.parametrize(("user", "told"), [("0", True), ("1000", False)])
def test_jupyter_is_told_when_it_runs_as_root(project, user, told):
    make(project, "setup", WITH_PIP)
    (project / "id").write_text(f"#!/bin/sh\necho {user}\n")
    shutil.copy(project / "id", project / ".venv" / "bin" / "jupyter")
    (project / ".venv" / "bin" / "jupyter").write_text('#!/bin/sh\necho "$@"\n')
    for program in (project / "id", project / ".venv" / "bin" / "jupyter"):
        program.chmod(0o755)
    done = make(project, "lab", WITH_PIP, PATH=f".:{os.environ['PATH']}")
    assert done.returncode == 0, done.stderr
    said = [line for line in done.stdout.splitlines() if line.startswith("lab --ServerApp")]
    assert len(said) == 1
    assert ("--allow-root" in said[0]) == told
