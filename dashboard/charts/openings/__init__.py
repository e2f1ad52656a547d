"""Countries in scope without a partnership."""
