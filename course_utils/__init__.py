"""Improving deep neural networks: the NumPy behind the notebooks.

The modules of this package are named after the lectures' topics. Each topic has the same name on
every floor: ``course_utils.softmax`` is its mathematics, ``course_utils.figures.softmax`` its
pictures and ``course_utils.checks.softmax`` the checks of its exercises. Importing the package
loads nothing but NumPy; pictures and widgets load when they are asked for.
"""

__version__ = "1.1.0"
