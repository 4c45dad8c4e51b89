"""Bytes that come in and go out: size, type by content, virus scan, and the disk; steps only ever see the result."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response, request

from server import concurrency
from server.domain.file_types import EXTENSIONS, SHOWN, FileTypeRefused, file_name, media_type
from server.domain.refusals import Refusal
from server.journey.filing import Received
from server.store.files import FileUnknown, StoredFile
from server.web.context import services
from server.web.scanner import FileInfected, ScannerDown, scanned

MB = 1 << 20
ANY_FILE = " ".join(EXTENSIONS)
"""What a route that sends files answers."""


class FileTooLarge(Refusal):
    status, code = 413, "file_too_large"
    zh = "文件超过 {limit} MB，请压缩或分开后再上传。"
    en = "The file is larger than {limit} MB. Make it smaller or split it, then send it again."


class FileEmpty(Refusal):
    status, code = 422, "file_empty"
    zh = "文件是空的，请重新选择。"
    en = "The file is empty. Please choose it again."


UPLOAD_REFUSALS = (FileTooLarge, FileEmpty, FileTypeRefused, FileInfected, ScannerDown)


def received(name: str) -> Received:
    """The request's body as a file, kept on the disk. Raises one of UPLOAD_REFUSALS.

    A step that refuses afterwards leaves bytes nobody names; the day's sweep removes them.
    """
    given = services()
    rules = given.hall_file().files
    with given.uploads:
        data = given_bytes(rules.max_mb)
        kind = media_type(data, name)
        safe = file_name(name, kind)
        scan = scanned(data, safe, rules)
        sha256 = concurrency.run_blocking(given.blobs.put, data)
    return Received(safe, kind, len(data), sha256, scan)


def given_bytes(max_mb: int) -> bytes:
    """The request's body. Raises FileTooLarge, FileEmpty."""
    limit = max_mb * MB
    if (request.content_length or 0) > limit:
        raise FileTooLarge(limit=max_mb)
    request.max_content_length = limit + 1
    data = request.stream.read(limit + 1)
    if len(data) > limit:
        raise FileTooLarge(limit=max_mb)
    if not data:
        raise FileEmpty()
    return data


def sent(file: StoredFile, *, public: bool = False, saved: bool = False) -> Response:
    """The file as an answer; pictures and PDFs are shown unless `saved`, the others saved. Raises FileUnknown where its bytes are lost."""
    try:
        data = concurrency.run_blocking(services().blobs.read, file.sha256)
    except FileNotFoundError:
        raise FileUnknown() from None
    response = Response(data, content_type=file.media_type)
    how = "inline" if file.media_type in SHOWN and not saved else "attachment"
    response.headers["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(file.name)}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    if public:
        response.headers["Cache-Control"] = "public, max-age=86400"
    return response
