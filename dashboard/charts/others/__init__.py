"""What else the survey asked."""
