"""What stands in the way, wave by wave."""
