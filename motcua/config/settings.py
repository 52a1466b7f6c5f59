"""Settings: read once from MOTCUA_* variables, each with a default that works on a fresh machine.

A commune's own choices (people, hours, numbers, overlays) are rows in the database, never settings.
"""

from datetime import UTC, datetime
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import Env

from motcua.config import places, secret_keys

env = Env()
PACKAGE = Path(__file__).resolve().parent.parent

# --- where things are kept -------------------------------------------------------------------------------------
MOTCUA_DATA = places.data_folder(env.str("MOTCUA_DATA", ""))
MOTCUA_PORT = env.int("MOTCUA_PORT", 8000)
MOTCUA_BASE_URL = env.str("MOTCUA_BASE_URL", f"http://127.0.0.1:{MOTCUA_PORT}")
FILES_FOLDER = MOTCUA_DATA / "files"
KEYS_FOLDER = MOTCUA_DATA / "keys"
# The last committed events, noted outside of the database (motcua.kernel.highwater).
HIGH_WATER: Path | None = MOTCUA_DATA / "high-water"
# Where scanners put their files, a folder for each commune's counter.
SCANS_FOLDER = Path(env.str("MOTCUA_SCANS", "") or MOTCUA_DATA / "scans").expanduser()
SECRET_FILE = MOTCUA_DATA / "secret-key"
SECRET_IS_GIVEN = bool(env.str("MOTCUA_SECRET_KEY", ""))
SECRET_KEY = env.str("MOTCUA_SECRET_KEY", "") or places.kept_secret(SECRET_FILE)
# Accepted for a while after `motcua keys rotate secret`, or because somebody who keeps the secret elsewhere says so.
SECRET_KEY_FALLBACKS: list[str] = [
    *env.list("MOTCUA_SECRET_KEY_FALLBACKS", []),
    *secret_keys.earlier(KEYS_FOLDER, datetime.now(UTC)),
]
# Claim codes are HMACs under a key with an id, so that a key can be changed while old codes go on working.
CLAIM_KEYS = secret_keys.CodeKeys(KEYS_FOLDER, SECRET_KEY)
CLAIM_KEY_ID = CLAIM_KEYS.newest

DEBUG = False
ALLOWED_HOSTS = env.list("MOTCUA_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("MOTCUA_TRUSTED_ORIGINS", [])
BEHIND_TLS = env.bool("MOTCUA_TLS", False)
# A certificate of one's own: then the server itself speaks https, without a proxy.
TLS_CERT, TLS_KEY = env.str("MOTCUA_TLS_CERT", ""), env.str("MOTCUA_TLS_KEY", "")
OVER_TLS = BEHIND_TLS or bool(TLS_CERT)
# An authority of the centre's own (motcua https local): http as before, and beside it a second door for https.
HTTPS_PORT = env.int("MOTCUA_HTTPS_PORT", 8443)
HTTPS_OWN = not OVER_TLS and (KEYS_FOLDER / "https" / "root.key").is_file()

# --- rooms -----------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "motcua.ui",  # first: its pages stand before those that the packages bring
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "motcua.kernel",
    "motcua.procedures",
    "motcua.dossiers",
    "motcua.oversight",
    "motcua.payments",
    "motcua.portal",
]
MIDDLEWARE = [
    "motcua.portal.https.middleware.TwoDoors",
    "motcua.ui.middleware.KeptPages",  # before all others: what is kept was finished by all the others
    "motcua.ui.middleware.WaitForNobody",
    "django.middleware.security.SecurityMiddleware",
    "motcua.ui.middleware.NothingMore",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "motcua.ui.middleware.CompressForCitizens",
    "csp.middleware.CSPMiddleware",
    "motcua.ui.middleware.PlainSigns",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]
ROOT_URLCONF = "motcua.config.urls"
WSGI_APPLICATION = "motcua.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "motcua.ui.context.page",
            ],
        },
    }
]

