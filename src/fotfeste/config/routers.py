from typing import Any


class OwnerMigrates:
    """Tables are made and changed by the owner alone; everything else happens as the app role."""

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Say whether migrations may run over this connection."""
        return db == "owner"
