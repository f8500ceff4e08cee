"""An extension of Jupyter's server: what a kernel answers goes to the page at once.

To every message a kernel answers first that it is busy, then what there is to say. Of two small
pieces a server keeps the second until the first is acknowledged (Nagle's algorithm), and a page
with nothing to send puts that off for up to 40 milliseconds (delayed acknowledgement): every second
move of a slider, or more, would take 48 milliseconds in place of 15. Games and terminals send every
piece at once, by ``TCP_NODELAY``; Jupyter's server does not yet.

``jupyter/etc`` tells the server of this module wherever the package is installed.
"""

_CLASS = "kernel_websocket_connection_class"


def _jupyter_server_extension_points():
    return [{"module": __name__}]


def _load_jupyter_server_extension(app):
    settings = app.web_app.settings
    if _CLASS in settings:  # servers older than 2.0 have none, and stay as they are
        settings[_CLASS] = at_once(settings[_CLASS])


def at_once(connection):
    """Return a class of connections between kernel and page that keep nothing back."""

    class AtOnce(connection):
        def connect(self):
            self.websocket_handler.set_nodelay(True)
            return super().connect()

    return AtOnce
