// Writing that was not saved when the session ended or the window closed, found again by the same user in the same
// browser, and by nobody else. It waits encrypted under a key that the server gives only to this user: on a shared
// machine the next one finds letters that mean nothing. Logging out takes it away, and so do twelve hours.
(() => {
  "use strict";
  const DRAFT = "fot-draft:";
  const SENT = "fot-sent";
  const OWNER = "fot-draft-owner";
  const KEPT_FOR = 12 * 60 * 60 * 1000;
  const box = document.getElementById("fot-session");
  if (box) sessionStorage.setItem(OWNER, box.dataset.draftOwner);
  // On a page of nobody's: of whoever was logged in here last.
  const own = DRAFT + (sessionStorage.getItem(OWNER) ?? "nobody");
  const here = `${own}:${location.pathname}`;
  const drafts = (start) => Object.keys(localStorage).filter((name) => name.startsWith(start));
  const changed = new Set();
  let waiting;
  const forget = () => {
    clearTimeout(waiting);
    changed.clear();
    for (const name of drafts(own)) localStorage.removeItem(name);
    sessionStorage.removeItem(SENT);
  };

  if (document.querySelector("[data-forgets-drafts]")) forget();
  document.addEventListener("fot:forgetting", forget);
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-logs-out]")) forget();
  });
  if (!box || !window.crypto?.subtle) {
    // Nobody is logged in here, so what was sent did not arrive.
    sessionStorage.removeItem(SENT);
    return;
  }

  const forms = () => [...document.querySelectorAll("form[data-unsaved]")];
  // A form that stands in a row of a list waits under the address of its own page, and is filled wherever it is opened.
  const placeOf = (form) => (form.dataset.unsaved ? `${own}:${form.dataset.unsaved}` : here);
  const formsAt = (place) => forms().filter((form) => placeOf(form) === place);
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
  const contents = (place) =>
    formsAt(place).map((form) =>
      changed.has(form)
        ? { version: version(form), values: written(form).map((field) => [field.name, valueOf(field)]) }
        : null,
    );

  const save = async () => {
    const places = new Set([...changed].filter((form) => form.isConnected).map(placeOf));
    await Promise.all([...places].map(saveAt));
  };

  const saveAt = async (place) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const text = new TextEncoder().encode(JSON.stringify(contents(place)));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key, text);
    localStorage.setItem(place, JSON.stringify({ iv: asText(iv), sealed: asText(sealed), at: Date.now() }));
  };

  const opened = async (stored) => {
    const { iv, sealed } = JSON.parse(stored);
    const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv: asBytes(iv) }, await key, asBytes(sealed));
    return JSON.parse(new TextDecoder().decode(text));
  };

  const fill = (form, values) => {
    form.dispatchEvent(new CustomEvent("fot:restoring", { bubbles: true, detail: values.map(([name]) => name) }));
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
      localStorage.removeItem(placeOf(form));
      form.removeAttribute("data-unsaved");
      document.dispatchEvent(new CustomEvent("fot:leaving", { detail: [] }));
      location.reload();
    });
    form.before(notice);
  };

  const tidy = () => {
    for (const name of drafts(DRAFT)) {
      const { at } = JSON.parse(localStorage.getItem(name));
      if (Date.now() - at > KEPT_FOR) localStorage.removeItem(name);
    }
  };

  const restore = async (place) => {
    const stored = localStorage.getItem(place);
    const saved = stored && (await opened(stored).catch(() => localStorage.removeItem(place)));
    if (!saved) return;
    formsAt(place).forEach((form, index) => {
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
  if (sent) localStorage.removeItem(`${own}:${sent}`);

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
    return changed.size ? save() : localStorage.removeItem(here);
  });
  document.addEventListener("fot:leaving", (event) => event.detail.push(save()));
  if (cameBack) {
    for (const form of forms()) changed.add(form);
    save();
  } else {
    tidy();
    for (const place of new Set([here, ...forms().map(placeOf)])) restore(place);
  }
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.requestConfig?.verb !== "get") return;
    for (const form of forms()) if (form.dataset.unsaved && !changed.has(form)) restore(placeOf(form));
  });
  // A row's form that was sent leaves no page behind it. Led to the login page, it was not sent.
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    const form = detail.requestConfig?.elt;
    const isLedAway = ["HX-Redirect", "HX-Refresh"].some((name) => detail.xhr.getResponseHeader(name));
    if (!form?.matches("form[data-unsaved]") || !detail.successful || isLedAway) return;
    clearTimeout(waiting);
    changed.delete(form);
    sessionStorage.removeItem(SENT);
    localStorage.removeItem(placeOf(form));
  });
})();
