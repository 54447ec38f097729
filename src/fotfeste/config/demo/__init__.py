"""The demo: a synthetic county, its users, and a local identity provider to log in through."""
