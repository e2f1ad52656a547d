"""A chart of one view and year as a file to take away. Every kind of file is made of the same `Bundle`.

Libraries that write files are imported by the function that needs them, so that a start does not pay for them.
"""

from dashboard.charts.bundle import Bundle, Column
from dashboard.exports.bundle import bundle_of

__all__ = ["Bundle", "Column", "bundle_of"]
