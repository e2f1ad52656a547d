"""Where partnerships are: partner countries, U.S. states, links between cities."""
