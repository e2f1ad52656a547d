"""Which cards stand where."""
