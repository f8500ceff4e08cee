"""What Binder would build from this checkout, read from the Dockerfile that repo2docker prints."""

import json
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
START = "/lab/tree/notebooks/00_start_here.ipynb"


@pytest.fixture(scope="module")
def dockerfile():
    if sys.platform == "win32":
        pytest.skip("repo2docker does not run on Windows")
    command = [sys.executable, "-m", "repo2docker", "--no-build", "--debug", str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def test_the_locked_environment_is_installed_after_the_checkout_is_there(dockerfile):
    copied = dockerfile.index("COPY --chown=0:0 src/ ${REPO_DIR}/")
    installed = dockerfile.index('bin/pip install --no-cache-dir -r "binder/requirements.txt"')
    built = dockerfile.index("RUN ./binder/postBuild")
    assert copied < installed < built
    assert (ROOT / "binder" / "requirements.txt").read_text().strip() == "-r ../requirements.txt"


def test_the_python_asked_for_is_the_one_built(dockerfile):
    version = (ROOT / "binder" / "runtime.txt").read_text().strip().removeprefix("python-")
    assert f"Building conda environment for python={version}" in dockerfile
    assert f"environment-2epy-2d{version.replace('.', '-2e')}" in dockerfile


def test_the_package_is_installed_and_the_start_page_opens_first():
    script = (ROOT / "binder" / "postBuild").read_text()
    assert "pip install --no-deps ." in script
    config = json.loads(re.search(r"<<'JSON'\n(.*?)\nJSON", script, re.S)[1])
    assert {app["default_url"] for app in config.values()} == {START}
    assert (ROOT / START.removeprefix("/lab/tree/")).exists()


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("requirements.txt", 50),
        ("requirements-dev.txt", 50),
        ("requirements-theano.txt", 5),
        ("requirements-mxnet.txt", 5),
    ],
)
def test_the_locks_pin_by_hash_and_name_no_address(name, least):
    lines = (ROOT / name).read_text().splitlines()
    assert not [line for line in lines if "://" in line or "--index" in line]
    pinned = [line for line in lines if re.match(r"[a-z0-9]", line)]
    assert len(pinned) >= least
    assert all("==" in line for line in pinned)
    assert sum("--hash=sha256:" in line for line in lines) > len(pinned)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_an_extra_that_is_asked_for_is_pinned_with_it(name):
    """Else the pip of Python 3.11 takes the newest for it, and refuses it as not pinned."""
    pinned = dict(re.findall(r"^([\w.-]+)(?:\[(.*)\])?==", (ROOT / name).read_text(), re.M))
    asked = [
        (Requirement(line), package)
        for package in pinned
        for line in _requirements(package)
        if Requirement(line).extras
    ]
    wanted = [(r, p) for r, p in asked if r.marker is None or r.marker.evaluate({"extra": ""})]
    assert len(wanted) > 1
    for requirement, package in wanted:
        extras = set((pinned[canonicalize_name(requirement.name)] or "").split(","))
        assert requirement.extras <= extras, f"{package} asks for {requirement}"


def _requirements(package):
    """Return what a package asks for; nothing if it is not for this system."""
    try:
        return metadata.requires(package) or []
    except metadata.PackageNotFoundError:
        return []


def test_what_builds_grammars_at_every_start_is_not_installed():
    locked = (ROOT / "requirements.txt").read_text()
    assert "\njsonschema[format-nongpl]==" in locked
    assert "\nlark==" not in locked, "see tool.uv in pyproject.toml"


def test_actions_are_pinned_by_commit():
    used = [
        line
        for path in (ROOT / ".github" / "workflows").glob("*.yml")
        for line in re.findall(r"uses: (.*)", path.read_text())
    ]
    assert len(used) > 5
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line) for line in used)
