import os

from fotfeste.kernel.database.urls import as_django

SECRET_KEY = "bare-for-demo-og-test-" + "x" * 32
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
DEBUG = False
ROOT_URLCONF = "benchmarks.minimal.urls"
INSTALLED_APPS = ["django.contrib.sessions", "benchmarks.minimal"]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        **as_django(os.environ["DATABASE_URL"]),
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 6}},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Europe/Oslo"
LANGUAGE_CODE = "nb"
