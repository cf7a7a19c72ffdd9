"""Django's settings. Everything a school may set comes through `environment`, so docs/settings.md is complete."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.csp import CSP

from porchlight.config import environment as env
from porchlight.config.databases import database
from porchlight.config.demo import stays_here
from porchlight.config.files import CLAMD as CLAMD
from porchlight.config.files import files_folder
from porchlight.config.identity import CHECKED_BY_US, identity_providers
from porchlight.config.keys import FORMER_SEAL_KEYS as FORMER_SEAL_KEYS
from porchlight.config.keys import SEAL_KEY as SEAL_KEY
from porchlight.config.keys import anchors_folder, erasures_folder
from porchlight.config.languages import LANGUAGES as LANGUAGES
from porchlight.config.languages import LANGUAGES_BIDI as LANGUAGES_BIDI
from porchlight.config.mail import mailer
from porchlight.config.rooms import ROOMS
from porchlight.config.serving import COLLECTED
from porchlight.config.serving import DEBUG as DEBUG
from porchlight.config.serving import LARGEST_UPLOAD as LARGEST_UPLOAD
from porchlight.config.serving import LOGGING as LOGGING
from porchlight.config.serving import METRICS_SCHOOLS as METRICS_SCHOOLS
from porchlight.config.serving import METRICS_TOKEN as METRICS_TOKEN
from porchlight.config.serving import PROXIES as PROXIES
from porchlight.config.serving import THREADS as THREADS
from porchlight.config.serving import WEBHOOKS_INSIDE as WEBHOOKS_INSIDE
from porchlight.config.shipped import SHIPPED
from porchlight.config.tasks import BROKER as BROKER
from porchlight.config.tasks import BROKER_QUEUE as BROKER_QUEUE
from porchlight.config.tasks import BROKER_URL as BROKER_URL
from porchlight.config.tasks import PLANNER_WORKERS as PLANNER_WORKERS
from porchlight.config.tasks import TASKS as TASKS

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(env.text("PORCHLIGHT_VAR", str(ROOT / "var"), help="Folder for the database file and logs."))
VAR.mkdir(parents=True, exist_ok=True)

DEMO = env.flag(
    "PORCHLIGHT_DEMO", help="Set by `porchlight demo` alone: sign-in links for the practice cast."
)
DEMO_PORT = env.number("PORCHLIGHT_DEMO_PORT", 8000, help="Demo only: where Porchlight listens.")
DEMO_TOWN_PORT = env.number("PORCHLIGHT_TOWN_PORT", 8025, help="Demo only: where the practice town listens.")
DEMO_MAIL_PORT = env.number("PORCHLIGHT_TOWN_MAIL_PORT", 8026, help="Demo only: the town's post office.")
SAMPLE_SECRET_KEY = "only-for-this-machine"  # noqa: S105 - no secret: a server others can reach refuses it
SECRET_KEY = env.text(
    "PORCHLIGHT_SECRET_KEY",
    SAMPLE_SECRET_KEY,
    secret=True,
    help="Signs sessions and tokens. Any long random text; `porchlight doctor` says when it is missing.",
)
ANCHORS = anchors_folder(VAR)
ERASURES = erasures_folder(VAR)
ALLOWED_HOSTS = env.words(
    "PORCHLIGHT_HOSTS", "localhost,127.0.0.1,[::1]", help="Host names this server answers to, with commas."
)
BASE_URL = env.text(
    "PORCHLIGHT_BASE_URL", "http://127.0.0.1:8000", help="Public address, as gateways and families reach it."
).rstrip("/")
SCHEME, BASE_HOST = urlsplit(BASE_URL).scheme, urlsplit(BASE_URL).hostname or ""
stays_here(DEMO, BASE_URL)
CSRF_TRUSTED_ORIGINS = [BASE_URL]

DATABASES = {
    "default": database(
        env.text(
            "DATABASE_URL",
            f"sqlite:///{VAR / 'porchlight.sqlite3'}",
            secret=True,
            help="sqlite:///path for one school, postgresql://… for more. The application's role, not the owner's.",
        )
    )
}
DATABASE_OWNER_URL = env.text(
    "DATABASE_OWNER_URL",
    "",
    secret=True,
    help="PostgreSQL only: the owner's address, used by `porchlight migrate` and nothing else.",
)
DATABASE_OWNER = database(DATABASE_OWNER_URL) if DATABASE_OWNER_URL else None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PORCHLIGHT_GATEWAYS = env.words(
    "PORCHLIGHT_GATEWAYS",
    ",".join(f"porchlight.delivery.gateways.{name}" for name in SHIPPED),
    help="Python paths of the gateways that are switched on.",
)
CLOCK_FILE = env.text(
    "PORCHLIGHT_CLOCK_FILE",
    "",
    help="Demo only: a file that moves the clock people see, never that of leases.",
)

INSTALLED_APPS = [
    *(f"porchlight.{room}.apps.{room.capitalize()}Config" for room in ROOMS),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",  # allauth's sessions page needs it
    "django.contrib.staticfiles",
    "django.forms",  # after design, so that our widgets stand before Django's
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_htmx",
    "django_ox",
]

MIDDLEWARE = [
    "porchlight.operations.logs.pages.PageLog",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "porchlight.operations.serving.methods.KnownMethods",
    "porchlight.delivery.inbox.short_way.ShortWay",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "porchlight.operations.serving.compression.Compression",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "porchlight.accounts.middleware.SessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "porchlight.accounts.middleware.OwnPagesMiddleware",
    "porchlight.schools.middleware.SchoolMiddleware",
]

ROOT_URLCONF = "porchlight.config.urls"
WSGI_APPLICATION = "porchlight.config.wsgi.application"
ASGI_APPLICATION = "porchlight.config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.csp",
                "porchlight.design.context.page",
            ],
            "builtins": ["django.templatetags.i18n"],
        },
    },
]

FORM_RENDERER = "porchlight.design.forms.Renderer"
CSRF_FAILURE_VIEW = "porchlight.design.views.form_too_old"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
LOST_PASSWORDS = env.text(
    "PORCHLIGHT_LOST_PASSWORDS",
    "",
    help="A file of passwords that others have lost, one a line in small letters, gzip or not. "
    "Empty: the 20,000 commonest, which come with Django.",
)
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "porchlight.accounts.passwords.NotTooLong"},
    {
        "NAME": "django.contrib.auth.password_validation.CommonPasswordValidator",
        "OPTIONS": {"password_list_path": LOST_PASSWORDS} if LOST_PASSWORDS else {},
    },
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
SECOND_STEP = env.flag(
    "PORCHLIGHT_SECOND_STEP",
    not DEMO,
    help="Staff pages open only after a second step: an app's number or a passkey. The demo does without.",
)
ACCOUNT_ADAPTER = "porchlight.accounts.adapters.AccountAdapter"
MFA_ADAPTER = "porchlight.accounts.adapters.MFAAdapter"
MFA_TOTP_ISSUER = "Porchlight"
MFA_FORMS = {
    "add_webauthn": "porchlight.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "porchlight.accounts.forms.EditPasskeyForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# Mailboxes are looked up in one place and links made by one sum: as much work for one we know as for another.
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 - a path
PASSWORD_RESET_TIMEOUT = 60 * 60
ACCOUNT_EMAIL_VERIFICATION = "none"  # staff come by invitation only, which proves the mailbox
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before a way in is added or taken away
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody signs up alone: the invitation has proved who comes
USERSESSIONS_TRACK_ACTIVITY = True
IDENTITY_PROVIDERS = identity_providers(practice_town=f"http://127.0.0.1:{DEMO_TOWN_PORT}" if DEMO else "")
SOCIALACCOUNT_ADAPTER = "porchlight.accounts.identity.adapter.IdentityAdapter"
SOCIALACCOUNT_PROVIDERS = CHECKED_BY_US
LOGIN_REDIRECT_URL = "/"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
STAFF_IDLE, FAMILY_IDLE = timedelta(hours=1), timedelta(minutes=30)  # unused for longer, a session is over
HTTPS = SCHEME == "https"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "porchlight-session"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SILENCED_SYSTEM_CHECKS = [
    "security.W008",  # whoever holds the certificate, the proxy before us, leads http to https
    "security.W021",  # browsers' own list cannot be left again: the domain's owner decides, not this software
]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "media-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024  # the webhooks' cap as well
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # the new year's page has one for each child of the school

LANGUAGE_CODE = "en"
LOCALE_PATHS = [ROOT / "porchlight" / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not COLLECTED
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # pages name no others
MEDIA_ROOT = files_folder(VAR)
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
MAIL_URL = env.text(
    "PORCHLIGHT_MAIL_URL",
    f"smtp://127.0.0.1:{DEMO_MAIL_PORT}" if DEMO else "",  # the practice town's mailboxes
    secret=True,
    help="Mail server for colleagues' sign-in codes: smtp://name:password@host:587 or smtps://…:465. "
    "Empty: none is sent, and the log says so.",
)
MAILERS = {"default": mailer(MAIL_URL)}
DEFAULT_FROM_EMAIL = env.text(
    "PORCHLIGHT_MAIL_FROM", "Porchlight <porchlight@localhost>", help="Whom those mails come from."
)
ACCOUNT_EMAIL_NOTIFICATIONS = bool(MAIL_URL)  # a changed password or second step is told to its owner
TEST_RUNNER = "django.test.runner.DiscoverRunner"
