"""Text files of our own and of our packages, gzipped once and kept: the phone page must open on a bad link.

Only files that are the same for everybody come here. Nothing that holds a secret (a page's CSRF token, an API answer)
is ever compressed, so its length tells nothing (BREACH).
"""

from __future__ import annotations

import gzip
from functools import lru_cache, partial
from pathlib import Path
from urllib.parse import quote

from flask import Response, request, send_file

from server import concurrency

TEXT = frozenset((".js", ".mjs", ".css", ".svg", ".json"))
SMALLEST, LARGEST = 600, 4_000_000  # bytes: below, one packet either way; above, not worth the memory
FOREVER = 31_536_000  # seconds; for addresses that name the version
KEPT = 400  # files


@lru_cache(maxsize=KEPT)
def _packed(path: str, changed: int, size: int) -> bytes | None:
    """The gzipped file, or None where that saves little. The loop goes on meanwhile."""
    raw = Path(path).read_bytes()
    packed = concurrency.run_blocking(partial(gzip.compress, raw, mtime=0))
    return packed if len(packed) < 0.9 * len(raw) else None


def tag(file: Path) -> str:
    """Another word for another content: when the file was written, and its size."""
    stat = file.stat()
    return f"{stat.st_mtime_ns // 1000:x}-{stat.st_size:x}"


def send_packed(file: Path, max_age: int, *, unchanging: bool = False) -> Response:
    """The file, gzipped where the browser takes that; 304 where it has it. `unchanging`: its address names its version."""
    packed = None
    stat = file.stat()
    text = file.suffix in TEXT and SMALLEST <= stat.st_size <= LARGEST
    if text and request.accept_encodings.quality("gzip") > 0 and "Range" not in request.headers:
        packed = _packed(str(file), stat.st_mtime_ns, stat.st_size)
    if packed is None:
        response = send_file(file, max_age=max_age, conditional=True, etag=tag(file))
    else:
        response = send_file(file, max_age=max_age, conditional=False, etag=f"{tag(file)}-gz")
        response.close()  # the plain file is not what is sent
        response.direct_passthrough = False
        response.set_data(packed)
        response.headers["Content-Encoding"] = "gzip"
        response.make_conditional(request)
    if text:
        response.vary.add("Accept-Encoding")
    if unchanging:
        response.cache_control.no_cache = None
        response.cache_control.public = True
        response.cache_control.max_age = FOREVER
        response.cache_control.immutable = True
    return response


def versioned(url: str, file: Path) -> str:
    """The address with the content's tag, so that a browser may keep it for ever."""
    return f"{url}?v={quote(tag(file))}" if file.is_file() else url
