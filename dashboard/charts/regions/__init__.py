"""What stands in the way, region by region."""
