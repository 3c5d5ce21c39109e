"""What the house is made of, in every installation the same: rooms and doors, middleware, templates."""

from __future__ import annotations

from typing import Any

APPS = [
    "django.contrib.staticfiles",
    "csp",
    "procrastinate.contrib.django",
    "vssid.domain.places",
    "vssid.domain.vault",
    "vssid.domain.audit",
    "vssid.domain.installation",
    "vssid.domain.notifications",
    "vssid.domain.imports",
    "vssid.domain.verification",
    "vssid.domain.offices",
    "vssid.domain.participants",
    "vssid.domain.directory",
    "vssid.domain.identity",
    "vssid.domain.accounts",
    "vssid.domain.record",
    "vssid.domain.cards",
    "vssid.domain.casework",
    "vssid.domain.registration",
    "vssid.domain.procedures",
    "vssid.domain.statements",
    "vssid.domain.families",
    "vssid.domain.rollout",
    "vssid.domain.employers",
    "vssid.domain.reports",
    "vssid.domain.privacy",
    "vssid.domain.oversight",
    "vssid.domain.support",
    "vssid.domain.lookups",
    "vssid.web.ui",
    "vssid.web.public",
    "vssid.web.citizen",
    "vssid.web.officer",
    "vssid.web.employer",
    "vssid.config",
]
MIDDLEWARE = [
    "vssid.web.ui.middleware.request_log",
    "vssid.web.ui.machines.by_any_name",
    "django.middleware.security.SecurityMiddleware",
    # Before the static files, so that they carry the same headers.
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "vssid.web.ui.middleware.headers",
    "vssid.infra.static_files.serving.StaticFiles",
    "vssid.web.ui.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "vssid.web.ui.middleware.quiet_fetches",
    # Before the form's token is looked for, which reads the body.
    "vssid.web.ui.middleware.access",
    "django.middleware.csrf.CsrfViewMiddleware",
    "vssid.web.ui.middleware.session",
    "vssid.web.ui.middleware.domain_errors",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            # Named rather than APP_DIRS: pages keep their templates beside them, in folders by subject.
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "vssid.web.ui.pages.template_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": ["vssid.web.ui.context.frame"],
            "builtins": [
                "vssid.web.ui.templatetags.ui",
                "vssid.web.ui.templatetags.links",
                "django.templatetags.i18n",
                "django.templatetags.static",
                # Last, so that its tags go before those of the same name.
                "vssid.web.ui.templatetags.kept",
            ],
        },
    },
]
