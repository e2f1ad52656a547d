"""The map of one partnership, or of those of one U.S. state."""
