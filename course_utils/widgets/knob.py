"""One control of an explorer among other widgets: something with a `value`."""

from __future__ import annotations

import traitlets


class Knob(traitlets.HasTraits):
    """A control as `ipywidgets.link` and `observe` want it; made by `Explorer.knob`.

    Attributes
    ----------
    value : object
        The control's value: it follows the picture's slider, and setting it moves the picture.
    """

    value = traitlets.Any()

    def __init__(self, explorer, name):
        super().__init__()
        self._explorer, self._name = explorer, name
        self.value = explorer.values[name]
        explorer.observe(self._follow, "values")
        self.observe(self._move, "value")

    @traitlets.validate("value")
    def _one_the_control_can_have(self, proposal):
        try:
            return self._explorer.controls[self._name].value(proposal.value)
        except (TypeError, ValueError) as error:
            raise traitlets.TraitError(f"{self._name}: {error}") from None

    def _follow(self, change):
        self.value = change.new[self._name]

    def _move(self, change):
        if self._explorer.values[self._name] != self.value:
            self._explorer.set(**{self._name: self.value})
