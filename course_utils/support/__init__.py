"""What the lecture's files stand on: checked arguments, interrupts, and results kept in files."""
