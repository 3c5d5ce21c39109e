"""The signature of a PDF: pyhanko's own reading agrees, and nothing changed or foreign passes."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from vssid.cli.demo import signing
from vssid.infra.documents import pdf, pdf_signing
from vssid.infra.documents.pdf_signing import Identity, Verdict, examine, load


def make_identity(folder: Path) -> Identity:
    files = signing.prepare(folder)
    return load(
        Path(files["VSSID_SIGNING_KEY_FILE"]).read_bytes(),
        Path(files["VSSID_SIGNING_CERTIFICATES_FILE"]).read_bytes(),
    )


@pytest.fixture(scope="module")
def ours(tmp_path_factory) -> Identity:
    return make_identity(tmp_path_factory.mktemp("ours"))


@pytest.fixture(scope="module")
def page(tmp_path_factory) -> bytes:
    template = tmp_path_factory.mktemp("page") / "page.typ"
    template.write_text("Xin chào", encoding="utf-8")
    return pdf.render(template, {})


@pytest.fixture(scope="module")
def signed(ours: Identity, page: bytes) -> bytes:
    return pdf_signing.sign(page, ours, reason="thử")


def test_another_reader_finds_a_whole_pades_signature_of_our_certificate(ours: Identity, signed: bytes):
    (signature,) = PdfFileReader(io.BytesIO(signed)).embedded_signatures
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    status = validate_pdf_signature(signature, ValidationContext(trust_roots=[ours.certificates[0]]))
    assert status.intact
    assert status.valid
    assert status.trusted
    assert str(status.coverage) == "SignatureCoverageLevel.ENTIRE_FILE"


def test_our_own_file_is_good_and_tells_who_and_when(ours: Identity, signed: bytes):
    seal = examine(signed, ours.certificates)
    assert seal.verdict == Verdict.GOOD
    assert "bản trình diễn" in seal.signer
    assert seal.signed_at is not None


def test_a_changed_byte_outside_the_signature_is_noticed(ours: Identity, signed: bytes):
    gap = range(signed.index(b"/Contents <") + 10, signed.index(b">", signed.index(b"/Contents <")) + 1)
    places = [at for at in range(20, len(signed), len(signed) // 150) if at not in gap]
    assert len(places) > 50
    for at in places:
        changed = signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :]
        assert examine(changed, ours.certificates).verdict != Verdict.GOOD, at


def test_what_is_added_behind_is_noticed(ours: Identity, signed: bytes):
    assert examine(signed + b"\n%%EOF", ours.certificates).verdict == Verdict.CHANGED


def test_a_signature_of_another_key_is_not_ours(ours: Identity, page: bytes, tmp_path: Path):
    other = pdf_signing.sign(page, make_identity(tmp_path), reason="thử")
    assert examine(other, ours.certificates).verdict == Verdict.UNKNOWN


def test_a_moved_signature_does_not_pass(ours: Identity, signed: bytes, page: bytes, tmp_path: Path):
    other = pdf_signing.sign(page, make_identity(tmp_path), reason="khác")
    start, end = signed.index(b"/Contents <") + 10, signed.index(b">", signed.index(b"/Contents <"))
    there, stop = other.index(b"/Contents <") + 10, other.index(b">", other.index(b"/Contents <"))
    room = stop - there
    moved = other[:there] + signed[start:end].ljust(room, b"0")[:room] + other[stop:]
    assert examine(moved, ours.certificates).verdict == Verdict.CHANGED


def test_an_older_certificate_goes_on_being_accepted(ours: Identity, signed: bytes, tmp_path: Path):
    newer = make_identity(tmp_path)
    assert examine(signed, (*newer.certificates, *ours.certificates)).verdict == Verdict.GOOD


@pytest.mark.parametrize(
    "junk",
    [
        b"",
        b"%PDF-1.7\n",
        b"/ByteRange [0 1 2 3]",
        b"/ByteRange [0 21 25 0] <00>",
        b"/ByteRange [0 999999999 999999999 9]<00>",
        b"/ByteRange [0 28 3 9]" + b"<" * 40,
        b"/ByteRange [0 22 26 9]<30>" + b"x" * 20,
    ],
)
def test_any_bytes_are_answered(ours: Identity, junk: bytes):
    assert examine(junk, ours.certificates).verdict in {Verdict.UNSIGNED, Verdict.UNKNOWN}


def test_a_key_and_a_certificate_of_another_do_not_load(tmp_path: Path):
    first, other = signing.prepare(tmp_path / "a"), signing.prepare(tmp_path / "b")
    key = Path(first["VSSID_SIGNING_KEY_FILE"]).read_bytes()
    with pytest.raises(ValueError, match="not that of the key"):
        load(key, Path(other["VSSID_SIGNING_CERTIFICATES_FILE"]).read_bytes())


def test_the_demo_makes_its_key_once_and_keeps_it_to_itself(tmp_path: Path):
    first = signing.prepare(tmp_path)
    key = Path(first["VSSID_SIGNING_KEY_FILE"])
    before = key.read_bytes()
    assert signing.prepare(tmp_path) == first
    assert key.read_bytes() == before
    assert key.stat().st_mode & 0o077 == 0
