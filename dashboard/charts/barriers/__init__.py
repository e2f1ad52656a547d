"""What stands in the way: shares of the survey with their intervals."""
