"""Counties and units the product brings with it."""


def load(*, using: str = "default") -> None:
    """Load or refresh counties and units from the package's data files."""
