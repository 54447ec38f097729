// Writing that was not saved when the session ended, found again by the same user in the same tab, and by nobody else.
// It waits in the tab's own storage, encrypted under a key that the server gives only to this user: on a shared machine
// the next one finds letters that mean nothing. Logging out takes it away, and so does closing the tab.
(() => {
  "use strict";
  const DRAFT = "fot-draft:";
  const SENT = "fot-sent";
  const OUT = "fot-out";
  const KEPT_FOR = 12 * 60 * 60 * 1000;
  const box = document.getElementById("fot-session");
  const here = DRAFT + location.pathname;
  const drafts = () => Object.keys(sessionStorage).filter((name) => name.startsWith(DRAFT));
  const changed = new Set();
  let waiting;
  const forget = () => {
    clearTimeout(waiting);
    changed.clear();
    for (const name of [...drafts(), SENT, OUT]) sessionStorage.removeItem(name);
  };

  if (document.querySelector("[data-forgets-drafts]")) forget();
  document.addEventListener("fot:forgetting", forget);
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-logs-out]")) forget();
  });
  if (!box || !window.crypto?.subtle) {
    // Nobody is logged in here, so what was sent did not arrive.
    sessionStorage.removeItem(SENT);
    if (drafts().length) sessionStorage.setItem(OUT, "1");
    return;
  }

  const forms = () => [...document.querySelectorAll("form[data-unsaved]")];
  const written = (form) =>
    [...form.elements].filter(
      (field) => field.name && !field.disabled && field.matches("textarea, select, input:not([type=hidden], [type=file], [type=password])"),
    );
  const version = (form) => form.elements.namedItem("version")?.value ?? "";

  const key = crypto.subtle.importKey(
    "raw",
    Uint8Array.from(box.dataset.draftKey.match(/../g), (pair) => parseInt(pair, 16)),
    "AES-GCM",
    false,
    ["encrypt", "decrypt"],
  );
  const asText = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));
  const asBytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

  const valueOf = (field) => (field.matches("[type=checkbox], [type=radio]") ? field.checked : field.value);
  const contents = () =>
    forms().map((form) =>
      changed.has(form)
        ? { version: version(form), values: written(form).map((field) => [field.name, valueOf(field)]) }
        : null,
    );

  const save = async () => {
    if (![...changed].some((form) => form.isConnected)) return;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const text = new TextEncoder().encode(JSON.stringify(contents()));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key, text);
    sessionStorage.setItem(here, JSON.stringify({ iv: asText(iv), sealed: asText(sealed), at: Date.now() }));
  };

  const opened = async (stored) => {
    const { iv, sealed, at } = JSON.parse(stored);
    if (Date.now() - at > KEPT_FOR) throw new Error("too old");
    const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv: asBytes(iv) }, await key, asBytes(sealed));
    return JSON.parse(new TextDecoder().decode(text));
  };

  const fill = (form, values) => {
    const fields = written(form);
    values.forEach(([name, value], index) => {
      const field = fields[index]?.name === name ? fields[index] : undefined;
      if (!field || valueOf(field) === value) return;
      if (typeof value === "boolean") field.checked = value;
      else field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
  };

  const tell = (form, values, isChanged) => {
    const notice = document.getElementById("fot-restored").content.cloneNode(true);
    if (isChanged) {
      notice.querySelector("[data-draft-filled]").hidden = true;
      notice.querySelector("[data-draft-changed]").hidden = false;
      const place = notice.querySelector("[data-draft-text]");
      place.hidden = false;
      place.textContent = values.filter(([, value]) => typeof value === "string" && value).map(([, value]) => value).join("\n");
    }
    notice.querySelector("[data-draft-discard]").addEventListener("click", () => {
      changed.clear();
      sessionStorage.removeItem(here);
      form.removeAttribute("data-unsaved");
      document.dispatchEvent(new CustomEvent("fot:leaving", { detail: [] }));
      location.reload();
    });
    form.before(notice);
  };

  const tidy = async () => {
    for (const name of drafts()) {
      // Whoever leaves a page with unsaved writing has been asked, and meant it; a session that ended asked nobody.
      const isLeft = name !== here && !sessionStorage.getItem(OUT);
      const isOwn = !isLeft && (await opened(sessionStorage.getItem(name)).catch(() => null));
      if (!isOwn) sessionStorage.removeItem(name);
    }
  };

  const restore = async () => {
    await tidy();
    const stored = sessionStorage.getItem(here);
    if (!stored) return;
    const saved = await opened(stored);
    sessionStorage.removeItem(OUT);
    forms().forEach((form, index) => {
      const draft = saved[index];
      if (!draft) return;
      const isChanged = draft.version !== version(form);
      if (!isChanged) fill(form, draft.values);
      tell(form, draft.values, isChanged);
    });
  };

  // What was sent has arrived, unless the page has come back with something to correct.
  const sent = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  const cameBack = sent === location.pathname && document.querySelector(".fot-error-summary, .fot-conflict");
  if (sent) sessionStorage.removeItem(DRAFT + sent);

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-unsaved]");
    if (!form) return;
    changed.add(form);
    clearTimeout(waiting);
    waiting = setTimeout(save, 300);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-unsaved]")) sessionStorage.setItem(SENT, location.pathname);
  });
  document.addEventListener("fot:kept", (event) => {
    if (!event.detail.isWhole) return save();
    clearTimeout(waiting);
    changed.delete(event.detail.form);
    return changed.size ? save() : sessionStorage.removeItem(here);
  });
  document.addEventListener("fot:leaving", (event) => event.detail.push(save()));
  if (cameBack) {
    for (const form of forms()) changed.add(form);
    save();
  } else restore();
})();
