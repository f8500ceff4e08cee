"""What pytest should know about this folder."""

collect_ignore = ["tools/make_torch_oracles.py"]  # needs PyTorch, which the tests do not
