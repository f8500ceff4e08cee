"""Run a module as on other processors: ``python -m tests.tools.each_processor [--all] pytest ...``.

The last digits of a sum depend on the order in which a processor's instructions take its terms.
OpenBLAS and NumPy choose them for the processor at hand, but can be told to take those of another.
The module is run for a processor that lacks what this one has, or for all that can be had here,
with one thread and with two.
"""

import os
import platform
import subprocess
import sys

KERNELS = {
    "SkylakeX": (),
    "Haswell": ("AVX512", "X86_V4"),
    "Nehalem": ("AVX", "X86_V3", "X86_V4", "FMA", "F16C"),
    "Prescott": ("AVX", "X86_V3", "X86_V4", "FMA", "F16C"),
}
"""OpenBLAS's kernels, and how those of NumPy's instructions begin that such a processor lacks."""

ARM_KERNELS = {"NEOVERSEN1": (), "ARMV8": ()}
_ALSO_CALLED = {"Katmai": "Prescott"}  # by OpenBLAS on 64 bits

_ASK = """
import numpy, threadpoolctl
found = [x for x in threadpoolctl.threadpool_info() if x["internal_api"] == "openblas"]
print(*{x["architecture"] for x in found} or [""])
"""
_NAME = "import numpy; print(numpy.show_config('dicts')['Build Dependencies']['blas']['name'])"


def kernels():
    """Return the kernels of this machine's family."""
    return ARM_KERNELS if platform.machine().lower() in {"arm64", "aarch64"} else KERNELS


def environment(kernel, threads=None):
    """Return the variables that make NumPy compute as on a processor."""
    lacking = " ".join(n for n in _optional_instructions() if n.startswith(kernels()[kernel]))
    found = {**os.environ, "OPENBLAS_CORETYPE": kernel, "NPY_DISABLE_CPU_FEATURES": lacking}
    if threads:
        found |= dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), str(threads))
    return found


def _optional_instructions():
    from numpy._core import _multiarray_umath as numpy_core

    here = numpy_core.__cpu_features__
    return [name for name in numpy_core.__cpu_dispatch__ if here.get(name)]


def taken(variables):
    """Return the kernel that OpenBLAS really takes; empty if NumPy computes without it."""
    said = _answer(_ASK, variables)
    return _ALSO_CALLED.get(said, said)


def _answer(code, variables):
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def available():
    """Return the kernels that can be had here, and say which cannot and why."""
    found = []
    for kernel in kernels():
        instead = taken(environment(kernel))
        if instead == kernel:
            found.append(kernel)
        elif instead:
            print(f"== not as on {kernel}: this processor cannot, OpenBLAS takes {instead}")
    if not found:
        library = _answer(_NAME, dict(os.environ))
        print(f"== as on this processor alone: NumPy computes with {library} here")
    return found


def runs(*, everything):
    """Return what each run is called, and its variables."""
    here = available()
    if not here:
        return {"on this processor": dict(os.environ)}
    if not everything:  # as on this processor is how all other tests run
        other = here[1] if len(here) > 1 else here[0]
        return {f"as on {other}": environment(other)}
    return {
        f"as on {kernel}, threads: {threads}": environment(kernel, threads)
        for kernel in here
        for threads in (1, 2)
    }


def main(arguments):
    everything = arguments[:1] == ["--all"]
    failed = []
    for name, variables in runs(everything=everything).items():
        print(f"== {name}", flush=True)
        command = [sys.executable, "-m", *arguments[everything:]]
        if subprocess.run(command, env=variables, check=False).returncode:
            failed.append(name)
    return f"failed {'; '.join(failed)}" if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
