"""Measures every budget of the design: `python -m benchmarks`.

The share of slips that are found out: `python -m benchmarks.mutation`.
"""
