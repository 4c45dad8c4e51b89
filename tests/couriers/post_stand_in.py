"""A post office that answers as examples/ems.toml expects, checks signatures by itself, and remembers its parcels."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socket
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

CUSTOMER, KEY = "1100012345", "post-secret"


@dataclass
class Post:
    """What it holds and how it misbehaves. `refuse` {receiver's name: code}; `next_answers` [(status, headers, body)]."""

    parcels: dict[str, dict[str, Any]] = field(default_factory=dict)  # by our reference
    roads: dict[str, list[dict[str, str]]] = field(default_factory=dict)  # by waybill
    refuse: dict[str, str] = field(default_factory=dict)
    next_answers: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    lose_answers: int = 0  # so many requests are done and the connection then dies
    orders: int = 0  # how often a parcel was asked for
    key: str = KEY
    _server: ThreadingHTTPServer | None = None

    def __enter__(self) -> Post:
        handler = type("Handler", (_Handler,), {"post": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def seen(self, waybill: str, code: str, at: str, words: str) -> None:
        """A parcel was seen: 203 picked up, 305 on the road, 704 delivered, 711 going back."""
        self.roads.setdefault(waybill, []).append({"opTime": at, "opCode": code, "opDesc": words})

    def answer(self, path: str, headers: Any, body: bytes) -> dict[str, Any]:
        signed = hmac.new(self.key.encode(), headers["X-Timestamp"].encode() + b"\n" + body, hashlib.sha256).digest()
        if headers["X-Customer"] != CUSTOMER or headers["X-Signature"] != base64.b64encode(signed).decode():
            return {"code": "A0002", "msg": "签名不正确"}
        data = json.loads(body)
        if path == "/open/order":
            return self._order(data)
        if path == "/open/order/query":
            known = self.parcels.get(data["logisticsOrderNo"])
            return {"code": "00000", "body": known["given"]} if known else {"code": "B0404", "msg": "无此订单"}
        return {"code": "00000", "body": {"responseItems": self.roads.get(data["waybillNo"], [])}}

    def _order(self, data: dict[str, Any]) -> dict[str, Any]:
        self.orders += 1
        code = self.refuse.get(data["receiver"]["name"])
        if code:
            return {"code": code, "msg": f"{data['receiver']['mobile']} 收件信息不全"}
        known = self.parcels.get(data["logisticsOrderNo"])
        if known is None:
            number = len(self.parcels) + 1
            given = {"orderNo": f"O{number:06d}", "waybillNo": f"11{number:011d}"}
            known = self.parcels[data["logisticsOrderNo"]] = {"data": data, "given": given}
        return {"code": "00000", "body": known["given"]}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    post: Post

    def log_message(self, format: str, *args: object) -> None:
        return None

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.post.next_answers:
            return self._send(*self.post.next_answers.pop(0))
        answer = self.post.answer(self.path, self.headers, body)
        if self.post.lose_answers > 0:
            self.post.lose_answers -= 1
            self.close_connection = True
            return self.connection.shutdown(socket.SHUT_RDWR)
        return self._send(200, {}, json.dumps(answer, ensure_ascii=False).encode())

    def _send(self, status: int, headers: dict[str, str], data: bytes) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(data)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)
