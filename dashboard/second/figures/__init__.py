"""Figures of `plotly.graph_objects`, each from the tables of a view, and what the year changes in them."""