# --- database --------------------------------------------------------------------------------------------------
DATABASES = {"default": places.database(env.str("MOTCUA_DATABASE_URL", ""), MOTCUA_DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Room for the counters of motcua.dossiers.limits beside everything else: what is thrown out is counted anew.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 20_000}},
}

# --- people and sign-in ----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "kernel.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "motcua.portal.sign_in.StaffAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# By account, against guessing; by address only what no office behind one address reaches by slips of its people, nor
# when all of them sign in at half past seven. A counted address is what motcua.kernel.networks says.
ACCOUNT_RATE_LIMITS = {"login": "240/m/ip", "login_failed": "120/5m/ip,5/5m/key", "reset_password": "60/m/ip,5/m/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {"login_webauthn": "motcua.portal.sign_in.PasskeyForm"}
MFA_TOTP_ISSUER = "Một Cửa"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not (OVER_TLS or HTTPS_OWN)
USERSESSIONS_TRACK_ACTIVITY = False
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = OVER_TLS
if OVER_TLS:  # a browser then takes them from this very host only
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"

# --- headers ---------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        # Text becomes something that acts only by way of the policies of motcua/ui/assets/_trusted.js.
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["motcua-rows", "motcua-worker"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
if BEHIND_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
if OVER_TLS:
    SECURE_HSTS_SECONDS, SECURE_HSTS_INCLUDE_SUBDOMAINS = 31_536_000, True

# --- words, time, pages ----------------------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
# In attributes a grouped number is another number; amounts are written by motcua.ui.writing.
USE_THOUSAND_SEPARATOR = False
STATIC_URL = "/static/"
STATIC_ROOT = MOTCUA_DATA / "static"
STATICFILES_DIRS: list[Path] = []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler", "motcua.ui.taking.Counted"]
EMAIL_HOST = env.str("MOTCUA_EMAIL_HOST", "")
EMAIL_PORT = env.int("MOTCUA_EMAIL_PORT", 587)
EMAIL_HOST_USER = env.str("MOTCUA_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env.str("MOTCUA_EMAIL_PASSWORD", "")
# 465 is spoken to in TLS from the first byte, 25 in the clear inside a network of one's own, every other by STARTTLS.
EMAIL_USE_SSL, EMAIL_USE_TLS = EMAIL_PORT == 465, EMAIL_PORT not in (25, 465)
EMAIL_TIMEOUT = 20
# What we show to other systems when we tell them a status: "dvcqg=…,tu-phap=…". Never kept in the database.
EXCHANGE_TOKENS: dict[str, str] = env.dict("MOTCUA_EXCHANGE_TOKENS", {})
EMAIL_BACKEND = env.str(
    "MOTCUA_EMAIL_BACKEND", f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
)
DEFAULT_FROM_EMAIL = env.str("MOTCUA_EMAIL_FROM", "motcua@localhost")
# Who signs results digitally: "file" (a PKCS#12 file), "sample" (a demonstration's own) or "none".
SIGNING = env.str("MOTCUA_SIGNING", "")
SIGNING_FILE, SIGNING_PASSWORD = env.str("MOTCUA_SIGNING_FILE", ""), env.str("MOTCUA_SIGNING_PASSWORD", "")
SIGNING_ROOTS = env.str("MOTCUA_SIGNING_ROOTS", "")
# Where new versions are to be had; asked by nobody unless it is set. By these keys they are known (the package's file).
UPDATES, PUBLISHER_KEYS = env.str("MOTCUA_UPDATES", ""), Path("/usr/share/motcua/publisher.pub")
NINJA_PAGINATION_PER_PAGE = 50
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"class": "motcua.config.logs.Line", "format": "{asctime} {levelname} {name}: {message}", "style": "{"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    # What they have to say of a certificate stands on a page, and names whose it is.
    "loggers": {name: {"level": "CRITICAL"} for name in ("pyhanko", "pyhanko_certvalidator")},
    "root": {"handlers": ["console"], "level": env.str("MOTCUA_LOG", "WARNING")},
}
