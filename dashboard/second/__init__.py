"""The dashboard on stock Dash, page by page, under /next/ of the same server (a name for the time being; what is
inside has its final shape): pages with their callbacks, figures of `plotly.graph_objects`, text as Jinja2
templates."""
