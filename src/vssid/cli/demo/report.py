"""The table of accounts that a demo prints."""

from __future__ import annotations

from typing import Any

from rich.table import Table

SHOWN = 3  # of each kind; demo.json has all


def accounts(facts: dict[str, Any]) -> Table:
    """Who can sign in, and who is ready to register."""
    table = Table("Vai", "Tên đăng nhập", "Mật khẩu", "Ghi chú", title="Tài khoản giả lập")
    for citizen in facts["citizens"][:SHOWN]:
        table.add_row("Người dân", citizen["bhxh_code"], citizen["password"], citizen["full_name"])
    for officer in facts["officers"]:
        table.add_row(
            _role(officer.get("role", "officer")), officer["username"], officer["password"], officer["office"]
        )
    for person in facts["registrants"][:SHOWN]:
        table.add_row("Chưa đăng ký", person["bhxh_code"], "—", f"{person['full_name']}, {person['phone']}")
    return table


def _role(name: str) -> str:
    """The role in words; demos of the version before named it otherwise."""
    from vssid.domain.offices.rights import ROLES, role_of

    role = role_of(name)
    return str(ROLES[role]) if role else name
