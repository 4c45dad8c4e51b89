"""What a file is, by its content alone: a name or a browser's word for it proves nothing."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath

from server.domain.refusals import Refusal


class FileTypeRefused(Refusal):
    status, code = 415, "file_type_refused"
    zh = "“{name}”不是可以接收的文件。请上传 JPEG、PNG 图片，或 PDF、OFD、DOCX、XLSX 文件。"
    en = "“{name}” is not a file we take. Send a JPEG or PNG picture, or a PDF, OFD, DOCX or XLSX file."


OFFICE = "application/vnd.openxmlformats-officedocument"
EXTENSIONS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "application/pdf": "pdf",
    "application/ofd": "ofd",
    f"{OFFICE}.wordprocessingml.document": "docx",
    f"{OFFICE}.spreadsheetml.sheet": "xlsx",
}
SHOWN = ("image/jpeg", "image/png", "application/pdf")
"""What a browser shows itself; the others are saved."""

_HEADS = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png", b"%PDF-": "application/pdf"}
# The part every document of the kind has.
_PARTS = {
    "OFD.xml": "application/ofd",
    "word/document.xml": f"{OFFICE}.wordprocessingml.document",
    "xl/workbook.xml": f"{OFFICE}.spreadsheetml.sheet",
}
_MACROS = "vbaProject.bin"


def media_type(data: bytes, name: str = "") -> str:
    """Its media type. Raises FileTypeRefused for anything but the few kinds above, also for documents with macros."""
    for head, kind in _HEADS.items():
        if data.startswith(head):
            return kind
    if data.startswith(b"PK\x03\x04"):
        kind = _of_zip(data)
        if kind:
            return kind
    raise FileTypeRefused(name=name or "文件")


def _of_zip(data: bytes) -> str:
    """By the archive's table of contents; nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return ""
    if any(name.endswith(_MACROS) for name in names):
        return ""
    found = [kind for part, kind in _PARTS.items() if part in names]
    return found[0] if len(found) == 1 else ""


def file_name(name: str, kind: str) -> str:
    """A name safe to keep and to give back: no folders, no signs a system would trip over, the extension of its kind."""
    last = PurePosixPath(name.replace("\\", "/")).name
    stem = re.sub(r"[\x00-\x1f\x7f\"*/:<>?\\|]", "", last).strip(". ")
    stem = re.sub(r"\.(jpe?g|png|pdf|ofd|docx|xlsx)$", "", stem, flags=re.IGNORECASE).strip(". ")
    return f"{stem[:100] or '文件'}.{EXTENSIONS[kind]}"


def numbered(name: str, number: int) -> str:
    """表.pdf → 表-2.pdf."""
    stem, _, extension = name.rpartition(".")
    return f"{stem}-{number}.{extension}"
