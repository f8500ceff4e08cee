"""Pictures of arrays: one module a topic, one function a picture.

A figure function gets an empty `matplotlib.figure.Figure`, draws every artist once and returns
``update(**values)``, which only moves artists and returns the readout: one line of text with the
numbers to take from the picture.
"""
