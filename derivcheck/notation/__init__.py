"""math source → tokens → surface tree, ambiguity kept."""
