"""Figures and reports, as read. Every figure is asked for within a reach that ``policies`` has given out."""
