"""The report: a selection to sections of sentences, tables and figures, and these to a page and to a Word file."""
