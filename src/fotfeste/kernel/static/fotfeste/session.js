// The end of the session: a warning in time, and a page that does not go on showing people to whoever passes by.
// The server decides when it is; this only asks, so several tabs agree. Without JavaScript the page says when.
(() => {
  "use strict";
  const box = document.getElementById("fot-session");
  const others = "BroadcastChannel" in window ? new BroadcastChannel("fot-session") : undefined;
  // Said by the page one comes to, not by the press: the other tabs must not arrive before the session has ended.
  if (document.querySelector("[data-forgets-drafts]")) others?.postMessage("logged out");
  if (!box) return;

  const warning = document.getElementById("fot-session-warning");
  const soon = Number(box.dataset.warning) * 1000;
  const NOW_AND_THEN = 5 * 60 * 1000; // a session that somebody has ended closes the pages left open, too
  let askedAt = Date.now();
  let endsAt = Date.now() + Number(box.dataset.seconds) * 1000;
  let extendable = true;
  let asking = false;
  let dismissed = false;

  const leave = async () => {
    const waits = [];
    document.dispatchEvent(new CustomEvent("fot:leaving", { detail: waits }));
    await Promise.allSettled(waits);
    location.replace(`${box.dataset.login}?neste=${encodeURIComponent(location.pathname)}`);
  };

  const show = () => {
    const time = new Date(endsAt);
    const text = [time.getHours(), time.getMinutes()].map((part) => String(part).padStart(2, "0")).join(".");
    for (const place of document.querySelectorAll("[data-session-time]")) place.textContent = text;
    warning.querySelector("[data-session-idle]").hidden = !extendable;
    warning.querySelector("[data-session-last]").hidden = extendable;
    warning.querySelector("[data-session-extends]").hidden = !extendable;
    warning.querySelector("[data-session-closes]").hidden = extendable;
  };

  const take = async (answer) => {
    const said = await answer.json();
    if (!said.seconds) {
      await leave();
      return;
    }
    endsAt = Date.now() + said.seconds * 1000;
    extendable = said.may_be_extended;
    show();
    const isSoon = said.seconds * 1000 <= soon;
    if (!isSoon) dismissed = false;
    if (isSoon && !dismissed && !warning.open) warning.showModal();
    if (!isSoon && warning.open) warning.close();
  };

  const ask = async (address, options) => {
    if (asking) return;
    asking = true;
    askedAt = Date.now();
    try {
      await take(await fetch(address, { ...options, headers: { Accept: "application/json", ...options?.headers } }));
    } catch {
      // No answer: the network may be away for a moment. What is past its end is not left on the screen.
      if (Date.now() > endsAt + soon) await leave();
    } finally {
      asking = false;
    }
  };

  const look = () => {
    const left = endsAt - Date.now();
    const isDue = left <= 0 || (left <= soon && !warning.open && !dismissed);
    if (isDue || Date.now() - askedAt >= NOW_AND_THEN) ask(box.dataset.state);
  };
  setInterval(look, 5000);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) ask(box.dataset.state);
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) ask(box.dataset.state);
  });
  others?.addEventListener("message", () => {
    document.dispatchEvent(new CustomEvent("fot:forgetting"));
    location.replace(box.dataset.login);
  });

  const extend = () => {
    const token = box.querySelector("[name=csrfmiddlewaretoken]").value;
    return ask(box.dataset.extend, { method: "POST", headers: { "X-CSRFToken": token } });
  };
  box.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    extend();
  });
  warning.querySelector("[data-session-extends]").addEventListener("click", extend);
  warning.querySelector("[data-session-closes]").addEventListener("click", () => warning.close());
  warning.addEventListener("close", () => {
    dismissed = true;
  });
  warning.addEventListener("cancel", (event) => {
    // Escape is a key on the keyboard of somebody who is there.
    if (!extendable) return;
    event.preventDefault();
    extend();
  });
})();
