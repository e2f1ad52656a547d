"""Files as people have them, into the data folder: read with care, shown first, written whole or not at all."""
