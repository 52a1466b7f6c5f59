"""The product's settings with the floor beside it, in a data folder of this run."""

from motcua.config.settings import *  # noqa: F403
from motcua.config.settings import INSTALLED_APPS, MIDDLEWARE

INSTALLED_APPS = [*INSTALLED_APPS, "benchmarks"]
ROOT_URLCONF = "benchmarks.urls"
# Both sides answer the same client with the same middleware.
MIDDLEWARE = list(MIDDLEWARE)
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
