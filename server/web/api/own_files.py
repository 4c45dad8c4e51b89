"""Papers a citizen sends in for the own application: by the case's link, with the phone it was made with."""

from __future__ import annotations

from typing import Annotated, Any

from flask import Response, request
from pydantic import ConfigDict, Field

from server.access.refusals import LinkUnknown, TooManyRequests
from server.journey.cases.applying import NotYourApplication
from server.journey.cases.electronic import RESULT
from server.journey.cases.phones import PhoneTokenOld
from server.journey.filing import (
    AddOwnFile,
    OwnFile,
    TooManyFiles,
    UploadClosed,
    add_own_file,
    own_file,
    own_open_case,
    remove_own_file,
)
from server.store.files import FileUnknown, StoredFile
from server.web.access import ANYONE
from server.web.api.applications import TOKEN_HEADER, case_holder
from server.web.api.catalogue_desk_schemas import FileOut, OwnFileQuery
from server.web.api.catalogue_tree import file_json
from server.web.api.commands import command
from server.web.api.parsing import Body
from server.web.api.routing import PREFIX, Reply, Routes
from server.web.api.uploads import ANY_FILE, UPLOAD_REFUSALS, received, sent
from server.web.context import services

routes = Routes("own_files")
OWN = (LinkUnknown, TooManyRequests, PhoneTokenOld, NotYourApplication)


class Proven(Body):
    model_config = ConfigDict(json_schema_extra={"examples": [{"phone_token": "v1.…"}]})

    phone_token: Annotated[str, Field(min_length=1, max_length=400)]


@routes.post(
    "/case-links/{token}/files",
    ANYONE,
    summary="上传我的材料 Send in a paper",
    query=OwnFileQuery,
    answers={201: FileOut},
    refusals=(*OWN, UploadClosed, TooManyFiles, *UPLOAD_REFUSALS),
    replayed=False,
    upload=True,
)
def add(token: str, query: OwnFileQuery) -> Reply:
    """The request's body is the file, its header `X-Phone-Token` the proof of the phone. Until the case is taken in, and
    whenever correction was asked for."""
    given, (case, _), proof = services(), case_holder(token), request.headers.get(TOKEN_HEADER, "")
    given.store.read(given.hall_id, own_open_case, case, proof)  # before 20 MB are read for nothing
    wanted = AddOwnFile(case, proof, query.purpose, received(query.name))
    return 201, _shown(given.store.write(given.hall_id, add_own_file, wanted), token)


@routes.get(
    "/case-links/{token}/files/{file}",
    ANYONE,
    summary="看我的材料和电子结果 See what I sent in, and the result",
    answers={200: ANY_FILE},
    refusals=(*OWN, FileUnknown),
)
def opened(token: str, file: int) -> Response:
    """With the header `X-Phone-Token`: the link alone shows no paper. A wholly online case's result (purpose `result`) is
    there once it is approved, to be saved; the audit says that it was fetched."""
    given, (case, citizen) = services(), case_holder(token)
    proof = request.headers.get(TOKEN_HEADER, "")
    found = given.store.read(given.hall_id, own_file, OwnFile(case, proof, file))
    if found.purpose == RESULT:
        given.store.audit(given.hall_id, citizen.id, "file.read", f"case:{case}", {"file": file, "purpose": RESULT})
    return sent(found, saved=found.purpose == RESULT)


@routes.post(
    "/case-links/{token}/files/{file}/remove",
    ANYONE,
    summary="删去我的材料 Take a paper back",
    body=Proven,
    answers={204: None},
    refusals=(*OWN, UploadClosed, FileUnknown),
)
def remove(token: str, file: int, body: Proven) -> Reply:
    """While papers may still be added."""
    case, citizen = case_holder(token)
    wanted = OwnFile(case, body.phone_token, file)
    return command(remove_own_file, wanted, body, lambda tx, _: None, 204, by=citizen)


def _shown(file: StoredFile, token: str) -> dict[str, Any]:
    return {**file_json(file), "url": f"{PREFIX}/case-links/{token}/files/{file.id}"}
