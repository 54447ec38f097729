"""
Settings, read from the environment once.

``FOTFESTE_ENV`` is ``production`` unless told otherwise: forgetting it must be the safe mistake.
"""

import os
from datetime import timedelta
from pathlib import Path

from fotfeste.access.login.configuration import LoginMisconfigured, profiles_from
from fotfeste.kernel.database.urls import as_django

PACKAGE = Path(__file__).resolve().parent.parent

ENVIRONMENT = os.environ.get("FOTFESTE_ENV", "production")
if ENVIRONMENT not in {"production", "demo", "test"}:
    raise SystemExit(f"FOTFESTE_ENV må være production, demo eller test, ikke «{ENVIRONMENT}».")
PRODUCTION = ENVIRONMENT == "production"
DEBUG = False

SECRET_KEY = os.environ.get("FOTFESTE_SECRET_KEY", "" if PRODUCTION else "bare-for-demo-og-test-" + "x" * 32)
ALLOWED_HOSTS = os.environ.get("FOTFESTE_HOSTS", "" if PRODUCTION else "localhost,127.0.0.1,testserver").split(",")

INSTALLED_APPS = [
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "fotfeste.kernel",
    "fotfeste.audit",
    "fotfeste.organisations",
    "fotfeste.access",
    "fotfeste.people",
    "fotfeste.consent",
    "fotfeste.casework",
    "fotfeste.correspondence",
    "fotfeste.collaboration",
    "fotfeste.annualwheel",
    "fotfeste.lists",
    "fotfeste.reporting",
    "fotfeste.integrations",
    "fotfeste.oversight",
    "fotfeste.config",
]

# The order is the point: the actor's transaction is outermost of all that touches the database, so that a
# failing view rolls back to its savepoint while the entry in the read log stays (docs/adr/0004).
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "fotfeste.access.middleware.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "fotfeste.kernel.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "fotfeste.access.middleware.ActorMiddleware",
    "fotfeste.access.limits.AttemptLimitMiddleware",
    "fotfeste.access.once.OnceMiddleware",
]

ROOT_URLCONF = "fotfeste.config.urls"
WSGI_APPLICATION = "fotfeste.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "fotfeste.access.context.actor",
                "fotfeste.config.navigation.navigation",
            ],
        },
    },
]
FORM_RENDERER = "fotfeste.kernel.form_renderer.FormRenderer"

DATABASE_URL = os.environ.get("DATABASE_URL", "")
DATABASE_OWNER_URL = os.environ.get("DATABASE_OWNER_URL", "") or DATABASE_URL
POOL_SIZE = int(os.environ.get("FOTFESTE_POOL_SIZE", "0"))


def _database(url: str, role: str, pool: int = 0) -> dict:
    if not url:
        return {"ENGINE": "django.db.backends.dummy"}
    described = as_django(url)
    options = described.setdefault("OPTIONS", {})
    if described.get("USER") != role:
        # One login for everything is allowed; what counts for the row policies is the role it takes on.
        options["options"] = (options.get("options", "") + f" -c role={role}").strip()
    if pool:
        options["pool"] = {"min_size": 1, "max_size": pool}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **described,
        "ATOMIC_REQUESTS": role == "fotfeste_app",
        # What pages use is kept for the next request, unless a pool keeps it.
        "CONN_MAX_AGE": 60 if role == "fotfeste_app" and not pool else 0,
    }


DATABASES = {
    "default": _database(DATABASE_URL, "fotfeste_app", POOL_SIZE),
    "owner": _database(DATABASE_OWNER_URL, "fotfeste_owner"),
}
DATABASE_ROUTERS = ["fotfeste.config.routers.OwnerMigrates"]
# Only for django-pghistory, which wants to know; we have no passwords and do not install django.contrib.auth.
AUTH_USER_MODEL = "access.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Oslo"

STATIC_URL = "static/"
STATIC_ROOT = os.environ.get("FOTFESTE_STATIC_ROOT") or None
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

