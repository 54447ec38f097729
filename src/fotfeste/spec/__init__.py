"""Product specification: what law and guidance ask of the product, and who answers for it in the code.

The lowest layer of the house. It knows no Django and imports nothing else from the package.
"""

from fotfeste.spec.marker import implements

__all__ = ["implements"]
