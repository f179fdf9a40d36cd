"""what the document says about its symbols."""
