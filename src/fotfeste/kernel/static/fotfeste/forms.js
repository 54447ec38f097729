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
  const count = () => {
    for (const all of document.querySelectorAll("[data-selects]")) {
      const list = [...boxes(all)];
      const chosen = list.filter((box) => box.checked).length;
      all.checked = chosen > 0 && chosen === list.length;
      all.indeterminate = chosen > 0 && chosen < list.length;
      for (const place of document.querySelectorAll(`[data-chosen="${all.dataset.selects}"]`)) {
        place.textContent = String(chosen);
      }
    }
  };
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-selects]")) {
      for (const box of boxes(event.target)) box.checked = event.target.checked;
    }
    count();
  });
  document.addEventListener("htmx:afterSettle", count);

  // --- One more row of a table in a form, what is written kept ---------------------------------------------------------
  const rowsOf = (section) => [...section.querySelectorAll("[data-one-row]")];
  const isFull = (section) => rowsOf(section).length >= Number(section.dataset.most);
  const addRow = (section) => {
    const rows = rowsOf(section);
    const from = `${section.dataset.rows}-${rows.length - 1}-`;
    const to = `${section.dataset.rows}-${rows.length}-`;
    const row = rows.at(-1).cloneNode(true);
    for (const errors of row.querySelectorAll(".fot-errors")) errors.remove();
    for (const part of row.querySelectorAll("*")) {
      for (const { name, value } of [...part.attributes]) if (value.includes(from)) part.setAttribute(name, value.replaceAll(from, to));
      part.removeAttribute("aria-invalid");
      part.removeAttribute("data-invalid");
    }
    for (const field of row.querySelectorAll("input, textarea, select")) {
      if (field.matches("[type=checkbox], [type=radio]")) field.checked = false;
      else field.value = field.matches("select") ? (field.options[0]?.value ?? "") : "";
    }
    row.querySelector("[data-row-number]").textContent = String(rows.length + 1);
    rows.at(-1).after(row);
    section.querySelector("[data-adds-row]").hidden = isFull(section);
    return row;
  };
  document.addEventListener("click", (event) => {
    const section = event.target.closest("[data-adds-row]")?.closest("[data-rows]");
    if (section && !isFull(section)) addRow(section).querySelector("input:not([type=hidden]), select, textarea").focus();
  });
  for (const section of document.querySelectorAll("[data-rows]")) {
    section.querySelector("[data-adds-row]").hidden = isFull(section);
  }
  // Writing that is found again may stand in rows that were added; they are there before it is filled in.
  document.addEventListener("fot:restoring", (event) => {
    for (const section of event.target.querySelectorAll("[data-rows]")) {
      const at = event.detail.map((name) => (name.startsWith(`${section.dataset.rows}-`) ? Number(name.split("-")[1]) : -1));
      while (rowsOf(section).length <= Math.max(...at) && !isFull(section)) addRow(section);
    }
  });
})();
