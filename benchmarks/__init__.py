"""Measures every budget of the design: `python -m benchmarks`."""
