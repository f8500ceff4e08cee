"""The history of a training: its costs and accuracies, epoch by epoch, and their curves."""

import io
from dataclasses import dataclass, field

import numpy as np

from course_utils.support.looks import in_house_looks
from course_utils.support.words import percent


@dataclass
class History:
    """What happened, a number an epoch in each list.

    `cost` and `accuracy` are means over the training passes of the epoch, while the network was
    changing; `validation_cost` and `validation_accuracy`, empty without such data, are of inference
    passes after it. `stopped` says why training ended before its last epoch.
    """

    alpha: list = field(default_factory=list)
    cost: list = field(default_factory=list)
    accuracy: list = field(default_factory=list)
    validation_cost: list = field(default_factory=list)
    validation_accuracy: list = field(default_factory=list)
    stopped: str = ""

    def note(self, *numbers):
        """Add an epoch: alpha, cost, accuracy, and those in validation if there are such data."""
        for values, value in zip(self._columns(), numbers, strict=False):
            values.append(value)

    def cut(self, epochs):
        """Forget all after so many epochs."""
        for values in self._columns():
            del values[epochs:]

    def _columns(self):
        training = (self.alpha, self.cost, self.accuracy)
        return (*training, self.validation_cost, self.validation_accuracy)

    def __len__(self):
        return len(self.cost)

    def __repr__(self):
        if not self.cost:
            return f"no epoch done{self.stopped and ': ' + self.stopped}"
        accuracy = percent(self.accuracy[-1], 1)
        said = f"{len(self)} epochs: cost {self.cost[-1]:.3g}, accuracy {accuracy}"
        if self.validation_cost:
            said += f"; validation {self.validation_cost[-1]:.3g}"
            said += f", {percent(self.validation_accuracy[-1], 1)}"
        return said + (self.stopped and f"; {self.stopped}")

    @in_house_looks
    def plot(self, fig=None):
        """Draw cost and accuracy over the epochs into an empty figure, or into a new one."""
        if fig is None:
            from matplotlib.figure import Figure  # whoever draws nothing need not load it

            fig = Figure(figsize=(7.2, 2.8), layout="constrained")
        epochs = np.arange(1, len(self) + 1)
        for ax, name in zip(fig.subplots(1, 2), ("cost", "accuracy"), strict=True):
            ax.plot(epochs, getattr(self, name), ".-", color="#0072B2", label="training")
            if self.validation_cost:
                values = getattr(self, f"validation_{name}")
                ax.plot(epochs, values, ".--", color="#D55E00", label="validation")
                ax.legend(frameon=False)
            ax.set(xlabel="epoch", ylabel=name)
            ax.spines[["top", "right"]].set_visible(False)
        return fig

    @in_house_looks
    def _repr_png_(self):
        """Show the curves where a notebook shows the history."""
        fig, file = self.plot(), io.BytesIO()
        fig.savefig(file, format="png", dpi=100)
        return file.getvalue()
