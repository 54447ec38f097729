// Forms that send themselves when something is chosen, and a word before unsaved writing is lost.
// Everything here is a help; without JavaScript the forms have their buttons.
(() => {
  "use strict";
  document.documentElement.classList.add("fot-js");

  // --- Filters send themselves ---------------------------------------------------------------------------------
  const send = (form) => {
    if (form.hasAttribute("hx-get") && window.htmx) window.htmx.trigger(form, "fot:filter");
    else form.requestSubmit();
  };
  let waiting;
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-autosubmit]");
    if (!form || event.target.matches("[type=search], [type=text]")) return;
    clearTimeout(waiting);
    send(form);
  });
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-autosubmit][hx-get]");
    if (!form || !event.target.matches("[type=search], [type=text]")) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => send(form), 350);
  });

  // --- A template is put where one writes, by a press or by Alt and its number ------------------------------------
  const insert = (link) => {
    const box = link.closest("form")?.querySelector("textarea");
    if (!box) return false;
    box.focus();
    const from = box.selectionStart;
    box.setRangeText(link.dataset.inserts, from, box.selectionEnd, "end");
    const open = box.value.indexOf("[", from);
    const shut = box.value.indexOf("]", open);
    if (open >= 0 && shut > open) box.setSelectionRange(open, shut + 1);
    box.dispatchEvent(new Event("input", { bubbles: true }));
    return true;
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-inserts]");
    if (link && insert(link)) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || !event.code.startsWith("Digit")) return;
    const form = event.target.closest?.("form");
    const link = form?.querySelector(`[data-inserts-key="${event.code.slice(5)}"]`);
    if (link && insert(link)) event.preventDefault();
  });

  // --- Unsaved writing -------------------------------------------------------------------------------------------
  const changed = new Set();
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-unsaved]");
    if (form) changed.add(form);
  });
  document.addEventListener("submit", (event) => changed.delete(event.target), true);
  for (const leaving of ["fot:leaving", "fot:forgetting"]) document.addEventListener(leaving, () => changed.clear());
  document.addEventListener("fot:kept", (event) => {
    if (event.detail.isWhole) changed.delete(event.detail.form);
  });
  window.addEventListener("beforeunload", (event) => {
    for (const form of changed) if (form.isConnected) event.preventDefault();
  });

  // --- A second press of the same button ---------------------------------------------------------------------------
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.closest("[hx-post]")) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });

  // --- A whole row of boxes ------------------------------------------------------------------------------------------
  const boxes = (all) => document.querySelectorAll(`input[type=checkbox][name="${all.dataset.selects}"]`);
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-selects]")) {
      for (const box of boxes(event.target)) box.checked = event.target.checked;
    }
    for (const all of document.querySelectorAll("[data-selects]")) {
      const list = [...boxes(all)];
      const chosen = list.filter((box) => box.checked).length;
      all.checked = chosen > 0 && chosen === list.length;
      all.indeterminate = chosen > 0 && chosen < list.length;
      for (const place of document.querySelectorAll(`[data-chosen="${all.dataset.selects}"]`)) {
        place.textContent = String(chosen);
      }
    }
  });
})();
