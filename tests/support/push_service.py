"""A push service on loopback that is stricter than the real ones, and answers as it is told."""

import asyncio
import secrets
import threading
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import http_ece
import msgspec
from aiohttp import WSMsgType, web
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.support.push_checks import Claims, decoded, encoded, fault_in


@dataclass
class Answer:
    """What the service says next: a status, or silence, or one byte at a time."""

    status: int = 201
    headers: dict[str, str] = field(default_factory=dict)
    manner: str = "at once"


@dataclass
class Device:
    """A browser's side of a subscription, as `PushSubscription` shows it."""

    id: str
    endpoint: str
    key: ec.EllipticCurvePrivateKey
    auth: bytes

    @property
    def p256dh(self) -> str:
        """The public key as browsers give it."""
        point = self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return encoded(point)

    @property
    def form(self) -> dict[str, str]:
        """The fields of POST /subscriptions."""
        return {"endpoint": self.endpoint, "p256dh": self.p256dh, "auth": encoded(self.auth)}


@dataclass
class Received:
    """One request that reached the service."""

    device: str
    payload: Any
    topic: str
    urgency: str
    ttl: int
    claims: dict[str, Any]
    status: int


class PushService:
    """Checks VAPID, sizes and headers; decrypts for its own devices, forwards to Firefox."""

    def __init__(self) -> None:
        self.port = 0
        self.received: list[Received] = []
        self.faults: list[str] = []
        self.connections: set[Any] = set()
        self.elsewhere: list[str] = []
        self.acknowledged: list[dict[str, Any]] = []
        self.sockets = 0
        self._answers: dict[str, list[Answer]] = defaultdict(list)
        self._devices: dict[str, Device] = {}
        self._channels: dict[str, tuple[web.WebSocketResponse, bytes]] = {}
        self._gone: set[str] = set()
        self._released = asyncio.Event()
        self._runner: web.AppRunner | None = None

    @property
    def host(self) -> str:
        """As it stands in BRUECKE_PUSH_EXTRA_HOSTS."""
        return f"localhost:{self.port}"

    @property
    def origin(self) -> str:
        """The audience it wants to be addressed by."""
        return f"http://{self.host}"

    async def start(self) -> None:
        """Listens on a free port of this machine only."""
        app = web.Application(client_max_size=100_000)
        app.router.add_get("/", self._socket)
        app.router.add_post("/push/{device}", self._push)
        app.router.add_route("*", "/{elsewhere:.*}", self._elsewhere)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]

    async def stop(self) -> None:
        """Lets go of everybody who hangs."""
        self._released.set()
        if self._runner is not None:
            await self._runner.cleanup()

    def device(self, *answers: Answer) -> Device:
        """A new subscription, and what its first messages are answered with."""
        name = secrets.token_urlsafe(16)
        made = Device(
            name,
            f"{self.origin}/push/{name}",
            ec.generate_private_key(ec.SECP256R1()),
            secrets.token_bytes(16),
        )
        self._devices[name] = made
        self._answers[name] = list(answers)
        return made

    def sent_to(self, device: Device) -> list[Received]:
        """What one device was sent and took."""
        return [one for one in self.received if one.device == device.id and one.status == 201]

    async def _elsewhere(self, request: web.Request) -> web.Response:
        self.elsewhere.append(f"{request.method} {request.path}")
        return web.Response(status=200)

    async def _push(self, request: web.Request) -> web.StreamResponse:
        self.connections.add(request.transport.get_extra_info("peername"))  # type: ignore[union-attr]
        name, body = request.match_info["device"], await request.read()
        fault, claims = self._check(request, name, body)
        if fault:
            self.faults.append(fault)
            return web.Response(status=int(fault[:3]), text=fault)
        waiting = self._answers[name]
        answer = waiting.pop(0) if waiting else Answer()
        payload = None if name in self._channels else self._decrypted(name, body)
        headers = request.headers
        topic, urgency = headers.get("topic", ""), headers.get("urgency", "")
        ttl = int(headers["ttl"])
        self.received.append(Received(name, payload, topic, urgency, ttl, claims, answer.status))
        if answer.manner == "hang":
            await self._released.wait()
        if answer.manner == "trickle":
            return await self._trickle(request)
        if name in self._channels:
            await self._forward(name, body)
        return web.Response(status=answer.status, headers=answer.headers)

    async def _trickle(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(status=500)
        await response.prepare(request)
        while not self._released.is_set():
            try:
                await response.write(b".")
                await asyncio.wait_for(self._released.wait(), 0.2)
            except (TimeoutError, ConnectionError):
                if request.transport is None or request.transport.is_closing():
                    break
        return response

    def _check(self, request: web.Request, name: str, body: bytes) -> tuple[str, Claims]:
        if name in self._gone or (name not in self._devices and name not in self._channels):
            return "410 nobody", {}
        wanted = self._channels[name][1] if name in self._channels else None
        return fault_in(request.headers, len(body), self.origin, wanted)

    def _decrypted(self, name: str, body: bytes) -> Any:
        device = self._devices[name]
        plain = http_ece.decrypt(
            body, private_key=device.key, auth_secret=device.auth, version="aes128gcm"
        )
        return msgspec.json.decode(plain)

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        """Mozilla's push protocol, as far as a browser needs it for one page."""
        socket = web.WebSocketResponse(protocols=("push-notification",))
        await socket.prepare(request)
        self.sockets += 1
        async for message in socket:
            if message.type != WSMsgType.TEXT:
                continue
            said = msgspec.json.decode(message.data)
            answer = self._answer(socket, said) if isinstance(said, dict) and said else said
            if answer is not None:
                await socket.send_str(msgspec.json.encode(answer).decode())
        return socket

    def _answer(self, socket: web.WebSocketResponse, said: dict[str, Any]) -> Any:
        kind, channel = said.get("messageType"), said.get("channelID", "")
        if kind == "hello":
            uaid = said.get("uaid") or secrets.token_hex(16)
            return {"messageType": "hello", "uaid": uaid, "status": 200, "use_webpush": True}
        if kind == "register":
            self._channels[channel] = (socket, decoded(said["key"].rstrip("=")))
            return {
                "messageType": "register",
                "channelID": channel,
                "status": 200,
                "pushEndpoint": f"{self.origin}/push/{channel}",
            }
        if kind == "unregister":
            self._gone.add(channel)
            return {"messageType": "unregister", "channelID": channel, "status": 200}
        if kind == "ack":
            self.acknowledged += said.get("updates", [])
        return None

    async def _forward(self, name: str, body: bytes) -> None:
        socket, _ = self._channels[name]
        await socket.send_str(
            msgspec.json.encode(
                {
                    "messageType": "notification",
                    "channelID": name,
                    "version": secrets.token_hex(8),
                    "data": encoded(body),
                    "headers": {"encoding": "aes128gcm"},
                }
            ).decode()
        )


class PushServiceBeside:
    """The same in a thread of its own, for tests that have no loop: `with` it."""

    def __init__(self) -> None:
        self.service: PushService
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> PushService:
        self._thread.start()
        self.service = asyncio.run_coroutine_threadsafe(self._made(), self._loop).result(10)
        return self.service

    async def _made(self) -> PushService:
        service = PushService()
        await service.start()
        return service

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self.service.stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()
