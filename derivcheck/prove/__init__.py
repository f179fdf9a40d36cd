"""proofs for all dimensions and values."""