SESSION_ENGINE = "fotfeste.access.session_store"
# Unused for so long, or begun so long ago, a session ends. The cookie itself is gone when the browser is closed.
SESSION_IDLE = timedelta(minutes=int(os.environ.get("FOTFESTE_SESSION_IDLE_MINUTES", "30")))
SESSION_ABSOLUTE = timedelta(hours=int(os.environ.get("FOTFESTE_SESSION_HOURS", "8")))
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# A neighbouring site of the same domain can set no cookie of such a name, so it can slip nobody a session of its own.
if PRODUCTION:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PRODUCTION
# Only where a proxy in front ends TLS and sets (and never passes on) this header.
if os.environ.get("FOTFESTE_BEHIND_PROXY") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31536000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "fotfeste.kernel.views.errors.csrf_failure"
# What is said after a form is sent may name somebody, and is no business of the browser's store of cookies.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# Kind of try -> (most, in how many seconds); see access/limits.py. Whole offices share one network address.
RATE_LIMITS = {
    "login": [(60, 60), (600, 3600)],
    "search": [(30, 60), (400, 3600)],
    "reply": [(20, 60), (200, 3600)],
    # Many people's calendars may be read from one address, that of the service they keep them at.
    "calendar": [(120, 60), (2000, 3600)],
}
SILENCED_SYSTEM_CHECKS = ["security.W003"] if not PRODUCTION else []

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_HANDLERS = ["fotfeste.kernel.uploads.LimitedUploadHandler"]
UPLOAD_LIMIT_BYTES = int(os.environ.get("FOTFESTE_UPLOAD_LIMIT", str(300 * 1024 * 1024)))
# The malware scanner asked about files kept in a case: a clamd, as host:port. None is asked without; the files are then
# taken in and marked, or refused.
CLAMAV = os.environ.get("FOTFESTE_CLAMAV", "")
UNSCANNED_FILES = os.environ.get("FOTFESTE_UNSCANNED_FILES", "mark")
if UNSCANNED_FILES not in {"mark", "refuse"}:
    raise SystemExit("FOTFESTE_UNSCANNED_FILES er «mark» eller «refuse».")
# Mail to staff, never about anybody. The demo puts it in a folder; a server in production is named as host:port.
EMAIL_FILE_PATH = os.environ.get("FOTFESTE_MAIL_FOLDER") or None
EMAIL_BACKEND = "django.core.mail.backends.{}.EmailBackend".format(
    "filebased" if EMAIL_FILE_PATH else "smtp" if PRODUCTION else "console"
)
_mail_host, _colon, _mail_port = os.environ.get("FOTFESTE_SMTP", "localhost:25").partition(":")
EMAIL_HOST, EMAIL_PORT = _mail_host, int(_mail_port or 25)
EMAIL_HOST_USER = os.environ.get("FOTFESTE_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("FOTFESTE_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("FOTFESTE_SMTP_TLS", "1" if EMAIL_HOST_USER else "0") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("FOTFESTE_MAIL_FROM", "Fotfeste <ikke-svar@localhost>")
# Where signed minutes are filed: a class (collaboration/archives.py), and the folder of the default one.
PUPIL_ARCHIVE = {
    "adapter": os.environ.get("FOTFESTE_ARCHIVE") or "fotfeste.collaboration.archives.FolderArchive",
    "folder": os.environ.get("FOTFESTE_ARCHIVE_FOLDER", ""),
}
# What SMS are sent with: a class (collaboration/texting.py), and the folder of the default one. None are sent without.
TEXTING = {
    "adapter": os.environ.get("FOTFESTE_SMS") or "fotfeste.collaboration.texting.FolderOutbox",
    "folder": os.environ.get("FOTFESTE_SMS_FOLDER", ""),
}
# What letters to youths are carried by: a class (correspondence/carriers.py), and the folder of the default one; and
# whether reminders that name nobody may go by e-mail to those who have an address.
LETTERS = {
    "adapter": os.environ.get("FOTFESTE_LETTERS") or "fotfeste.correspondence.carriers.FolderCarrier",
    "folder": os.environ.get("FOTFESTE_LETTER_FOLDER", ""),
    "mail": os.environ.get("FOTFESTE_LETTER_MAIL", "0"),
}
# Where a youth answers a letter: the address of the installation, or one that leads to it and tells nothing.
REPLY_ADDRESS = os.environ.get("FOTFESTE_REPLY_ADDRESS", "http://localhost:8000").rstrip("/")
# Where VIGO OT answers, when the county's register is fetched and not uploaded.
VIGO = {"url": os.environ.get("FOTFESTE_VIGO_URL", ""), "key": os.environ.get("FOTFESTE_VIGO_KEY", "")}

# The identity providers people log in through (access/login/configuration.py says what the variables are).
try:
    LOGIN_PROFILES = profiles_from(os.environ, is_production=PRODUCTION)
except LoginMisconfigured as problem:
    raise SystemExit(str(problem)) from None
LOGIN_KEYS = os.environ.get("FOTFESTE_LOGIN_KEYS", "")
IDENTITY_KEY = os.environ.get("FOTFESTE_IDENTITY_KEY") or f"identity of {SECRET_KEY}"
# Whom to turn to about logging in, as a sentence: «Ring brukerstøtten, 00 00 00 00.»
LOGIN_HELP = os.environ.get("FOTFESTE_LOGIN_HELP", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"without_texts": {"()": "fotfeste.kernel.logs.WithoutTexts"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "without_texts"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # The path of a missing page is what somebody typed, and may be a name.
    "loggers": {"django.request": {"level": "ERROR"}},
}
