"""Organisation numbers of the Central Coordinating Register: nine digits with one check digit."""

WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def is_org_number(number: str) -> bool:
    """
    Return whether ``number`` is nine digits with the right check digit.

    Source: Brønnøysundregistrene, modulus 11 with weights 3 2 7 6 5 4 3 2.
    """
    if len(number) != 9 or not (number.isascii() and number.isdigit()):
        return False
    digits = [int(digit) for digit in number]
    weighted = sum(digit * weight for digit, weight in zip(digits, WEIGHTS, strict=False))
    return (11 - weighted % 11) % 11 == digits[8]
