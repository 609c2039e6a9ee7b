"""Handing out a sound so that a player can jump in it and a browser can never take it for anything else (SEC-07)."""

import re

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from extensions.models import AudioFile

_TYPES = {"wav": "audio/wav", "mp3": "audio/mpeg"}
_RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})")


def sound_answer(request: HttpRequest, sound: AudioFile, content: bytes) -> HttpResponse:
    """The answer with an uploaded sound; see `audio_answer`."""
    return audio_answer(request, f"{sound.name}.{sound.format}", content)


def begins(request: HttpRequest) -> bool:
    """Whether this asks for a sound from its beginning: players ask again and again for later parts."""
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    return asked is None or asked[1] in ("", "0")


def audio_answer(request: HttpRequest, name: str, content: bytes) -> HttpResponse:
    """The whole sound (200), the part asked for with Range (206), or 416 for a part that does not exist.

    `name` is the file's, with an ending of wav or mp3; `?download` lets the browser keep it.
    """
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    span = _span(asked, len(content)) if asked else (0, len(content))
    if span is None:
        return _headers(HttpResponse(status=416, headers={"Content-Range": f"bytes */{len(content)}"}), name, request)
    start, end = span
    answer = HttpResponse(
        content[start:end], content_type=_TYPES[name.rpartition(".")[2]], status=206 if asked else 200
    )
    if asked:
        answer["Content-Range"] = f"bytes {start}-{end - 1}/{len(content)}"
    return _headers(answer, name, request)


def _headers(answer: HttpResponse, name: str, request: HttpRequest) -> HttpResponse:
    plain = name.replace("/", "-").replace("\\", "-")
    answer["Content-Disposition"] = content_disposition_header("download" in request.GET, plain)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Accept-Ranges"] = "bytes"
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Length"] = str(len(answer.content))
    return answer


def _span(asked: re.Match[str], size: int) -> tuple[int, int] | None:
    """(first byte, byte after the last) that `bytes=a-b`, `a-` or `-n` (the last n) asks for."""
    first, last = asked.groups()
    if not first:
        count = min(int(last or 0), size)
        return (size - count, size) if count else None
    start = int(first)
    end = min(int(last) + 1, size) if last else size
    return (start, end) if start < end else None
