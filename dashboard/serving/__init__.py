"""What stands between pages and the network: files made ready at the start, headers, limits, health, the log."""
