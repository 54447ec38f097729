// The word that something is done, with a way to undo it. It waits while one points at it or stands in it.
// And the word that something was not done, when a part of a page gets no answer.
(() => {
  "use strict";
  const start = (toast) => {
    if (toast.dataset.started) return;
    toast.dataset.started = "1";
    const close = toast.querySelector("[data-toast-close]");
    if (close) {
      close.hidden = false;
      close.addEventListener("click", () => toast.remove());
    }
    let left = Number(toast.dataset.seconds) || 10;
    const timer = setInterval(() => {
      if (!toast.isConnected) clearInterval(timer);
      else if (!toast.matches(":hover, :focus-within") && --left <= 0) toast.remove();
    }, 1000);
  };
  const startAll = () => document.querySelectorAll("[data-toast]").forEach(start);
  const tellLost = () => {
    const words = document.getElementById("fot-lost");
    document.getElementById("messages")?.replaceChildren(words.content.cloneNode(true));
    document.getElementById("messages")?.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("htmx:responseError", tellLost);
  document.addEventListener("htmx:sendError", tellLost);
  document.addEventListener("htmx:afterSettle", startAll);
  startAll();
})();
