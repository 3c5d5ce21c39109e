"""`python -m vssid.cli`: all commands, in the order of the help."""

from __future__ import annotations

import sys

import typer

from vssid.cli.commands import developing, files, running, tending

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="vssid: đăng ký giao dịch điện tử và thẻ BHYT điện tử. Bắt đầu bằng `./vssid demo`.",
)
for subject in (running, files, tending, developing):
    app.add_typer(subject.app)


def main() -> None:
    """Run a command; an unreachable database is told in a sentence, not in a traceback."""
    try:
        app(prog_name="vssid")
    except Exception as error:
        from vssid.cli import database
        from vssid.infra.database import away, start

        if not away.is_away(error):
            raise
        print(database.sentence(start.cause_of(error)), file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
