"""Sessions in the database, found by keys of the form we give out."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore


class SessionStore(DatabaseStore):
    """
    A session whose key is letters and digits.

    A cookie may hold anything, also what the database refuses to be asked about, as a NUL; that is no session.
    """

    def _validate_session_key(self, key: str | None) -> bool:
        return bool(key and len(key) >= 8 and key.isascii() and key.isalnum())
