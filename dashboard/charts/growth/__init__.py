"""How it grew, year by year and by region."""
