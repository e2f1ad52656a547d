"""The pages: each is registered with Dash, and has its layout and its callbacks in one file."""
