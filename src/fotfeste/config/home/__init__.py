"""The home screen: what each role opens in the morning, one module for each family of roles."""

from fotfeste.config.home.screen import home

__all__ = ["home"]
