"""CodeMirror as one file, made by npm from the versions and hashes in `codemirror/`."""

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

SOURCE = Path(__file__).parent / "codemirror"


def codemirror(out: Path) -> bool:
    """Write CodeMirror's file and return True; say why not, and return False, if there is no npm.

    The page then offers a plain box to write code in.
    """
    npm, npx = shutil.which("npm"), shutil.which("npx")
    if not (npm and npx):
        return _without("there is no npm")
    with TemporaryDirectory() as folder:
        shutil.copytree(SOURCE, folder, dirs_exist_ok=True)
        bundle = ["esbuild", "index.js", "--bundle", "--minify", "--format=esm"]
        for command in (
            [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            [npx, "--no-install", *bundle, f"--outfile={out.absolute()}", "--log-level=error"],
        ):
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
            if done.returncode:
                return _without(done.stderr.strip()[-300:])
    return True


def _without(why):
    print(f"Without CodeMirror, so code is written in plain boxes: {why}", file=sys.stderr)
    return False
