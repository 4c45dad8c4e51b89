"""Folders and items of the catalogue, bundles, and the files of items."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from server.domain.actor import Role
from server.domain.units import iso
from server.journey.catalogue import bundles, rights, tree, views
from server.journey.catalogue.drafting import NotAnItem
from server.journey.catalogue.guide import file_url, node_json
from server.journey.catalogue.rights import NeedsLeader, NotYourDepartment
from server.journey.filing import AddItemFile, TooManyFiles, add_item_file
from server.store.catalogue_rows import Node, NodeUnknown
from server.store.files import StoredFile
from server.web.access import EVERYBODY_AT_WORK, LEADERS
from server.web.api.bundle_schemas import BundleOut
from server.web.api.catalogue_desk_schemas import (
    BundleBody,
    DeskTree,
    FileOut,
    FileQuery,
    FilesOut,
    NewNode,
    NodeChange,
    NodeKept,
    OrderBody,
    OrderOut,
)
from server.web.api.commands import command
from server.web.api.object_rights import roles_alone
from server.web.api.routing import Reply, Routes
from server.web.api.schemas import Nothing
from server.web.api.uploads import UPLOAD_REFUSALS, received
from server.web.context import actor, services

if TYPE_CHECKING:
    from server.store.transaction import Tx

routes = Routes("catalogue_tree")
AUTHORS = (Role.EDITOR, *LEADERS)
REFUSALS = (
    NodeUnknown,
    NotYourDepartment,
    NeedsLeader,
    tree.TreeTooDeep,
    tree.ItemHasNoChildren,
    tree.ItemCodeInvalid,
    tree.DepartmentMissing,
)


@routes.get(
    "/catalogue/nodes",
    EVERYBODY_AT_WORK,
    summary="整棵目录 The whole tree",
    answers={200: DeskTree, 304: None},
    tagged=True,
)
def nodes() -> Reply:
    """Every folder and item, with the version in force, the one under way, and what the asker may do. Half a megabyte for a large
    hall: send the `ETag` back in `If-None-Match` and be told 304 while it is the same."""
    return 200, services().store.read(services().hall_id, views.nodes_view, actor())


@routes.post(
    "/catalogue/nodes",
    AUTHORS,
    summary="新增目录或事项 Add a folder or an item",
    body=NewNode,
    answers={201: NodeKept},
    refusals=(*REFUSALS, tree.NodeIdTaken),
)
def add(body: NewNode) -> Reply:
    """Four levels at most; an item's id is its id everywhere. Departments add under their own name."""
    return command(tree.add_node, tree.AddNode(actor(), **body.model_dump()), body, _kept, 201)


@routes.post(
    "/catalogue/nodes/{node}",
    AUTHORS,
    may=rights.arranges,
    summary="改目录 Change a folder or an item",
    body=NodeChange,
    answers={200: NodeKept},
    refusals=(*REFUSALS, tree.NodeBelowItself),
)
def change(node: str, body: NodeChange) -> Reply:
    """Rename, move, order. What is below moves along."""
    return command(tree.change_node, tree.ChangeNode(actor(), node, **body.model_dump()), body, _kept)


@routes.post(
    "/catalogue/order",
    AUTHORS,
    summary="排序 Put a folder in order",
    body=OrderBody,
    answers={200: OrderOut},
    refusals=(NodeUnknown, NotYourDepartment, NeedsLeader),
)
def order(body: OrderBody) -> Reply:
    """The children of a folder, or of the top, in a new order."""
    wanted = tree.Arrange(actor(), body.parent, tuple(body.order))
    return command(tree.arrange, wanted, body, lambda tx, nodes: {"nodes": [_kept(tx, one) for one in nodes]})


@routes.post(
    "/catalogue/nodes/{node}/remove",
    AUTHORS,
    may=rights.arranges,
    summary="删去空目录 Remove an empty folder",
    body=Nothing,
    answers={204: None},
    refusals=(NodeUnknown, NotYourDepartment, NeedsLeader, tree.FolderNotEmpty),
)
def remove(node: str, body: Nothing) -> Reply:
    """Items are retired instead."""
    return command(tree.remove_folder, tree.RemoveFolder(actor(), node), body, lambda tx, _: None, 204)


def _kept(tx: Tx, node: Node) -> Any:
    return {**node_json(node), "position": node.position}


@routes.post(
    "/catalogue/bundles",
    LEADERS,
    summary="设一件事 Put a bundle together",
    body=BundleBody,
    answers={201: BundleOut},
    refusals=(
        NodeUnknown,
        NotAnItem,
        NeedsLeader,
        bundles.BundleItemsTooFew,
        bundles.BundleOrderWrong,
        bundles.BundleWordingVague,
    ),
)
def put_bundle(body: BundleBody) -> Reply:
    """New, or the one of that id changed; `active` false takes it off the offer."""
    return command(bundles.put_bundle, bundles.PutBundle(actor(), **body.model_dump()), body, bundles.bundle_json, 201)


@routes.post(
    "/catalogue/items/{item}/files",
    AUTHORS,
    may=rights.writes,
    summary="上传空表或样例 Upload a blank form or sample",
    query=FileQuery,
    answers={201: FileOut},
    refusals=(NodeUnknown, NotAnItem, NotYourDepartment, NeedsLeader, TooManyFiles, *UPLOAD_REFUSALS),
    replayed=False,
    upload=True,
)
def upload(item: str, query: FileQuery) -> Reply:
    """The request's body is the file; what it is shows its content. Name it in a material's `blank` or `sample`. Other
    bytes under a name in use get a number, so that published versions never change."""
    wanted = AddItemFile(actor(), item, received(query.name))
    file = services().store.write(services().hall_id, add_item_file, wanted)
    return 201, _file(file, item)


@routes.get(
    "/catalogue/items/{item}/files",
    EVERYBODY_AT_WORK,
    may=roles_alone,
    summary="事项的文件 Files of an item",
    answers={200: FilesOut},
)
def files(item: str) -> Reply:
    """Blank forms and samples, also of drafts."""
    found = services().store.read(services().hall_id, lambda rx: rx.files.of(f"item:{item}"))
    return 200, {"files": [_file(one, item) for one in found]}


def _file(file: StoredFile, item: str) -> dict[str, Any]:
    return {**file_json(file), "url": file_url(item, file.name)}


def file_json(file: StoredFile) -> dict[str, Any]:
    return {
        "id": file.id,
        "name": file.name,
        "purpose": file.purpose,
        "media_type": file.media_type,
        "bytes": file.bytes,
        "scan": file.scan,
        "added_at": iso(file.added_at),
    }
