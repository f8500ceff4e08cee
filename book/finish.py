"""What Sphinx leaves to do: say in each page what the page may load, and name the list's folds."""

import base64
import hashlib
import re
from pathlib import Path

_FOLD = '<summary><span class="toctree-toggle"'
"""What opens a part of the theme's list of pages; a screen reader is to hear what it is."""

_SCRIPT = re.compile(r"<script([^>]*)>(.*?)</script>", re.S)
_POLICY = (
    "default-src 'self'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self'; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'"
)
_POLICY_OF_JUPYTER = _POLICY.replace(
    "script-src 'self'", "script-src 'self' 'unsafe-eval' blob:"
).replace("connect-src 'self'", "connect-src 'self' data: blob:")


def finish(out: Path) -> None:
    """Give each page its Content-Security-Policy, with the hash of every script that stands in it.

    The worker, which is a file of its own, is not bound by the page's policy: there the page allows
    nothing, and Python may compile. JupyterLite makes functions from text, and loads the front ends
    of widgets from memory.
    """
    for page in sorted(out.rglob("*.html")):
        top = page.relative_to(out).parts[0]
        if top != "_static":
            policy = _POLICY_OF_JUPYTER if top == "lite" else _POLICY
            text = _with_policy(page.read_text(encoding="utf-8"), policy)
            page.write_text(text, encoding="utf-8")


def _with_policy(text, policy):
    inline = [body for more, body in _SCRIPT.findall(text) if "src=" not in more]
    hashes = " ".join(dict.fromkeys(map(_hash, inline)))
    policy = policy.format(hashes=hashes)
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    text = text.replace('data-theme="auto"', 'data-theme="light"', 1)  # until a script looks
    text = text.replace(_FOLD, _FOLD.replace("<summary", '<summary aria-label="more pages"'))
    return re.sub(r"<head>", f"<head>\n    {meta}", text, count=1)


def _hash(body):
    digest = hashlib.sha256(body.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
