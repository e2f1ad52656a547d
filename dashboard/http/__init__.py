"""What stands between pages and the network."""
