"""Settings. Everything an agency may change comes from the environment; the rest is decided here."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from openmission.config.database import database
from openmission.config.keys import load_or_create

BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(os.environ.get("OPENMISSION_DATA") or BASE_DIR / "var").resolve()
CONTENT_DIR = BASE_DIR / "content"
CONTENT_OVERLAY_DIR = Path(os.environ.get("OPENMISSION_OVERLAY") or DATA_DIR / "overlay").resolve()  # licensed wording
DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)

SECRET_KEY = load_or_create(DATA_DIR / "keys" / "secret.key", 48).hex()
FIELD_KEY_FILE = DATA_DIR / "keys" / "field.key"
load_or_create(FIELD_KEY_FILE, 32, unless=DATA_DIR / "openmission.sqlite3")
FINGERPRINT_KEY = load_or_create(DATA_DIR / "keys" / "fingerprint.key", 32)  # never changes
DEBUG = os.environ.get("OPENMISSION_DEBUG") == "1"
HTTPS = os.environ.get("OPENMISSION_HTTPS") == "1"
ALLOWED_HOSTS = os.environ.get("OPENMISSION_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []

ROOMS = ["kernel", "audit", "staff", "clients", "programs", "curricula", "intake", "care"]
ROOMS += ["workbook", "delivery", "exchange", "practice", "desk"]
INSTALLED_APPS = [  # our rooms first: their templates stand in for those of the libraries
    *[f"openmission.{room}" for room in ROOMS if (BASE_DIR / "openmission" / room / "apps.py").exists()],
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "openmission.staff.middleware.viewer_middleware",
    "openmission.staff.middleware.DoorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "openmission.audit.middleware.access_log_middleware",
]

if os.environ.get("OPENMISSION_COUNT_QUERIES") == "1":  # script/bench
    MIDDLEWARE.insert(0, "openmission.practice.bench.counting.count_queries")

ROOT_URLCONF = "openmission.config.urls"
WSGI_APPLICATION = "openmission.config.wsgi.application"
FORM_RENDERER = "openmission.kernel.forms.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "openmission.staff.context.viewer",
                "openmission.config.navigation.navigation",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "openmission.kernel.templatetags.ui",
            ],
        },
    }
]

DATABASES = {"default": database(os.environ.get("OPENMISSION_DATABASE_URL", ""), DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {  # counts wrong passwords; few entries would let an attacker with many addresses push them out
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "staff.User"
AUTHENTICATION_BACKENDS = ["openmission.staff.backends.StaffBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in/"
ACCOUNT_ADAPTER = "openmission.staff.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "5/5m/key,20/5m/ip", "reauthenticate": "10/m/user"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0  # whose address is counted when somebody guesses passwords
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "OpenMISSION"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_ADAPTER = "openmission.staff.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "add_webauthn": "openmission.staff.forms.AddPasskeyForm",
    "edit_webauthn": "openmission.staff.forms.RenamePasskeyForm",
}

SESSION_ENGINE = "openmission.staff.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "openmission.staff.views.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [BASE_DIR / "openmission" / "locale"]
FORMAT_MODULE_PATH = "openmission.locale"
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
USE_I18N = USE_TZ = True
TIME_ZONE = os.environ.get("OPENMISSION_TIME_ZONE", "America/New_York")

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "openmission.kernel.static_files.StaticFiles"},
}
FILES_DIR = DATA_DIR / "files"
FILE_UPLOAD_HANDLERS = ["openmission.kernel.uploads.BoundedUploads"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"no_client_data": {"()": "openmission.kernel.logs.NoClientData"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["no_client_data"]},
    },
    "root": {"handlers": ["console"], "level": os.environ.get("OPENMISSION_LOG", "WARNING")},
}
