"""What the package and the notebooks ask of IPython, where there is none."""

from types import SimpleNamespace

version_info = (9, 0, 0)  # by which matplotlib decides to leave the backend alone


class _Shell:
    """The notebook's names, and the cell that is running."""

    def __init__(self):
        self.user_ns, self.config, self.parent_header = {}, {}, {}
        self.history_manager = SimpleNamespace(input_hist_parsed=[])

    def runs(self, cell, count, source):
        """Note which cell runs, for the how manieth time, and what stands in it."""
        header = {"msg_id": f"{cell} {count}"}
        self.parent_header = {"metadata": {"cellId": f"cell {cell}"}, "header": header}
        self.history_manager.input_hist_parsed.append(source)


_shell = _Shell()


def get_ipython():
    """Return the one shell."""
    return _shell
