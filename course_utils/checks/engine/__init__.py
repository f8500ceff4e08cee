"""Judges a reader's answer: `exercise.Exercise` says how an exercise is written down."""
