"""Run notebooks from top to bottom and store their outputs clean.

Kept are the texts and pictures a reader sees and the words that describe them. Left out is what
changes without a reason: widget models that died with their kernel, execution times, versions of
the machine at hand.
"""

import argparse
from pathlib import Path

import nbformat
from nbclient import NotebookClient

WIDGET = "application/vnd.jupyter.widget-view+json"
_METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {
        "codemirror_mode": {"name": "ipython", "version": 3},
        "file_extension": ".py",  # by which an exported program gets its name
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
    },
}
_KEPT = {"tags", "jupyter"}


def clean(notebook):
    """Remove in place what a stored notebook should not carry."""
    notebook.metadata = nbformat.from_dict(_METADATA)
    for cell in notebook.cells:
        cell.metadata = {key: value for key, value in cell.metadata.items() if key in _KEPT}
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET, None)
            if "metadata" in output:
                output.metadata = _descriptions(output.metadata)
    return notebook


def _descriptions(metadata):
    """Keep of an output's metadata what is said to those who cannot see its picture."""
    alt = metadata.get("image/png", {}).get("alt")
    return {"image/png": {"alt": alt}} if alt else {}


def store(path):
    """Run one notebook and write it back."""
    notebook = nbformat.read(path, as_version=4)
    resources = {"metadata": {"path": str(path.parent)}}
    NotebookClient(
        notebook, timeout=600, kernel_name="python3", resources=resources, coalesce_streams=True
    ).execute()
    clean(notebook)
    nbformat.validate(notebook)
    nbformat.write(notebook, path)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("notebooks", nargs="+", type=Path)
    for path in parser.parse_args().notebooks:
        print(path, flush=True)
        store(path)


if __name__ == "__main__":
    main()
