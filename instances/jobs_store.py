"""Results of jobs as files, one for each content key."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import zlib
from pathlib import Path
from typing import Any

from instances.files import write_whole

KEY = re.compile(r"[0-9a-f]{8,128}")


class FileStore:
    """A folder with a file ``<key>.json.gz`` for each result, readable by its owner only: plans hold care data.

    The first line of a file is the sha256 of the key and the rest; a file that does not agree with it (cut short,
    changed, renamed) counts as not there, so its job runs again and the file is written anew.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> dict[str, Any] | None:
        """The result under ``key``, or None when there is no file or it cannot be trusted."""
        try:
            content = gzip.decompress(self._file(key).read_bytes())
        except (OSError, EOFError, zlib.error):  # gzip says bad magic and bad sums with OSError
            return None
        checksum, _, body = content.partition(b"\n")
        if checksum != _checksum(key, body):
            return None
        result = json.loads(body)
        return result if isinstance(result, dict) else None

    def put(self, key: str, result: dict[str, Any]) -> None:
        """Write a result whole. Raises ``OSError`` when the folder cannot be written."""
        body = json.dumps(result, separators=(",", ":"), allow_nan=False).encode()
        content = gzip.compress(_checksum(key, body) + b"\n" + body, compresslevel=6, mtime=0)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(self._file(key), content, private=True)

    def _file(self, key: str) -> Path:
        if not KEY.fullmatch(key):
            raise ValueError(f"no content key: {key[:80]!r}")
        return self.folder / f"{key}.json.gz"


def _checksum(key: str, body: bytes) -> bytes:
    return hashlib.sha256(key.encode() + b"\n" + body).hexdigest().encode()
