"""Load visits: from our own file, and from table XML1 of the health insurance data (QĐ 4750/QĐ-BYT)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from vssid.domain.imports.check import cells
from vssid.domain.imports.check.cells import as_time
from vssid.domain.imports.errors import BadCell
from vssid.domain.imports.importer import Check, Column, Holds, Importer, Seal
from vssid.domain.imports.merge.table import Table
from vssid.domain.vault import sealing as vault
from vssid.kernel.ids import BadCode

from ..file_rules import (
    FACILITY,
    FACILITY_DIGITS,
    ICD,
    MESSAGES,
    PERSON_JOIN,
    PERSON_KEY,
    PERSON_KNOWN,
    of_person_or_facility,
)
from ..models.history import Version, kept_as
from ..people.columns import BHXH_CODE, BHXH_DIGITS, ID_DIGITS
from ..row_values import document
from . import visit_kinds
from .diagnosis_merge import Cells, merging, undoing

_AMOUNT = r"^\d{1,13}(\.\d{1,2})?$"
# XML1 finds the person by card number, else by ID number.
_PATIENT = "i.kind = coalesce(s.card_kind, s.id_kind) AND i.key = coalesce(s.card_key, s.id_key)"


def _amount(name: str, about: str) -> Column:
    return cells.amount(name, about, _AMOUNT, "bad_amount")


def _sum(cell: str) -> str:
    return f"coalesce({cell}, '0')::numeric(15, 2)"


def _or_kept(cell: str, column: str) -> str:
    """The amount of a cell, else what the register holds and keeps, else nothing."""
    return f"coalesce({cell}::numeric(15, 2), {{was.{column}}}, 0)"


def _table(joins: str, columns: Mapping[str, str]) -> Table:
    return Table(
        "participants_visit",
        key=["person_id", "facility_code", "visit_key"],
        joins=joins,
        versions=kept_as(Version.Record.VISIT),
        columns={"person_id": "i.person_id", **columns},
    )


_PLAIN = ("visit_key", "facility_code", "kind", "result")
_CELLS = Cells()
_AMOUNTS = ("total", "paid_fund", "paid_share", "paid_own", "paid_other")
_VISITS = _table(
    PERSON_JOIN,
    {
        **{name: f"s.{name}" for name in _PLAIN},
        **_CELLS.columns(),
        **{name: f"coalesce(s.{name}, '')" for name in ("reason", "discharge")},
        **{name: as_time(f"s.{name}") for name in ("came_at", "left_at")},
        **{name: _sum(f"s.{name}") for name in _AMOUNTS},
    },
)


VISITS = Importer(
    kind="visits",
    title="visits to facilities",
    columns=(
        BHXH_CODE,
        cells.text("visit_key", "the facility's key of the visit", 100, required=True, holds=Holds.KEY),
        cells.pattern(
            "facility_code", "facility", FACILITY, "bad_facility", required=True, digits=FACILITY_DIGITS
        ),
        cells.minute("came_at", "day and minute of coming", required=True),
        cells.minute("left_at", "day and minute of leaving", required=True),
        cells.pattern(
            "kind",
            "01 examination, 02 outpatient … 16",
            visit_kinds.FORM,
            "bad_visit_kind",
            required=True,
            digits=cells.exactly(2),
        ),
        cells.text("reason", "reason for coming", 500),
        cells.pattern("diagnosis_code", "main disease, ICD-10", ICD, "bad_icd", required=True),
        cells.text("diagnosis_name", "diagnosis at the end", 1000, required=True),
        cells.choice("result", "1 to 8", *"12345678", required=True),
        cells.choice("discharge", "1 to 5", *"12345"),
        _amount("total", "cost in all, đồng"),
        _amount("paid_fund", "paid by the fund"),
        _amount("paid_share", "the person's share of what is insured"),
        _amount("paid_own", "paid by the person outside insurance"),
        _amount("paid_other", "paid from other sources"),
    ),
    key={"bhxh_code": PERSON_KEY, "facility_code": "s.facility_code", "visit_key": "s.visit_key"},
    table=_VISITS,
    merge=merging(_VISITS, _CELLS),
    undo=undoing(_VISITS),
    reach=(of_person_or_facility("bhxh_code", "s.facility_code"),),
    checks=(
        PERSON_KNOWN,
        Check("left_at", "ends_before", f"{as_time('s.left_at')} >= {as_time('s.came_at')}"),
        Check(
            "total",
            "paid_too_much",
            f"num_nonnulls({', '.join(f's.{name}' for name in _AMOUNTS)}) = 0 OR "
            + " + ".join(_or_kept(f"s.{name}", name) for name in _AMOUNTS[1:])
            + f" <= {_or_kept('s.total', 'total')} + 1",  # amounts are rounded one by one
        ),
    ),
    messages=MESSAGES,
)


def _card(cell: str, _: Seal) -> tuple[object, ...]:
    """The last of the cards used: 15 characters or only the 10 digits that end it; 12 digits as ID number."""
    number = cell.split(";")[-1].strip()
    if re.fullmatch(r"\d{12}", number, re.ASCII):
        return _document(number, _)
    if not re.fullmatch(r"([A-Z]{2}[1-5]\d{2})?\d{10}", number, re.ASCII):
        raise BadCell("bad_card")
    return "bhxh", number[-10:]


def _document(cell: str, _: Seal) -> tuple[object, ...]:
    try:
        kind, number = document(cell)
    except BadCode:
        raise BadCell("bad_id_number") from None
    return kind.value, vault.fingerprint(kind.value, number.reveal()).hex()


_XML1_CELLS = Cells("ma_benh_chinh", "chan_doan_rv")
_XML1 = _table(
    f"JOIN participants_identifier i ON {_PATIENT}",
    {
        "visit_key": "s.ma_lk",
        "facility_code": "s.ma_cskcb",
        "came_at": as_time("s.ngay_vao"),
        "left_at": as_time("s.ngay_ra"),
        "kind": "s.ma_loai_kcb",
        "reason": "left(coalesce(s.ly_do_vv, ''), 500)",
        **_XML1_CELLS.columns(),
        "result": "s.ket_qua_dtri",
        "discharge": "coalesce(s.ma_loai_rv, '')",
        "total": _sum("s.t_tongchi_bv"),
        "paid_fund": _sum("s.t_bhtt"),
        "paid_share": _sum("s.t_bncct"),
        "paid_own": _sum("s.t_bntt"),
        "paid_other": _sum("s.t_nguonkhac"),
    },
)
_READ = (
    cells.text("ma_lk", "key of the visit", 100, required=True, holds=Holds.KEY),
    Column(
        "so_cccd",
        "ID number",
        parse=_document,
        gives={"id_kind": "text", "id_key": "text"},
        holds=Holds.CODE,
        digits=ID_DIGITS,
    ),
    Column(
        "ma_the_bhyt",
        "card number",
        parse=_card,
        gives={"card_kind": "text", "card_key": "text"},
        holds=Holds.CODE,
        digits=BHXH_DIGITS,
    ),
    Column("ly_do_vv", "reason for coming"),
    Column("chan_doan_rv", "diagnosis at the end", required=True),
    cells.pattern("ma_benh_chinh", "main disease, ICD-10", ICD, "bad_icd", required=True),
    cells.minute("ngay_vao", "coming", required=True),
    cells.minute("ngay_ra", "leaving", required=True),
    cells.choice("ket_qua_dtri", "result", *"12345678", required=True),
    cells.choice("ma_loai_rv", "way of leaving", *"12345"),
    _amount("t_tongchi_bv", "cost in all"),
    _amount("t_tongchi_bh", "cost that is insured"),
    _amount("t_bntt", "paid outside insurance"),
    _amount("t_bncct", "the person's share"),
    _amount("t_bhtt", "paid by the fund"),
    _amount("t_nguonkhac", "other sources"),
    cells.pattern(
        "ma_loai_kcb",
        "kind of visit",
        visit_kinds.FORM,
        "bad_visit_kind",
        required=True,
        digits=cells.exactly(2),
    ),
    cells.pattern("ma_cskcb", "facility", FACILITY, "bad_facility", required=True, digits=FACILITY_DIGITS),
)
# The rest of the table: may stand in the file, is checked by the facility portal, and is not kept here.
_REST = (
    "stt ma_bn ho_ten ngay_sinh gioi_tinh nhom_mau ma_quoctich ma_dantoc ma_nghe_nghiep dia_chi "
    "matinh_cu_tru mahuyen_cu_tru maxa_cu_tru dien_thoai ma_dkbd gt_the_tu gt_the_den ngay_mien_cct "
    "ly_do_vnt ma_ly_do_vnt chan_doan_vao ma_benh_kt ma_benh_yhct ma_pttt_qt ma_doituong_kcb ma_noi_di "
    "ma_noi_den ma_tai_nan ngay_vao_noi_tru giay_chuyen_tuyen so_ngay_dtri pp_dieu_tri ghi_chu ngay_ttoan "
    "t_thuoc t_vtyt t_bhtt_gdv nam_qt thang_qt ma_khoa ma_khuvuc can_nang can_nang_con nam_nam_lien_tuc "
    "ngay_tai_kham ma_hsba ma_ttdv du_phong "
)
PASSED_OVER = tuple(_REST.split())

XML1 = Importer(
    kind="xml1",
    title="visits as table XML1",
    columns=(*_READ, *map(cells.passed_over, PASSED_OVER)),
    key={"ma_cskcb": "s.ma_cskcb", "ma_lk": "s.ma_lk"},
    table=_XML1,
    merge=merging(_XML1, _XML1_CELLS),
    undo=undoing(_XML1),
    reach=(of_person_or_facility("ma_the_bhyt", "s.ma_cskcb", _PATIENT),),
    checks=(
        Check(
            "ma_the_bhyt",
            "unknown_patient",
            f"EXISTS (SELECT 1 FROM participants_identifier i WHERE {_PATIENT})",  # noqa: S608
        ),
        Check("ngay_ra", "ends_before", f"{as_time('s.ngay_ra')} >= {as_time('s.ngay_vao')}"),
        Check(
            "t_bhtt",
            "fund_disagrees",
            "s.t_tongchi_bh IS NULL OR "
            f"abs({_sum('s.t_tongchi_bh')} - {_or_kept('s.t_bncct', 'paid_share')} "
            f"- {_or_kept('s.t_bhtt', 'paid_fund')}) <= 1",
        ),
    ),
    messages=MESSAGES,
    alone_with=VISITS.kind,
)
