"""The notebooks as a book whose pictures are alive in the reader's own browser.

`python -m book OUT` builds it; `make site` calls that. Nothing of the package imports this.
"""
