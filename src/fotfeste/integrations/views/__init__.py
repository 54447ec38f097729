"""Screens of the import desk."""
