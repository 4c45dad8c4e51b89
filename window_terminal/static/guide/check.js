// What the citizen brought, looked at before the number: questions by keys, then the list; what is missing in red.
//
// Keys while the panel has the focus: 1–9 answer, or say that the nth thing was brought; Enter goes on; Backspace goes back.

import { html, nothing, render } from "lit";
import { post } from "ui/api.js";
import { carriedView, createBundleWalk, nested, ofView } from "ui/bundle-walk.js";
import { createWalk, factsView, own, questionView, wantedView } from "ui/guide-walk.js";
import { t } from "ui/lang.js";
import { toastRefusal } from "ui/toast.js";

const LONGEST_NOTE = 280;

/** @returns {{open({item, bundle}), close(), attach(ticket), shown(): boolean}} the panel that takes the list's place */
export function createCheck(panel, { closed, onward, kept }) {
  let walk = null;
  const box = panel.querySelector("[data-check-body]");
  const brought = new Set();
  const ticked = new Set(); // "material checkpoint"

  const draw = () => {
    if (walk?.unwritten && !walk.bundle) {
      api.close();
      onward();
      return;
    }
    panel.hidden = !walk;
    document.querySelector("[data-list-panel]").hidden = Boolean(walk);
    if (walk) render(view(), box);
    kept.put("check", walk && { answers: walk.answers, brought: [...brought], ticked: [...ticked] });
  };
  const materials = () => walk?.view?.materials ?? [];
  const missing = () => materials().filter((one) => !brought.has(one.id));
  const key = (material, checkpoint) => `${material.id} ${checkpoint.id}`;

  function bring(material) {
    if (brought.delete(material.id)) for (const one of material.checkpoints) ticked.delete(key(material, one));
    else brought.add(material.id);
    draw();
  }
  function tick(material, checkpoint) {
    const one = key(material, checkpoint);
    if (!ticked.delete(one)) ticked.add(one);
    brought.add(material.id);
    draw();
  }
  const all = (on) => () => {
    brought.clear();
    if (on) for (const one of materials()) brought.add(one.id);
    else ticked.clear();
    draw();
  };

  function view() {
    if (walk.problem && !walk.view) return html`<p class="notice bad">${walk.problem.sentence}</p>`;
    if (!walk.view) return html`<p class="empty"><span class="spinner"></span></p>`;
    return walk.view.question ? html`${answersView()}${questionView(walk, { numbered: true })}` : listView();
  }
  const answersView = () => (walk.view.answered.length ? html`<p class="check-answers">${walk.view.answered.map((one) => html`<button type="button" class="button small"
      title=${one.text} @click=${() => walk.again(one.question)}>${t(one.chosen_text.join("、"), one.chosen_text_en.join(", ")) || t("都没有", "none")}</button>`)}</p>` : nothing);

  const situationView = () => (walk.view.answered.length ? html`<p class="muted small" data-situation>${t("情形：", "Situation: ")}${own(walk.view.situation.name, walk.view.situation.name_en)}</p>` : nothing);

  function listView() {
    const open = missing();
    return html`${answersView()}${walk.bundle ? nothing : html`${situationView()}${factsView(walk.view)}`}
      <div class="check-sum" role="status" data-missing=${open.length}>
        ${open.length ? html`<b class="check-bad">${t(`还缺 ${open.length} 样`, `${open.length} missing`)}</b>` : html`<b class="check-good">${t("材料齐了", "Everything is there")}</b>`}
        <button type="button" class="button small" @click=${all(true)}>${t("全带了", "All brought")} <kbd>A</kbd></button>
        <button type="button" class="button small" @click=${all(false)}>${t("都没带", "None")}</button>
        <button type="button" class="button small push" data-print-missing @click=${() => window.print()}>${open.length ? t("打印缺的", "Print what is missing") : t("打印清单", "Print the list")}</button>
      </div>
      <ol class="check-list">${materials().map(row)}</ol>${carriedView(walk.view)}`;
  }
  function row(material, i) {
    const here = brought.has(material.id);
    const done = material.checkpoints.filter((one) => ticked.has(key(material, one))).length;
    return html`<li class=${here ? "is-brought" : "is-missing"} data-material=${material.id}>
      <button type="button" class="check-brought" aria-pressed=${String(here)} @click=${() => bring(material)}>
        <span class="walk-box" aria-hidden="true"></span>${i < 9 ? html`<kbd>${i + 1}</kbd>` : nothing}
        <span class="check-name">${t(material.name, material.name_en || material.name)}</span>${wantedView(material)}
        <b class="check-state">${here ? t("带了", "brought") : t("缺", "missing")}</b></button>
      ${walk.bundle ? html`<p class="check-of">${ofView(material)}</p>` : nothing}
      ${here ? html`<details ?open=${done > 0}><summary>${t(`逐条核对（${done}/${material.checkpoints.length}）`, `Check (${done}/${material.checkpoints.length})`)}</summary>
        ${material.checkpoints.map((one) => html`<label class="check-point"><input type="checkbox" .checked=${ticked.has(key(material, one))} @change=${() => tick(material, one)}>${one.text}</label>`)}
      </details>` : html`<p class="check-where">${[material.source && t(`来源：${material.source}`, `from ${material.source}`), material.note].filter(Boolean).join(" · ")}</p>`}</li>`;
  }

  panel.addEventListener("keydown", (event) => {
    if (!walk?.view || event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, details")) return;
    if (press(event)) event.preventDefault();
  });
  function press({ key: pressed, target }) {
    const { question } = walk.view;
    const nth = /^[1-9]$/.test(pressed) ? Number(pressed) - 1 : -1;
    if (pressed === "Backspace") return walk.back();
    if (question && nth >= 0 && question.options[nth]) {
      if (question.kind === "multiple") walk.toggle(question.options[nth].id);
      else walk.answer([question.options[nth].id]);
      return true;
    }
    if (question) return pressed === "Enter" && !target.closest("button") && question.kind === "multiple" && (walk.answer([...walk.chosen]), true);
    if (nth >= 0 && materials()[nth]) return bring(materials()[nth]), true;
    if (pressed === "a" || pressed === "A") return all(true)(), true;
    if (pressed === "Enter" && !target.closest("button")) return onward(), true;
    return false;
  }

  const api = {
    shown: () => Boolean(walk),
    /** The list as it is published now; what was brought stays ticked. */
    anew: () => walk?.view && walk.start(walk.answers),
    /** Begin with a bundle, or an item of the catalogue; one without a list of its own has nothing to look at. `before`: what was
     *  seen of it when the page was left. */
    open({ item, bundle = null }, before = null) {
      api.close();
      if (!bundle && !item?.version) return false;
      walk = bundle ? createBundleWalk(bundle.id, { changed: draw }) : createWalk(item.id, { changed: draw });
      const { name, name_en: english } = bundle ?? item;
      panel.querySelector("[data-check-title]").textContent = `${t("看材料", "Papers")} · ${t(name, english || name)}`;
      for (const one of before?.brought ?? []) brought.add(one);
      for (const one of before?.ticked ?? []) ticked.add(one);
      walk.start(before?.answers ?? {});
      panel.focus();
      return true;
    },
    close() {
      walk = null;
      brought.clear();
      ticked.clear();
      draw();
      closed();
    },
    /** The window finds with the ticket what was seen here. Should it fail, the number stands. */
    async attach(ticket) {
      if (!walk?.view) return;
      const ticks = [...ticked].map((one) => ({ material: one.split(" ")[0], checkpoint: one.split(" ")[1] }));
      const names = (list) => list.map((one) => one.name).join("、");
      if (!walk.bundle && !brought.size && !Object.keys(walk.answers).length) return api.close(); // nothing was looked at
      const note = walk.done && brought.size ? [`带了：${names(materials().filter((one) => brought.has(one.id)))}`, missing().length && `缺：${names(missing())}`].filter(Boolean).join("；") : "";
      const matter = walk.bundle ? { bundle: walk.item, answers: nested(walk.answers) } : { item: walk.item, answers: walk.answers };
      const sent = { ...matter, ticks, note: note.slice(0, LONGEST_NOTE) };
      api.close();
      await post(`/tickets/${ticket.id}/precheck`, sent).catch(toastRefusal);
    },
  };
  panel.querySelector("[data-check-close]").addEventListener("click", () => api.close());
  return api;
}
