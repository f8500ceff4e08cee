"""What stands beside the code says the same as the code, and what is called for exists."""

import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest
import yaml

import course_utils
from tests import notebooks
from tests.tools import check_stored, store_notebooks

ROOT = Path(__file__).parents[1]
TEMPLATES = ["stuck", "wrong"]


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def hooks():
    [repository] = yaml.safe_load(read(".pre-commit-config.yaml"))["repos"]
    return {hook["id"]: hook for hook in repository["hooks"]}


def test_once_a_week_all_that_waits_is_run():
    assert yaml.safe_load(read(".github/workflows/newest.yml"))["jobs"]["newest"]["env"] == {
        "CI": "true",
        "THOROUGH": "true",
    }


def test_the_version_stands_in_one_place_and_the_documents_follow():
    project = tomllib.loads(read("pyproject.toml"))["project"]
    assert "version" not in project
    assert project["dynamic"] == ["version"]
    citation = yaml.safe_load(read("CITATION.cff"))
    newest = re.search(r"^## \[(\S+)\] – (\S+)$", read("CHANGELOG.md"), re.M)
    assert newest.groups() == (citation["version"], str(citation["date-released"]))
    assert citation["version"] == course_utils.__version__


def test_the_citation_names_the_project_as_the_package_does():
    citation = yaml.safe_load(read("CITATION.cff"))
    project = tomllib.loads(read("pyproject.toml"))["project"]
    assert citation["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= set(citation)
    assert citation["license"] == project["license"]
    assert citation["repository-code"] == project["urls"]["Repository"]


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("ruff-check", ["course_utils/widgets/page.py"]),
        ("ruff-format", ["--check", "course_utils/widgets/page.py"]),  # no test changes a file
        ("lint-imports", []),
        ("stored-notebooks", [str(notebooks.PATHS[0])]),
    ],
)
def test_each_hook_runs_from_the_projects_environment_and_passes(name, files):
    hook = hooks()[name]
    assert hook["language"] == "system"
    assert hook.get("pass_filenames", True) is bool(files)
    program, *options = shlex.split(hook["entry"])
    found = shutil.which(program, path=Path(sys.executable).parent)
    done = subprocess.run(
        [found, *options, *files], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_hook_is_tried():
    assert set(hooks()) == {"ruff-check", "ruff-format", "lint-imports", "stored-notebooks"}


@pytest.mark.parametrize("path", notebooks.PATHS, ids=lambda path: path.stem)
def test_every_notebook_is_stored_clean(path):
    assert check_stored.faults(path.read_text(encoding="utf-8")) == []


def notebook_with(change):
    """Return the text of a notebook of one cell that was run, after a change to it."""
    v4 = nbformat.v4
    output = v4.new_output("execute_result", data={"text/plain": "2"}, execution_count=1)
    cell = v4.new_code_cell("1 + 1", outputs=[output], execution_count=1)
    clean = store_notebooks.clean(v4.new_notebook(cells=[cell]))
    change(clean, clean.cells[0])
    return nbformat.writes(clean)


def test_a_clean_notebook_has_no_faults():
    assert check_stored.faults(notebook_with(lambda notebook, cell: None)) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda n, c: c.metadata.update(execution={"iopub.execute_input": "x"}), "execution times"),
        (lambda n, c: n.metadata.update(widgets={}), "state of widgets"),
        (lambda n, c: c.outputs[0].data.update({store_notebooks.WIDGET: {}}), "state of widgets"),
        (
            lambda n, c: c.outputs[0].data.update({"text/plain": "/home/me/x"}),
            "one machine: /home/",
        ),
        (lambda n, c: c.outputs[0].data.pop("text/plain"), "output is empty"),
        (lambda n, c: c.update(execution_count=None), "never run"),
    ],
)
def test_what_a_run_leaves_behind_is_named(change, fault):
    found = check_stored.faults(notebook_with(change))
    assert len(found) == 1
    assert fault in found[0]


@pytest.mark.parametrize("name", TEMPLATES)
def test_issue_templates_are_forms(name):
    form = yaml.safe_load(read(f".github/ISSUE_TEMPLATE/{name}.yml"))
    assert {"name", "description", "body"} <= set(form)
    assert all(field["type"] in {"input", "textarea"} for field in form["body"])
    assert all(field["attributes"]["label"] for field in form["body"])
    names = [field["id"] for field in form["body"]]
    assert len(set(names)) == len(names)
    assert any(field.get("validations", {}).get("required") for field in form["body"])


def test_versions_are_watched_but_for_the_frameworks_that_were_measured():
    settings = yaml.safe_load(read(".github/dependabot.yml"))
    updates = {update["package-ecosystem"]: update for update in settings["updates"]}
    assert set(updates) == {"pip", "github-actions", "npm"}
    assert all(update["schedule"] == {"interval": "weekly"} for update in updates.values())
    assert all(update["groups"] for update in updates.values())
    assert all((ROOT / path).exists() for path in updates["pip"]["exclude-paths"])


def test_the_container_calls_targets_that_exist():
    container = json.loads(read(".devcontainer/devcontainer.json"))
    for command in (container["postCreateCommand"], container["postAttachCommand"]):
        assert re.search(rf"^{command.removeprefix('make ')}:", read("Makefile"), re.M)


def test_both_licences_are_there_and_readme_says_which_holds_for_what():
    assert read("LICENSE").startswith("BSD 3-Clause License")
    text = read("LICENSE-text")
    assert text.startswith("Creative Commons Attribution 4.0 International")
    assert all(f"Section {n} – " in text for n in range(1, 9))
    for document in ("README.md", "CONTRIBUTING.md"):
        assert {"(LICENSE)", "(LICENSE-text)"} <= set(re.findall(r"\([\w-]+\)", read(document)))
