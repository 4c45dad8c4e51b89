"""What access refuses, in words that say what to do."""

from __future__ import annotations

from server.domain.refusals import Refusal


class NotSignedIn(Refusal):
    status, code = 401, "not_signed_in"
    zh = "请先登录，再进行此操作。"
    en = "Sign in first, then try again."


class SessionEnded(Refusal):
    status, code = 401, "session_ended"
    zh = "登录已失效，请重新登录。"
    en = "Your session has ended. Please sign in again."


class NotAllowed(Refusal):
    status, code = 403, "not_allowed"
    zh = "您的岗位没有此项权限，请联系值班经理办理。"
    en = "Your role may not do this. Ask the duty manager."


class CsrfMissing(Refusal):
    status, code = 403, "csrf"
    zh = "页面已过期，请刷新页面后重试。"
    en = "This page is out of date. Reload it and try again."


class ForeignOrigin(Refusal):
    status, code = 403, "foreign_origin"
    zh = "请求来自其他网站，已拒绝。请从大厅系统的页面操作。"
    en = "This request came from another site and was refused. Use the hall's own pages."


class WrongPassword(Refusal):
    status, code = 401, "wrong_password"
    zh = "用户名或密码不正确，请核对后重试。连续输错五次将暂时锁定。"
    en = "The user name or password is wrong. Check them and try again; five wrong tries in a row lock the account."


class AccountLocked(Refusal):
    status, code = 429, "account_locked"
    zh = "密码连续输错，账号已暂时锁定，请 {minutes} 分钟后再试，或请管理员重设密码。"
    en = "Too many wrong passwords. Try again in {minutes} min, or ask an administrator to reset the password."


class TooManyRequests(Refusal):
    status, code = 429, "too_many_requests"
    zh = "请求过于频繁，请 {seconds} 秒后再试。"
    en = "Too many requests. Try again in {seconds} s."


class LinkUnknown(Refusal):
    status, code = 404, "link_unknown"
    zh = "链接无效或已过期，请核对短信中的链接，或到导服台查询。"
    en = "This link is not valid. Check the one in your text message, or ask at the guide desk."


class PairingUnknown(Refusal):
    status, code = 404, "pairing_unknown"
    zh = "配对码不正确或已过期，请在设备屏幕上查看新的配对码。"
    en = "The pairing code is wrong or has expired. Read the new one from the device's screen."


class DeviceUnknown(Refusal):
    status, code = 404, "device_unknown"
    zh = "没有这台设备，请刷新设备列表。"
    en = "There is no such device. Reload the list of devices."


class StaffUnknown(Refusal):
    status, code = 404, "staff_unknown"
    zh = "没有用户“{username}”，请核对用户名。"
    en = "There is no user “{username}”. Check the user name."


class StaffExists(Refusal):
    status, code = 409, "staff_exists"
    zh = "用户名“{username}”已存在，请换一个用户名。"
    en = "The user name “{username}” is taken. Choose another."


class PadNeedsWindow(Refusal):
    status, code = 422, "pad_needs_window"
    zh = "评价器须指明放在几号窗口，请填写窗口号。"
    en = "An evaluation pad belongs to a window. Say which one."


class PadElsewhere(Refusal):
    status, code = 403, "pad_elsewhere"
    zh = "这台评价器属于{own}号窗口，不能用于{window}号窗口。如已搬动，请在“设备”页停用后重新配对。"
    en = "This pad belongs to window {own}, not to window {window}. If it was moved, revoke it and pair it again."


class DepartmentMissing(Refusal):
    status, code = 422, "department_missing"
    zh = "事项编辑、审批人员和部门负责人应属于一个部门，请填写部门名称。"
    en = "Editors, approvers and heads belong to a department. Name it."
