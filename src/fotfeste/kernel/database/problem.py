"""The one error this package raises for anything a person has to do something about."""


class DatabaseProblem(Exception):
    """The database cannot be used; the text is a plain Norwegian sentence saying why and what to do."""
