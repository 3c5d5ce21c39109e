"""Where the rooms meet what they must not know: the job kinds of every room, the importers, the ports."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from procrastinate import App, Blueprint


def on_jobs_ready(app: App) -> None:
    """Register the jobs of every room that has some: a `jobs` module with a blueprint named `jobs`."""
    for config in apps.get_app_configs():
        if not config.name.startswith("vssid.domain.") or find_spec(f"{config.name}.jobs") is None:
            continue
        module = import_module(f"{config.name}.jobs")
        blueprint = getattr(module, "jobs", None)
        if isinstance(blueprint, Blueprint):
            app.add_tasks_from(blueprint, namespace=config.label)
