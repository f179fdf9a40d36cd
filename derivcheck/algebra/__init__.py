"""matrices over balls, exact rationals and dual numbers."""
