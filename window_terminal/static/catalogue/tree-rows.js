// The tree as rows: folders that open, items with their state; or, while somebody searches, what was found.

import { html, nothing } from "lit";
import { t } from "ui/lang.js";
import { oftenBadge } from "./page.js";

const MOST_FOUND = 200;

/** The rows to show: {node, depth}. */
export function flat(desk) {
  const children = new Map();
  for (const node of desk.nodes) children.set(node.parent, [...(children.get(node.parent) ?? []), node]);
  if (desk.find) return found(desk);
  const list = [];
  const walk = (parent, depth) => {
    for (const node of [...(children.get(parent) ?? [])].sort((a, b) => a.position - b.position || a.name.localeCompare(b.name, "zh"))) {
      list.push({ node, depth, count: children.get(node.id)?.length ?? 0 });
      if (desk.open.has(node.id)) walk(node.id, depth + 1);
    }
  };
  walk("", 0);
  return list;
}

function found(desk) {
  const words = desk.find.toLowerCase();
  const fits = (node) => `${node.name} ${node.name_en} ${node.code} ${node.id} ${node.department} ${node.under_way?.initials ?? ""}`.toLowerCase().includes(words) || desk.found?.has(node.id);
  return desk.nodes.filter((node) => node.is_item && fits(node)).slice(0, MOST_FOUND).map((node) => ({ node, depth: 0, count: 0 }));
}

export function rows(desk, list) {
  if (!list.length) return html`<p class="empty">${desk.find ? t("没有找到，换个词试试。", "Nothing found; try other words.") : t("目录还是空的。", "The tree is empty.")}</p>`;
  return html`<ul class="tree">${list.map((row) => nodeRow(desk, row))}</ul>`;
}

function nodeRow(desk, { node, depth, count }) {
  const open = desk.open.has(node.id);
  const press = () => {
    if (!node.is_item && (desk.chosen === node.id || !open)) desk.acts.toggle(node.id);
    desk.acts.choose(node.id);
  };
  const onKey = (event) => {
    if (node.is_item || !["ArrowRight", "ArrowLeft"].includes(event.key)) return;
    event.preventDefault();
    if ((event.key === "ArrowRight") !== open) desk.acts.toggle(node.id);
  };
  return html`<li><button type="button" class="node depth-${depth}${node.is_item ? "" : " folder"}${node.retired ? " gone" : ""}" data-node=${node.id} lang="zh-CN"
    aria-current=${desk.chosen === node.id ? "true" : nothing} aria-expanded=${node.is_item ? nothing : String(open)} @click=${press} @keydown=${onKey}>
    <span class="twist" aria-hidden="true">${node.is_item ? "" : open ? "▾" : "▸"}</span><span class="cut">${node.name}</span>
    ${node.is_item ? html`<span class="node-end">${state(node)}${oftenBadge(desk.often[node.id])}</span>` : html`<span class="node-end muted small">${count}</span>`}</button></li>`;
}

function state(node) {
  if (node.retired) return html`<span class="tag">${t("已停用", "retired")}</span>`;
  if (node.under_way) return html`<span class="tag busy">${t(node.under_way.stage_zh, node.under_way.stage_en)}</span>`;
  if (!node.in_force) return html`<span class="tag">${t("未发布", "not published")}</span>`;
  return nothing;
}
