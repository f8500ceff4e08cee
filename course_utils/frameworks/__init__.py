"""Notebook 17: programs in foreign frameworks, their runner, and what they agree in."""
