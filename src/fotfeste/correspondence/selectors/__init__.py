"""Reads of what is sent out: notices to units, letters to youths."""

from fotfeste.correspondence.selectors.notices import addresses_of, latest_notices

__all__ = ["addresses_of", "latest_notices"]
