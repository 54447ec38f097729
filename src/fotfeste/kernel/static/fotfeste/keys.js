// The daily round without a mouse. A key presses what bears it (data-hotkey), «g» and a number goes to that place of the
// main menu, and whoever comes back to a list stands where they stood. «?» tells which keys the page has, and turns them off for those
// who speak to their machine (WCAG 2.1.4). Nothing here can be done only by key; without JavaScript there are the links.
(() => {
  "use strict";
  const dialog = document.getElementById("fot-hotkeys");
  if (!dialog) return;

  const store = (kind, name, value) => {
    try {
      if (value === undefined) return JSON.parse(window[kind].getItem(name));
      if (value === null) window[kind].removeItem(name);
      else window[kind].setItem(name, JSON.stringify(value));
    } catch {
      // A browser that keeps nothing has keys all the same.
    }
    return null;
  };
  const OFF = "fot-hotkeys-off";
  const PLACE = "fot-place";
  const LIST = "fot-list";
  const GOES_TO_FIELD = "fot-to-field";

  // --- What the page has ---------------------------------------------------------------------------------------
  const visible = (element) => element.getClientRects().length > 0;
  const menu = () => [...document.querySelectorAll(".fot-nav a")].slice(0, 9);
  const keyed = () => {
    const found = new Map();
    for (const each of document.querySelectorAll("main [data-hotkey], header [data-hotkey]")) {
      if (visible(each) && !found.has(each.dataset.hotkey)) found.set(each.dataset.hotkey, each);
    }
    return found;
  };
  const words = (element) => {
    const copy = element.cloneNode(true);
    for (const extra of copy.querySelectorAll(".fot-count, .fot-key, svg")) extra.remove();
    return (element.dataset.hotkeyLabel || copy.textContent).replace(/\s+/g, " ").trim();
  };

  // --- Where one was -------------------------------------------------------------------------------------------
  const here = location.pathname + location.search;
  const rowsOf = (list) => [...list.querySelectorAll("[data-row]")];
  const about = (row) => row.querySelector("a[href]")?.pathname ?? "";
  // Several rows may be about the same youth; such a row says itself which it is.
  const which = (row) => row.dataset.row || about(row);
  const goTo = (row) => {
    for (const other of rowsOf(row.closest("[data-keys]"))) other.tabIndex = -1;
    row.tabIndex = 0;
    row.focus();
  };
  const people = document.querySelector("[data-people]");
  const remember = (row) => {
    const list = row.closest("[data-keys]");
    store("sessionStorage", PLACE, { here, list: [...document.querySelectorAll("[data-keys]")].indexOf(list), at: rowsOf(list).indexOf(row), about: which(row) });
  };
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest?.("[data-keys] [data-row]");
    if (row) remember(row);
  });
  const comeBack = () => {
    const place = store("sessionStorage", PLACE);
    if (!place || place.here !== here || document.querySelector("main [autofocus]")) return;
    const list = document.querySelectorAll("[data-keys]")[place.list];
    const rows = list ? rowsOf(list) : [];
    const row = rows.find((each) => place.about && which(each) === place.about) ?? rows[Math.min(place.at, rows.length - 1)];
    if (row) goTo(row);
  };

  // --- The next youth of the list one came from ------------------------------------------------------------------
  if (people) {
    const paths = rowsOf(people).map(about).filter(Boolean);
    const list = [...document.querySelectorAll("[data-keys]")].indexOf(people);
    if (paths.length) store("sessionStorage", LIST, { from: here, list, paths });
  }
  const neighbours = document.querySelector("[data-neighbours]");
  if (neighbours) {
    const list = store("sessionStorage", LIST);
    const at = list ? list.paths.indexOf(neighbours.dataset.neighbours) : -1;
    if (at >= 0) {
      const lead = (name, path) => {
        const link = neighbours.querySelector(`[data-neighbour=${name}]`);
        if (path) link.href = path;
        else link.remove();
      };
      lead("before", list.paths[at - 1]);
      lead("after", list.paths[at + 1]);
      neighbours.hidden = false;
      store("sessionStorage", PLACE, { here: list.from, list: list.list, at, about: list.paths[at] });
      for (const back of document.querySelectorAll("[data-back]")) back.href = list.from;
    }
  }
  const forget = () => [PLACE, LIST, GOES_TO_FIELD].forEach((name) => store("sessionStorage", name, null));
  document.addEventListener("fot:forgetting", forget);
  if (document.querySelector("[data-forgets-drafts]")) forget();

  const FIELDS = "input:not([type=hidden], [type=search]), textarea, select";
  if (store("sessionStorage", GOES_TO_FIELD)) {
    store("sessionStorage", GOES_TO_FIELD, null);
    const fields = [...document.querySelectorAll(":is(main form[data-unsaved], main form.fot-form, main form)")].flatMap((form) => [...form.querySelectorAll(FIELDS)]);
    const field = fields.find((each) => visible(each) && !each.disabled);
    const chosen = field?.type === "radio" && field.form.querySelector(`[name="${CSS.escape(field.name)}"]:checked`);
    (chosen || field)?.focus();
  } else comeBack();

  // --- Pressing --------------------------------------------------------------------------------------------------
  const press = (element) => {
    if (element.matches("input, textarea, select")) return element.focus();
    if (element.matches("[data-keys]")) {
      const rows = rowsOf(element);
      const row = rows.find((each) => each.tabIndex === 0) ?? rows[0];
      return row && goTo(row);
    }
    if (element.matches("summary")) {
      element.parentElement.open = true;
      return element.parentElement.querySelector("button, a[href]")?.focus();
    }
    element.click();
  };
  // Whoever opens a form by a key goes on in its first field.
  document.addEventListener("click", (event) => {
    if (event.detail === 0 && event.target.closest("[data-hotkey-field]")) store("sessionStorage", GOES_TO_FIELD, true);
  });
  const writing = (element) => element.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

  // A number after «g» is the menu's, also where a row answers to numbers.
  const WAITS = 2000;
  let goesUntil = 0;
  document.addEventListener("keydown", (event) => {
    const place = event.timeStamp < goesUntil && /^[1-9]$/.test(event.key) && menu()[Number(event.key) - 1];
    if (event.key !== "Shift") goesUntil = 0;
    if (!place || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    place.click();
  }, true);

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = event.target.closest?.("main form");
      const button = form?.querySelector("button[type=submit], button:not([type])");
      if (button) {
        event.preventDefault();
        button.click();
      }
      return;
    }
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return;
    if (event.key.length !== 1 || document.querySelector("dialog[open]") || store("localStorage", OFF)) return;
    if (event.key === "?") {
      event.preventDefault();
      return show();
    }
    const key = event.key.toLowerCase();
    if (key === "g" && menu().length) {
      goesUntil = event.timeStamp + WAITS;
      return;
    }
    const opened = document.querySelector("details.fot-action-menu[open]");
    const chosen = opened && /^[1-9]$/.test(key) && opened.querySelectorAll(".fot-menu-panel :is(button, a[href])")[Number(key) - 1];
    const element = chosen || keyed().get(key);
    if (!element) return;
    event.preventDefault();
    press(element);
  });

  // --- Which keys there are ----------------------------------------------------------------------------------------
  const table = dialog.querySelector("tbody");
  const line = (key, text) => {
    const row = table.insertRow();
    const name = document.createElement("th");
    name.scope = "row";
    name.append(Object.assign(document.createElement("kbd"), { textContent: key.toUpperCase() }));
    row.append(name);
    row.insertCell().textContent = text;
  };
  const box = dialog.querySelector("[data-hotkeys-on]");
  const show = () => {
    for (const row of [...table.querySelectorAll("tr:not([data-always])")]) row.remove();
    menu().forEach((link, index) => line(`g ${index + 1}`, words(link)));
    for (const [key, element] of keyed()) line(key, words(element));
    box.checked = !store("localStorage", OFF);
    dialog.showModal();
  };
  box.addEventListener("change", () => store("localStorage", OFF, box.checked ? null : true));
  for (const opener of document.querySelectorAll("[data-shows-hotkeys]")) {
    opener.hidden = false;
    opener.addEventListener("click", show);
  }
})();
