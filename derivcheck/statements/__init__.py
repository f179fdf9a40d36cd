"""a display → chains of links."""
