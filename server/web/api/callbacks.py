"""What SMS gateways tell us later. Each is signed by its gateway; nothing else is believed."""

from __future__ import annotations

from flask import request

from server.web.access import ANYONE
from server.web.api.routing import Reply, Routes
from server.web.context import services
from sms.callbacks import CallbackNotSigned, apply_twilio

routes = Routes("callbacks")


@routes.post(
    "/callbacks/twilio/status",
    ANYONE,
    summary="短信回执 Twilio's status callback",
    answers={204: None},
    refusals=(CallbackNotSigned,),
    replayed=False,
    limited=False,
)
def twilio_status() -> Reply:
    """Form fields as Twilio documents them, signed in X-Twilio-Signature. Repeated and late ones change nothing."""
    given = services()
    public = given.settings.public_url.rstrip("/") or request.host_url.rstrip("/")
    query = request.query_string.decode()
    url = f"{public}{request.path}" + (f"?{query}" if query else "")
    token = given.settings.twilio_auth_token
    apply_twilio(
        given.store,
        given.hall_id,
        request.form.to_dict(),
        request.headers.get("X-Twilio-Signature", ""),
        url,
        auth_token=token.get_secret_value() if token else "",
    )
    return 204, None
