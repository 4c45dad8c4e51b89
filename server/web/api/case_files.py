"""Files of a case: papers scanned or photographed at the window, signatures, waybills. Who looks is in the audit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response

from server.domain.actor import Role
from server.domain.cases.issue import NotAskedToSign, ResultNotElectronic, ResultTypeRefused
from server.journey.cases import rights
from server.journey.cases.parties import require_may_add
from server.journey.catalogue.rights import NotYourDepartment
from server.journey.filing import (
    AddCaseFile,
    CaseFile,
    TooManyFiles,
    UploadClosed,
    add_case_file,
    case_file,
    remove_case_file,
)
from server.store.cases import CaseUnknown
from server.store.files import FileUnknown, StoredFile
from server.web.access import COUNTER
from server.web.api.catalogue_desk_schemas import CaseFileQuery, FileOut, FilesOut
from server.web.api.catalogue_tree import file_json
from server.web.api.commands import command
from server.web.api.routing import PREFIX, Reply, Routes
from server.web.api.schemas import Nothing
from server.web.api.uploads import ANY_FILE, UPLOAD_REFUSALS, received, sent
from server.web.context import actor, services

if TYPE_CHECKING:
    from server.domain.actor import Actor
    from server.store.transaction import Tx

routes = Routes("case_files")
PARTIES = (*COUNTER, Role.APPROVER, Role.HEAD)
REFUSALS = (CaseUnknown, NotYourDepartment, UploadClosed)


@routes.post(
    "/cases/{case}/files",
    (*PARTIES, Role.PAD),
    may=rights.adds_papers,
    summary="上传办件材料 Add a paper to a case",
    query=CaseFileQuery,
    answers={201: FileOut},
    refusals=(*REFUSALS, NotAskedToSign, ResultNotElectronic, ResultTypeRefused, TooManyFiles, *UPLOAD_REFUSALS),
    replayed=False,
    upload=True,
)
def add(case: int, query: CaseFileQuery) -> Reply:
    """The request's body is the file, whatever its name says; `purpose` says what it is of. The same file sent again is
    not kept twice. A pad adds the signature its window has asked for, a department that decides a wholly online case its
    electronic result (`result`: PDF, OFD, JPEG, PNG)."""
    given, by = services(), actor()
    given.store.read(given.hall_id, _allowed, by, case, query.purpose)  # before 20 MB are read for nothing
    wanted = AddCaseFile(by, case, query.purpose, received(query.name))
    return 201, shown(given.store.write(given.hall_id, add_case_file, wanted), case)


def _allowed(rx: Tx, by: Actor, case: int, purpose: str) -> None:
    require_may_add(rx, by, rx.cases.get(case), purpose)


@routes.get(
    "/cases/{case}/files",
    PARTIES,
    may=rights.part,
    summary="办件的材料 Papers of a case",
    answers={200: FilesOut},
    refusals=REFUSALS,
)
def listed(case: int) -> Reply:
    """Their names alone; who opens one is in the audit."""
    found = services().store.read(services().hall_id, lambda rx: rx.files.of(f"case:{case}"))
    return 200, {"files": [shown(one, case) for one in found]}


@routes.get(
    "/cases/{case}/files/{file}",
    PARTIES,
    may=rights.opens_paper,
    summary="打开材料 Open a paper",
    answers={200: ANY_FILE},
    refusals=(*REFUSALS, FileUnknown),
)
def opened(case: int, file: int) -> Response:
    """For the counter and the departments that decide the case."""
    given, by = services(), actor()
    found = given.store.read(given.hall_id, case_file, CaseFile(by, case, file))
    # Not its name: citizens put their own and their numbers into it.
    given.store.audit(given.hall_id, by.id, "file.read", f"case:{case}", {"file": file, "purpose": found.purpose})
    return sent(found)


@routes.post(
    "/cases/{case}/files/{file}/remove",
    PARTIES,
    may=rights.part,
    summary="删去材料 Remove a paper",
    body=Nothing,
    answers={204: None},
    refusals=(*REFUSALS, ResultNotElectronic, FileUnknown),
)
def remove(case: int, file: int, body: Nothing) -> Reply:
    """Until the case is taken in; after that what was handed in stays. A result is taken back by its department."""
    return command(remove_case_file, CaseFile(actor(), case, file), body, lambda tx, _: None, 204)


def shown(file: StoredFile, case: int) -> dict[str, Any]:
    return {**file_json(file), "url": f"{PREFIX}/cases/{case}/files/{file.id}"}
