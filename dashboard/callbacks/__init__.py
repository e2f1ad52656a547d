"""Callbacks: parse, call, return."""
