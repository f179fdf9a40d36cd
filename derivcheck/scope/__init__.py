"""Slips that show without any mathematics: what a sum, a product or an integral binds, and what it should have."""
