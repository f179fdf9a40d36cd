"""typed terms and symbolic dimensions."""
