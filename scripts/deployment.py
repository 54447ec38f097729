#!/usr/bin/env python3
"""Ask Django, and our own checks, whether the settings are safe when set as the README says. Connects to nothing."""

import os
import secrets
import subprocess
import sys

SET = {
    "FOTFESTE_ENV": "production",
    "FOTFESTE_HOSTS": "fotfeste.example.no",
    "FOTFESTE_OIDC_ISSUER": "https://login.example.no",
    "FOTFESTE_OIDC_ACR": "any",
    "DATABASE_URL": "postgresql://fotfeste@database.example.no/fotfeste?sslmode=verify-full",
    "DJANGO_SETTINGS_MODULE": "fotfeste.config.settings",
}


def main() -> int:
    """Return the exit code: 0 when nothing is remarked."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("FOTFESTE_", "DATABASE_"))}
    hidden = ("FOTFESTE_SECRET_KEY", "FOTFESTE_IDENTITY_KEY", "FOTFESTE_OIDC_CLIENT_SECRET")
    environment = {**kept, **SET, **{name: secrets.token_urlsafe(64) for name in hidden}}
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
