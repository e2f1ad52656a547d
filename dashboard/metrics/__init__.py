"""Dataset and Selection to one small tidy table per question. pandas and numpy only."""
