"""Pace and target."""
