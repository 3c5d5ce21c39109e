"""Put PDFs of our own one after the other, by PDFium; a stranger's is never read here (`pdf_pages`)."""

from __future__ import annotations

import io
import threading
from collections.abc import Sequence

import pypdfium2

# PDFium serves one thread at a time.
_ONE = threading.Lock()


def join(several: Sequence[bytes]) -> bytes:
    """One PDF with the pages of all, in this order."""
    out = io.BytesIO()
    with _ONE:
        whole = pypdfium2.PdfDocument.new()
        try:
            for each in several:
                part = pypdfium2.PdfDocument(each)
                try:
                    whole.import_pages(part)
                finally:
                    part.close()
            whole.save(out)
        finally:
            whole.close()
    return out.getvalue()
