"""Ask every page that a notebook or a document links to whether it is still there.

``python -m tests.tools.check_sources`` needs the internet, so it runs once a week and not with the
tests. A page that answers but does not let a program in (403, 429) counts as there.
"""

import html
import re
import sys
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import mistune

from tests import notebooks

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
_LINK = re.compile(r'(?:href|src)="(https?://[^"]+)"')
_NOT_FOR_PROGRAMS = {401, 403, 405, 406, 418, 429, 503}
_ASKING = {"User-Agent": "Mozilla/5.0 (link check of a teaching collection)"}


def links(text):
    """Return the addresses that a text in Markdown links to, each once."""
    return list(dict.fromkeys(map(html.unescape, _LINK.findall(mistune.html(text)))))


def of_the_project():
    """Return each address of the notebooks and documents, with the files that link to it."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in DOCUMENTS}
    for path in notebooks.PATHS:
        texts[path.name] = "\n".join(cell.source for cell in notebooks.cells(path, "markdown"))
    found = {}
    for name, text in texts.items():
        for link in links(text):
            found.setdefault(link, []).append(name)
    return found


def answer(link, timeout=30):
    """Return what is wrong with an address in words, or nothing."""
    try:
        with urllib.request.urlopen(urllib.request.Request(link, headers=_ASKING), timeout=timeout):
            return ""
    except urllib.error.HTTPError as error:
        return "" if error.code in _NOT_FOR_PROGRAMS else f"answers {error.code} {error.reason}"
    except (OSError, ValueError) as error:
        return f"cannot be reached: {error}"


def main(found=None):
    """Ask all of them; say which are gone; return how many."""
    found = of_the_project() if found is None else found
    with ThreadPoolExecutor(8) as pool:
        answers = dict(zip(found, pool.map(answer, found), strict=True))
    gone = {link: wrong for link, wrong in answers.items() if wrong}
    for link, wrong in gone.items():
        print(f"{link} {wrong} (in {', '.join(found[link])})")
    print(f"{len(found) - len(gone)} of {len(found)} links lead to a page")
    return len(gone)


if __name__ == "__main__":
    sys.exit(min(main(), 1))
