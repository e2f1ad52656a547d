"""The stage: a story to what its slides show, for every year, and what its figures look like from the back row."""
