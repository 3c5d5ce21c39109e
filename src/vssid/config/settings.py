"""The one settings file. Every deployment differs only by environment variables.

docs/operations/settings.md lists them. Nothing here has an insecure default: what must be
secret must be given (`./vssid demo` and `./vssid test` make their own).
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from . import database, env, house, sms_gateways

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = Path(__file__).resolve().parents[1]

# --- what this process is ------------------------------------------------------------------
DEMO = env.boolean("VSSID_DEMO")
DEBUG = False
SECRET_KEY = env.secret("VSSID_SECRET_KEY")
BASE_URL = env.text("VSSID_BASE_URL", "http://localhost:8000").rstrip("/")
SECURE = BASE_URL.startswith("https://")
ALLOWED_HOSTS = env.listing("VSSID_ALLOWED_HOSTS", urlsplit(BASE_URL).hostname or "localhost")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
DATA = Path(env.text("VSSID_DATA", str(ROOT / "data"))).absolute()
# Which installation a machine without a lasting data folder belongs to (docs/adr/0013).
INSTALLATION = env.uuid("VSSID_INSTALLATION")
# How many proxies in front of us append to X-Forwarded-For; 0 means none is believed.
TRUSTED_PROXIES = env.integer("VSSID_TRUSTED_PROXIES", 0, least=0, most=10)

# --- rooms and doors -----------------------------------------------------------------------
INSTALLED_APPS = house.APPS
MIDDLEWARE = house.MIDDLEWARE
ROOT_URLCONF = "vssid.config.urls"
WSGI_APPLICATION = "vssid.config.wsgi.application"
TEMPLATES = house.TEMPLATES
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# --- database ------------------------------------------------------------------------------
DATABASES = {"default": database.settings(env.text("VSSID_DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASE_ROUTERS: list[str] = []
# The hottest reads are answered before Django's middleware (docs/adr/0008).
SHORT_PATH = env.boolean("VSSID_SHORT_PATH", default=True)

# How far a process's clock may be from the database's before it does nothing that cannot be undone.
CLOCK_SECONDS = env.integer("VSSID_CLOCK_SECONDS", 60, least=5, most=3600)

# --- secrets and storage -------------------------------------------------------------------
# Newest first, `id:base64 of 32 bytes`, comma separated; old ones stay readable.
MASTER_KEYS = env.keys("VSSID_MASTER_KEYS")
FINGERPRINT_KEYS = env.keys("VSSID_FINGERPRINT_KEYS", marked=True)
# `old`: as the version before reads it; `both`: bound to rows, older ones open too; `bound`: they do not.
SEALS = env.choice("VSSID_SEALS", "both", ("old", "both", "bound"))
AUDIT_KEYS = env.keys("VSSID_AUDIT_KEYS")
# The database role of web and workers where another one owns the tables; `migrate` gives it its rights.
APP_ROLE = env.text("VSSID_APP_ROLE", "")
BLOBS_URL = env.text("VSSID_BLOBS_URL", f"file://{DATA}/blobs")
# PEM files that statements are signed with; without them none are issued.
SIGNING_KEY_FILE = env.text("VSSID_SIGNING_KEY_FILE", "")
SIGNING_CERTIFICATES_FILE = env.text("VSSID_SIGNING_CERTIFICATES_FILE", "")

# --- pages ---------------------------------------------------------------------------------
# Who provides this service, as pages name it; empty: Bảo hiểm xã hội Việt Nam, in the page's language.
AUTHORITY = env.text("VSSID_AUTHORITY", "")
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
# A subject's scripts and styles lie beside its pages; in their address only the door is named.
STATICFILES_DIRS = [
    (folder.parents[1].name, folder) for folder in sorted((PACKAGE / "web").glob("*/*/static"))
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "vssid.infra.static_files.storage.HashedStorage"},
}
# Looked for when asked: another version may lay its files down while this one runs (infra/static_files).
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["vssid.web.ui.uploads.CappedUploadHandler"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_NAME = "vssid-csrf"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "vssid.web.ui.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    },
}

# --- rules that are settings ---------------------------------------------------------------
REGISTRATION_DAYS = env.integer("VSSID_REGISTRATION_DAYS", 10, least=1, most=60)
REMINDER_DAYS = (4, 1)
DRAFT_LIFE = timedelta(days=env.integer("VSSID_DRAFT_DAYS", 30, least=1, most=366))
# Must the signed form be scanned and filed before an application is approved?
SIGNED_FORM_REQUIRED = env.boolean("VSSID_SIGNED_FORM_REQUIRED")
IMAGE_RETENTION = timedelta(days=env.integer("VSSID_IMAGE_RETENTION_DAYS", 30, least=0, most=3660))
IMPORT_UPLOAD_LIMIT = env.integer("VSSID_IMPORT_UPLOAD_MB", 200, least=1, most=10_000) * 1024 * 1024
# What a file may be once it is unpacked, and what the process that reads it may take (docs/import.md).
IMPORT_UNPACKED = env.integer("VSSID_IMPORT_UNPACKED_MB", 65_536, least=1, most=10_000_000) * 1024 * 1024
IMPORT_UPLOAD_UNPACKED = (
    env.integer("VSSID_IMPORT_UPLOAD_UNPACKED_MB", 1_024, least=1, most=100_000) * 1024 * 1024
)
IMPORT_WORKBOOK = env.integer("VSSID_IMPORT_WORKBOOK_MB", 256, least=1, most=100_000) * 1024 * 1024
IMPORT_CELLS = env.integer("VSSID_IMPORT_CELLS", 30_000_000, least=1000, most=10_000_000_000)
IMPORT_COLUMNS = env.integer("VSSID_IMPORT_COLUMNS", 1_000, least=50, most=100_000)
IMPORT_MEMORY = env.integer("VSSID_IMPORT_MEMORY_MB", 3_072, least=256, most=1_000_000) * 1024 * 1024
IMPORT_SECONDS = env.integer("VSSID_IMPORT_SECONDS", 120, least=1, most=86_400)
# A file that changes more rows than that, and more than that share of those it speaks of that are there, is
# confirmed by a second person; what nobody confirms goes after some days.
IMPORT_SECOND_ROWS = env.integer("VSSID_IMPORT_SECOND_ROWS", 100, least=0, most=1_000_000_000)
IMPORT_SECOND_SHARE = env.integer("VSSID_IMPORT_SECOND_PERCENT", 20, least=0, most=100)
IMPORT_SHOWN_DAYS = env.integer("VSSID_IMPORT_SHOWN_DAYS", 7, least=1, most=366)
IMPORT_UNDO_DAYS = env.integer("VSSID_IMPORT_UNDO_DAYS", 30, least=0, most=3660)
IMPORT_ERRORS_KEPT = timedelta(days=env.integer("VSSID_IMPORT_ERROR_DAYS", 30, least=1, most=366))
# Working days an office has, by kind of procedure, before what the data says; `*` where it says nothing [?].
PROCEDURE_DAYS = {"*": 7} | env.numbers("VSSID_PROCEDURE_DAYS", most=366)
ACTIVATION_LIFE = timedelta(hours=env.integer("VSSID_ACTIVATION_HOURS", 72, least=1, most=720))
ENTRY_LIFE = timedelta(days=env.integer("VSSID_ENTRY_DAYS", 30, least=1, most=180))
PHONE_CODE_LIFE = timedelta(minutes=5)
PHONE_CODE_TRIES = 5
# The signed credential of the card (docs/card-credential.md). Verifiers know the issuer by this name.
CARD_ISSUER = env.text("VSSID_CARD_ISSUER", urlsplit(BASE_URL).hostname or "vssid")
# A retired key stays published for 31 days (cards.actions).
CARD_DAYS = env.integer("VSSID_CARD_DAYS", 7, least=1, most=30)
CARD_LIFE = timedelta(days=CARD_DAYS)
CARD_KEY_LIFE = timedelta(days=env.integer("VSSID_CARD_KEY_DAYS", 180, least=2, most=3660))
CARD_KEY_NOTICE = timedelta(days=env.integer("VSSID_CARD_KEY_NOTICE_DAYS", 10, least=1, most=366))
if CARD_KEY_NOTICE >= CARD_KEY_LIFE:
    raise env.BadSetting("VSSID_CARD_KEY_NOTICE_DAYS phải ít hơn VSSID_CARD_KEY_DAYS.")
if not 1 <= len(CARD_ISSUER.encode()) <= 20:
    raise env.BadSetting("Hãy đặt VSSID_CARD_ISSUER: tên ngắn của nơi ký thẻ, nhiều nhất 20 byte.")
# Accounts: how long a claim without a session and a proof by code hold, and the cooling-off times.
CLAIM_LIFE = timedelta(minutes=30)
# Texts that strangers ask for (accounts.texts): the work each costs (leading zero bits of a hash; 0: none),
# and how many there are; 0 is what the dated data says.
TEXT_WORK_BITS = env.integer("VSSID_TEXT_WORK_BITS", 15, least=0, most=20)
TEXT_BUDGETS = {
    "network_hour": env.integer("VSSID_TEXTS_NETWORK_HOUR", 0, least=0, most=1_000_000),
    "network_day": env.integer("VSSID_TEXTS_NETWORK_DAY", 0, least=0, most=10_000_000),
    "all_hour": env.integer("VSSID_TEXTS_HOUR", 0, least=0, most=10_000_000),
    "all_day": env.integer("VSSID_TEXTS_DAY", 0, least=0, most=100_000_000),
}
TEXTS_ALARM_PERCENT = env.integer("VSSID_TEXTS_ALARM_PERCENT", 70, least=1, most=100)
CLAIM_PROVED_LIFE = timedelta(minutes=15)
CONTACT_CHANGE_LIFE = timedelta(minutes=30)
CHALLENGE_LIFE = timedelta(minutes=5)
PASSKEYS_MOST = 10
THAW_WAIT = timedelta(hours=env.integer("VSSID_THAW_HOURS", 24, least=0, most=720))
CLOSE_WAIT = timedelta(days=env.integer("VSSID_CLOSE_DAYS", 14, least=0, most=366))
# After an officer typed another phone: so long a password takes another officer, and a reset other means.
COUNTER_SECOND_WAIT = timedelta(hours=env.integer("VSSID_COUNTER_SECOND_HOURS", 72, least=1, most=720))
COUNTER_DAYS = env.integer("VSSID_COUNTER_DAYS", 14, least=1, most=366)
STAFF_IDLE = timedelta(minutes=15)
# Registrations that take a second officer: from so many points of doubt, among which counts that who took the
# person in at the counter approves too, and so many of a hundred by chance.
SECOND_RISK = env.integer("VSSID_SECOND_RISK", 0, least=0, most=99)
SECOND_INTAKE = env.integer("VSSID_SECOND_INTAKE", 2, least=0, most=99)
SECOND_SHARE = env.integer("VSSID_SECOND_SHARE", 0, least=0, most=100)
# Files with a known answer among what people send: so many of a hundred, so many at once, so many days.
KNOWN_ANSWER_SHARE = env.integer("VSSID_KNOWN_ANSWER_SHARE", 0, least=0, most=20)
KNOWN_ANSWER_MOST = env.integer("VSSID_KNOWN_ANSWER_MOST", 2, least=1, most=50)
KNOWN_ANSWER_DAYS = env.integer("VSSID_KNOWN_ANSWER_DAYS", 10, least=1, most=60)
# However busy: at the end of the shift staff sign in anew.
STAFF_SHIFT = timedelta(hours=env.integer("VSSID_STAFF_SHIFT_HOURS", 12, least=1, most=24))
# HR people of employers work in lists and beside them, in a file: longer at rest, and the same day's length.
EMPLOYER_IDLE = timedelta(minutes=env.integer("VSSID_EMPLOYER_IDLE_MINUTES", 30, least=5, most=120))
EMPLOYER_SHIFT = timedelta(hours=env.integer("VSSID_EMPLOYER_SHIFT_HOURS", 12, least=1, most=24))
DEVICE_IDLE = timedelta(days=30)
# After so many days without a confirmation a page stored on a phone calls itself out of date.
RECORD_FRESH_DAYS = env.integer("VSSID_RECORD_FRESH_DAYS", 30, least=1, most=366)

# --- outside -------------------------------------------------------------------------------
SMS_GATEWAY = env.text("VSSID_SMS_GATEWAY", "log")  # log | kannel
KANNEL_SEND_URL = env.text("VSSID_KANNEL_SEND_URL", "http://127.0.0.1:13013/cgi-bin/sendsms")
KANNEL_USERNAME = env.text("VSSID_KANNEL_USERNAME", "vssid")
KANNEL_PASSWORD = env.text("VSSID_KANNEL_PASSWORD", "")
SMS_SENDER = env.text("VSSID_SMS_SENDER", "BHXH")
SMS_RECEIPT_SECRET = env.secret("VSSID_SMS_RECEIPT_SECRET")
# Where the gateway reaches our receipts door, when that is not the public address.
SMS_RECEIPT_BASE = env.text("VSSID_SMS_RECEIPT_BASE", BASE_URL).rstrip("/")
# Several gateways with weights, each with its own address, password and secret of receipts.
SMS_GATEWAYS = sms_gateways.read(env.text("VSSID_SMS_GATEWAYS_FILE", ""))
if SMS_GATEWAYS and SMS_GATEWAY != "kannel":
    raise env.BadSetting("VSSID_SMS_GATEWAYS_FILE chỉ dùng với VSSID_SMS_GATEWAY=kannel.")
if SMS_GATEWAY not in {"log", "kannel"}:
    raise env.BadSetting("VSSID_SMS_GATEWAY phải là log hoặc kannel. Xem docs/operations/settings.md.")
if SMS_GATEWAY == "log" and SECURE and not DEMO:
    raise env.BadSetting("VSSID_SMS_GATEWAY=log ghi tin nhắn ra tệp, chỉ dùng cho demo: hãy đặt kannel.")
METRICS_TOKEN = env.text("VSSID_METRICS_TOKEN", "")

# --- notices -------------------------------------------------------------------------------
MAIL_GATEWAY = env.text("VSSID_MAIL_GATEWAY", "off" if SECURE and not DEMO else "log")  # off | log | smtp
MAIL_FROM = env.text("VSSID_MAIL_FROM", "BHXH <khong-tra-loi@localhost>")
SMTP_HOST = env.text("VSSID_SMTP_HOST", "127.0.0.1")
SMTP_PORT = env.integer("VSSID_SMTP_PORT", 587, least=1, most=65_535)
SMTP_SECURITY = env.text("VSSID_SMTP_SECURITY", "starttls")  # tls | starttls | none
SMTP_USERNAME = env.text("VSSID_SMTP_USERNAME", "")
SMTP_PASSWORD = env.text("VSSID_SMTP_PASSWORD", "")
if MAIL_GATEWAY not in {"off", "log", "smtp"} or SMTP_SECURITY not in {"tls", "starttls", "none"}:
    raise env.BadSetting(
        "VSSID_MAIL_GATEWAY phải là off, log hoặc smtp; VSSID_SMTP_SECURITY phải là tls, starttls hoặc none."
        " Xem docs/operations/settings.md."
    )
if MAIL_GATEWAY == "log" and SECURE and not DEMO:
    raise env.BadSetting("VSSID_MAIL_GATEWAY=log ghi thư ra tệp, chỉ dùng cho demo: hãy đặt smtp hoặc off.")
# Web Push: without a key no device is offered it. Only these services are called; a leading dot stands for
# every name below.
VAPID_KEY = env.text("VSSID_VAPID_KEY", "")
VAPID_SUBJECT = env.text("VSSID_VAPID_SUBJECT", BASE_URL)
if VAPID_KEY and not env.is_base64(VAPID_KEY, 32):
    raise env.BadSetting("VSSID_VAPID_KEY phải là base64url của 32 byte. Xem docs/operations/settings.md.")
PUSH_HOSTS = env.listing(
    "VSSID_PUSH_HOSTS",
    "fcm.googleapis.com,.push.services.mozilla.com,web.push.apple.com,.push.apple.com,.notify.windows.com",
)
PUSH_LOOPBACK = env.boolean("VSSID_PUSH_LOOPBACK")
if PUSH_LOOPBACK and SECURE and not DEMO:
    raise env.BadSetting("VSSID_PUSH_LOOPBACK=1 cho gọi vào chính máy này, chỉ dùng cho thử nghiệm và demo.")

LOGGING_CONFIG = "vssid.infra.log.configure"
LOGGING = {"level": env.text("VSSID_LOG_LEVEL", "INFO")}
TEST_RUNNER = "django.test.runner.DiscoverRunner"
# Importing each room's `jobs` module registers its jobs.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_ON_APP_READY = "vssid.config.wiring.on_jobs_ready"
SILENCED_SYSTEM_CHECKS: list[str] = []
