"""The county a command is for."""

from fotfeste.kernel.errors import Invalid


def county_number(text: str) -> int:
    """
    Return the county's number.

    :raises Invalid: it is not the number of any county.
    """
    from fotfeste.organisations.selectors.counties import county_or_none

    number = int(text) if text.isdigit() and len(text) <= 2 else 0
    if not number or county_or_none(county_id=number) is None:
        raise Invalid(f"«{text}» er ikke et fylkesnummer. Oslo er 03.")
    return number
