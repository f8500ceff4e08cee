"""ipywidgets is not on this page: whoever calls something of it is told in words."""


def __getattr__(name):
    if name.startswith("_"):
        raise AttributeError(name)

    def refuse(*args, **kwargs):
        raise RuntimeError(
            f"{name} is one of ipywidgets, which this page does not carry: open the notebook in "
            "JupyterLab to use it. Explorers and questions work here."
        )

    return refuse
