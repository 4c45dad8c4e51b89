"""Every subject of the API, in the order the document lists them."""

from __future__ import annotations

from server.web.api import (
    applications,
    assistance,
    authorizations,
    callbacks,
    case_desk,
    case_files,
    cases,
    catalogue,
    catalogue_desk,
    catalogue_exchange,
    catalogue_tree,
    devices,
    evaluations,
    guide_sheets,
    hall,
    handovers,
    links,
    manage,
    notices,
    own_files,
    own_forms,
    pad,
    progress,
    results,
    sessions,
    slips,
    staff,
    supervision,
    tasks,
    tickets,
    windows,
)
from server.web.api.routing import Operation, Routes

SUBJECTS: tuple[tuple[Routes, str], ...] = (
    (sessions.routes, "登录与身份 Signing in, and who am I"),
    (tickets.routes, "号票：取号、取消、过号返回、转移 Tickets: take, cancel, return, move"),
    (windows.routes, "窗口：开窗、叫号、办理、收号 Windows: open, call, serve, drain"),
    (hall.routes, "大厅、叫号屏、事项 The hall, the call board, the items"),
    (notices.routes, "短信通知 The three SMS"),
    (links.routes, "群众手机页 A citizen's own page"),
    (evaluations.routes, "好差评 What citizens say of the service"),
    (slips.routes, "小票 Slips of paper"),
    (assistance.routes, "呼叫工作人员 Calling an attendant"),
    (pad.routes, "窗口评价器 The evaluation pad of a window"),
    (cases.routes, "办件：收件、受理、容缺、补正、不予受理 Cases at the window"),
    (case_desk.routes, "办件：随号预审、查找、自助填表、网上预审 Around the window's cases"),
    (applications.routes, "网上申请 Online applications"),
    (own_forms.routes, "自助填表：号上的表、留存的信息 Forms filled in while waiting, and what is kept of me"),
    (tasks.routes, "审批工作台 A department's tasks"),
    (handovers.routes, "材料交接 Handover lists"),
    (results.routes, "出件 Issuing results"),
    (supervision.routes, "督办与提醒 Supervision and reminders"),
    (progress.routes, "进度公示、办件评价 Progress, and rating a case"),
    (authorizations.routes, "授权委托 Who may decide at the window"),
    (manage.routes, "值班经理 The manager's live page"),
    (devices.routes, "设备配对 Paired screens"),
    (staff.routes, "人员账号 Staff accounts"),
    (catalogue.routes, "事项目录：查找、问答、清单、一件事、节假日 The catalogue for everybody"),
    (
        catalogue_exchange.routes,
        "事项导入导出：工作簿、表格、JSON，逐行报告 Items in and out, with a report of every row",
    ),
    (catalogue_tree.routes, "目录维护：树、一件事、空表和样例 The tree, bundles, forms and samples"),
    (catalogue_desk.routes, "事项编审：草稿、评审、模拟受理、发布 Drafts, reviews, mock intake, publishing"),
    (case_files.routes, "办件材料文件 Files of a case"),
    (own_files.routes, "我上传的材料 Papers a citizen sends in"),
    (guide_sheets.routes, "办事指南：在纸上 What to bring, on paper"),
    (callbacks.routes, "短信网关回执 Gateways' callbacks"),
)


def operations() -> list[Operation]:
    return [operation for routes, _ in SUBJECTS for operation in routes.operations]
