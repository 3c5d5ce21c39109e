"""What lies at or below an office: who loads files for it changes only that.

SQL for the `reach` of importers: `{reach}` is the code of the office. A row that names no office lies with
the office whose file wrote it; what was written by command lies with the country alone.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from vssid.domain.imports.importer import Check

CODE = "out_of_reach"
MESSAGES = {
    CODE: gettext_lazy(
        "Dòng này thuộc cơ quan khác, hoặc chuyển sang cơ quan khác: cơ quan của bạn chỉ nạp được dữ liệu "
        "của mình và của cấp dưới. Hãy gửi cho cơ quan đó hoặc cơ quan cấp trên."
    )
}
_TREE = """(WITH RECURSIVE below (code) AS (
  SELECT {reach}::text UNION SELECT o.code::text FROM %s o JOIN below b ON o.parent_id = b.code
) SELECT code FROM below)"""
_BELOW = _TREE % "offices_office"
# With the offices that the file itself adds.
BELOW_WITH_NEW = (
    _TREE
    % """(SELECT k.code, k.parent_id FROM offices_office k UNION ALL
  SELECT n.code, n.parent_code FROM {staging} n
  WHERE NOT EXISTS (SELECT 1 FROM offices_office k WHERE k.code = n.code))"""
)


def refused(field: str, good: str) -> Check:
    """A rule of reach, told at a column; `good` is SQL over staging row `s`."""
    return Check(field, CODE, good)


def at(office: str) -> str:
    """Is an office, given as SQL, the own one or below it?"""
    return f"({office}) IN {_BELOW}"


def names_no_other(cell: str) -> str:
    """The office that a cell names is in reach; naming none is too."""
    return f"(({cell}) IS NULL OR {at(cell)})"


def of_row(row: str, office: str = "office_code") -> str:
    """Does a row, given by its alias, lie in reach: at its office, else that of the file that wrote it?"""
    return at(f"coalesce({row}.{office}, {_wrote(row)})")


def written_by(row: str) -> str:
    """Was a row, given by its alias, written by a file of an office in reach?"""
    return at(_wrote(row))


def _wrote(row: str) -> str:
    return f"(SELECT r.office_code FROM imports_run r WHERE r.id = {row}.run_id)"  # noqa: S608


def around(province: str, commune: str) -> str:
    """Does a place lie around an office in reach: in the province of its head, or in a commune it serves?"""
    return (
        f"EXISTS (SELECT 1 FROM offices_office a WHERE {at('a.code')} AND a.province_code = {province} "  # noqa: S608
        f"AND (a.code LIKE '%00' OR {commune} = ANY(a.communes)))"
    )


def of_province(digits: str) -> str:
    """Is the head of the province of a code, by its two digits, in reach?"""
    return (
        f"EXISTS (SELECT 1 FROM offices_office a WHERE {at('a.code')} AND a.code LIKE '%00' "  # noqa: S608
        f"AND substr(a.code, 2, 2) = {digits})"
    )


def unless_known(table: str, good: str, key: str = "t.code = s.code") -> str:
    """There is no such row `t` of a table yet, or it is good."""
    return f"NOT EXISTS (SELECT 1 FROM {table} t WHERE {key} AND ({good}) IS NOT TRUE)"  # noqa: S608
