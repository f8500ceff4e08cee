"""Other processors' arithmetic: what is asked for is what computes, and a failure is told."""

import os
import subprocess
import sys

import pytest

from tests.tools import each_processor

WHICH = "from tests.tools.each_processor import taken; import os; print('took', taken(os.environ))"


@pytest.fixture(scope="module")
def here():
    found = each_processor.available()
    if not found:
        pytest.skip("NumPy computes without OpenBLAS here")
    return found


def run(folder, body, *options):
    """Run a module of ours for each processor."""
    (folder / "mine.py").write_text(body, encoding="utf-8")
    paths = os.pathsep.join([str(folder), os.getcwd()])  # noqa: PTH109
    command = [sys.executable, "-m", "tests.tools.each_processor", *options, "mine"]
    return subprocess.run(
        command,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_oldest_kernels_can_be_had_everywhere(here):
    assert set(each_processor.kernels()) & {"Nehalem", "Prescott", "ARMV8"} <= set(here)


def test_another_kernel_than_the_newest_computes(here, tmp_path):
    done = run(tmp_path, WHICH)
    took = [line.removeprefix("took ") for line in done.stdout.splitlines() if "took" in line]
    assert took == (here[1:2] or here)
    assert done.returncode == 0


def test_all_means_every_kernel_with_one_thread_and_two(here, tmp_path):
    done = run(tmp_path, "import os; print('n', os.environ['OMP_NUM_THREADS'])", "--all")
    assert [x[2:] for x in done.stdout.splitlines() if x[:2] == "n "] == ["1", "2"] * len(here)


def test_numpy_leaves_out_what_the_processor_lacks(here, tmp_path):
    body = "from tests.tools import each_processor as e; print('has', *e._optional_instructions())"
    done = run(tmp_path, body, "--all")
    has = [line.split()[1:] for line in done.stdout.splitlines() if line.startswith("has")]
    assert "warn" not in done.stderr.lower()
    for kernel, names in zip(here, has[::2], strict=True):
        lacking = each_processor.kernels()[kernel]
        assert not [name for name in names if name.startswith(lacking)], kernel
    wanted = [n for n in each_processor._optional_instructions() if n.startswith(("AVX", "X86"))]
    assert bool(has[0]) == bool(wanted), "the first one lacks nothing"


def test_what_this_processor_cannot_is_said(monkeypatch, capsys):
    monkeypatch.setattr(each_processor.platform, "machine", lambda: "x86_64")
    monkeypatch.setattr(each_processor, "taken", lambda variables: "Haswell")
    assert each_processor.available() == ["Haswell"]
    assert "not as on SkylakeX: this processor cannot" in capsys.readouterr().out


def test_arm_has_kernels_of_its_own(monkeypatch, capsys):
    monkeypatch.setattr(each_processor.platform, "machine", lambda: "arm64")
    monkeypatch.setattr(each_processor, "taken", lambda variables: "ARMV8")
    assert each_processor.available() == ["ARMV8"]
    assert "not as on NEOVERSEN1" in capsys.readouterr().out


def test_another_library_runs_once(monkeypatch, capsys):
    monkeypatch.setattr(each_processor, "taken", lambda variables: "")
    assert list(each_processor.runs(everything=True)) == ["on this processor"]
    assert "on this processor alone: NumPy computes with" in capsys.readouterr().out


def test_a_failure_on_one_of_them_fails(here, tmp_path):
    body = f"import os, sys; sys.exit(os.environ['OPENBLAS_CORETYPE'] == {here[0]!r})"
    done = run(tmp_path, body, "--all")
    assert done.returncode == 1
    assert f"failed as on {here[0]}, threads: 1; as on {here[0]}, threads: 2" in done.stderr
