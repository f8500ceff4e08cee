"""The stubs of the exercises, as they stand in the notebooks."""

import numpy as np

from tests.notebooks import FOLDER, code_cells


def stub_in(notebook, name):
    """Return the function of this name from the first cell of a notebook that begins with it."""
    cells = code_cells(FOLDER / f"{notebook}.ipynb")
    source = next(cell for cell in cells if cell.startswith(f"def {name}("))
    namespace = {"np": np}
    exec(source.split("\n\n\n")[0], namespace)
    return namespace[name]
