"""Logging in through identity providers: who they are, what we ask of them, and what their answers must hold."""
