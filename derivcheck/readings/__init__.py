"""surface tree + context → typed terms, most natural first."""
