"""Make the parts of README.md that come from elsewhere.

Binder's badge and the book's address come from those named in pyproject.toml, the speed table from
the last benchmark, and the moving picture from a real explorer in a real JupyterLab.
"""

import argparse
import io
import re
import tempfile
from pathlib import Path

from PIL import Image

from book import addresses

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
PICTURE = ROOT / ".github" / "explorer.gif"
RESULTS = ROOT / "tests" / "benchmarks" / "results.md"


def badge():
    """Return where the book is, and the Binder badge for the repository in pyproject.toml."""
    link = addresses.binder("00_start_here")
    badge = f"[![Open in Binder](https://mybinder.org/badge_logo.svg)]({link})"
    return f"**[Improving deep neural networks, the book]({addresses.BASE})** · {badge}"


def speed():
    """Return the benchmark's table, its first three columns of numbers and its verdict."""
    lines = RESULTS.read_text(encoding="utf-8").splitlines()
    rows = [line.split("|") for line in lines if line.startswith("|")]
    table = ["|".join([*row[:3], row[4], ""]) for row in rows]
    verdict = next(line for line in lines if line.startswith("An explorer takes"))
    return "\n".join([*table, "", verdict])


def fill(text, name, content):
    """Replace what stands between the markers of a name."""
    pattern = rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)"
    filled, count = re.subn(pattern, lambda m: f"{m[1]}{content}\n{m[2]}", text, flags=re.S)
    if count != 1:
        raise ValueError(f"README.md should hold the markers of {name!r} once, but has {count}")
    return filled


def write(readme=README):
    """Fill in badge and speed."""
    text = readme.read_text(encoding="utf-8")
    readme.write_text(fill(fill(text, "badge", badge()), "speed", speed()), encoding="utf-8")


def film(notebook, index, keys):
    """Move an explorer's first slider in JupyterLab; return a picture of each position."""
    from playwright.sync_api import sync_playwright

    from tests.browser import lab

    with (
        tempfile.TemporaryDirectory() as logs,
        sync_playwright() as playwright,
        lab.jupyter_lab(ROOT, Path(logs) / "log") as address,
    ):
        browser = playwright.chromium.launch(executable_path=lab.find_chromium(), args=lab.FLAGS)
        page = browser.new_page(viewport={"width": 1100, "height": 1000})
        opened = lab.NotebookPage(page).open(address(f"notebooks/{notebook}"))
        opened.run_all()
        explorer = opened.explorers().nth(index)
        explorer.scroll_into_view_if_needed()
        slider = explorer.locator("input[type=range]").first
        frames = []
        for key in keys:
            slider.press(key)
            slider.press(key)
            page.wait_for_timeout(150)
            frames.append(Image.open(io.BytesIO(explorer.screenshot())).convert("RGB"))
        browser.close()
    return frames


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notebook", default="05_weighted_averages.ipynb")
    parser.add_argument("--explorer", type=int, default=0)
    parser.add_argument("--presses", type=int, default=13)
    given = parser.parse_args()
    keys = ["ArrowRight"] * given.presses + ["ArrowLeft"] * given.presses
    frames = film(given.notebook, given.explorer, keys)
    small = [
        f.resize((f.width * 3 // 4, f.height * 3 // 4), Image.Resampling.LANCZOS) for f in frames
    ]
    small = [f.quantize(32, dither=Image.Dither.NONE) for f in small]
    small[0].save(
        PICTURE, save_all=True, append_images=small[1:], duration=140, loop=0, optimize=True
    )
    print(f"{PICTURE.relative_to(ROOT)}: {len(small)} frames, {PICTURE.stat().st_size // 1024} kB")
    write()


if __name__ == "__main__":
    main()
