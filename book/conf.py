"""Sphinx's settings; `python -m book` copies them beside the pages that it writes."""

from pathlib import Path

from book import addresses, api
from course_utils.widgets import formulas

project = "Improving deep neural networks"
html_title = project
language = "en"
extensions = [
    "myst_parser",
    "sphinx_copybutton",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx.ext.viewcode",
]
default_role = "code"
suppress_warnings = ["ref.footnote"]  # a docstring may end with its source and not point at it
viewcode_line_numbers = True
html_baseurl = addresses.BASE
html_theme = "sphinx_book_theme"
html_static_path = ["_static"]
html_css_files = ["widgets.css", "book.css"]
(_live,) = (Path(__file__).parent / "_static").glob("live-*")
html_js_files = [(f"{_live.name}/live.js", {"type": "module"})]
html_favicon = "icon.svg"
html_context = {"default_mode": "auto"}
html_copy_source = False
html_show_copyright = html_show_sphinx = False
html_math_renderer = "mathml"
myst_enable_extensions = ["dollarmath", "amsmath"]
myst_heading_anchors = 3
myst_links_external_new_tab = False
copybutton_selector = "div.cell-code div.highlight pre, div.highlight-default pre"
html_theme_options = {
    "show_toc_level": 2,
    "use_download_button": False,
    "use_fullscreen_button": False,
    "article_footer_items": [],
    "footer_content_items": [],
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}


def _inline(writer, node):
    _write(writer, node, "inline")


def _block(writer, node):
    _write(writer, node, "block")


def _write(writer, node, display):
    from docutils import nodes

    writer.body.append(formulas.from_latex(node.astext(), display))
    raise nodes.SkipNode


def setup(app):
    """Have formulas written as MathML, which browsers draw by themselves; see also `book.api`."""
    app.connect("autodoc-process-docstring", api.own_notes)
    app.add_html_math_renderer("mathml", (_inline, None), (_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
