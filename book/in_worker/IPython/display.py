"""What can be shown besides text."""


class Markdown:
    """Text with marks."""

    def __init__(self, data):
        self.data = data

    def _repr_markdown_(self):
        return self.data


class HTML:
    """Text with tags."""

    def __init__(self, data):
        self.data = data

    def _repr_html_(self):
        return self.data


def display(*objects):
    """Show things as the last line of a cell would."""
    from notebook import show

    for each in objects:
        show(each)
