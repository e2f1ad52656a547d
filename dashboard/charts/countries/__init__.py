"""The ranked list of countries: one square is one partnership."""
