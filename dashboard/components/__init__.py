"""Pieces of pages, without callbacks."""
