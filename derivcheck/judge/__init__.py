"""evidence → verdict: claim, definition or assumption; the gate."""
