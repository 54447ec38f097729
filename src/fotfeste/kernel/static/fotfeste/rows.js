// Working down a list from the keyboard: arrows choose the row, a number or letter presses that row's button.
// The keys count only while focus is inside the table, so they disturb nobody's screen reader or speech input.
(() => {
  "use strict";
  const rowsOf = (table) => [...table.querySelectorAll("[data-row]")];
  const writing = (element) => element.matches("input:not([type=checkbox], [type=radio]), textarea, select");

  let next;

  const prepare = (root) => {
    for (const table of root.querySelectorAll("[data-keys]")) {
      rowsOf(table).forEach((row, index) => {
        if (!row.hasAttribute("tabindex")) row.tabIndex = index === 0 ? 0 : -1;
      });
    }
  };

  const go = (rows, row) => {
    for (const other of rows) other.tabIndex = -1;
    row.tabIndex = 0;
    row.focus();
  };

  document.addEventListener("keydown", (event) => {
    const row = event.target.closest?.("[data-keys] [data-row]");
    if (!row || event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return;
    const rows = rowsOf(row.closest("[data-keys]"));
    const at = rows.indexOf(row);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      if (rows[to]) go(rows, rows[to]);
      return;
    }
    if (event.key === "Enter" && event.target === row) {
      row.querySelector("a[href]")?.click();
      return;
    }
    const button = event.key.length === 1 && row.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (button?.offsetParent) {
      event.preventDefault();
      next = { table: row.closest("[data-keys]"), row: rows[at + 1], at };
      button.click();
    }
  });

  // When htmx has put in the answered row, focus would be lost with the old one: work goes on with the next.
  document.addEventListener("htmx:afterSettle", () => {
    prepare(document);
    const lost = !document.activeElement || document.activeElement === document.body;
    if (next && lost && next.table.isConnected) {
      const rows = rowsOf(next.table);
      const row = next.row?.isConnected ? next.row : rows[Math.min(next.at, rows.length - 1)];
      if (row) go(rows, row);
    }
    next = undefined;
  });
  prepare(document);
})();
