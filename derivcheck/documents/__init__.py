"""bytes → Document: prose, math blocks, headings, annotations; exact source offsets kept."""
