// A form that keeps itself while one writes, where the server has a draft of its own for it: closing the window loses
// nothing. Somebody else's writing is never written over: then it stops, says so, and what is written stays in the form.
(() => {
  "use strict";
  const WAIT = 4000;
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const told = form.querySelector("[data-autosave-told]");
  let typed = 0;
  let kept = 0;
  let isStopped = false;
  let sending;
  let waiting;

  const post = (keepalive) =>
    fetch(form.action || location.href, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Fotfeste-Autosave": "1" },
      redirect: "manual",
      keepalive,
    }).catch(() => null);

  const keep = async () => {
    if (isStopped || kept === typed) return;
    const upTo = typed;
    sending = post(false);
    const answer = await sending;
    sending = undefined;
    if (answer?.status === 200) {
      form.elements.namedItem("version").value = (await answer.json()).version;
      kept = upTo;
      const isWhole = kept === typed;
      document.dispatchEvent(new CustomEvent("fot:kept", { detail: { form, isWhole } }));
      told.textContent = told.dataset.kept;
      if (!isWhole) later();
    } else if (answer?.status === 409) {
      isStopped = true;
      told.textContent = told.dataset.conflict;
    } else told.textContent = told.dataset.waits;
  };
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, WAIT);
  };

  form.addEventListener("input", () => {
    typed += 1;
    later();
  });
  // What is under way has the version the form was drawn with; wait for it, or one would stand in one's own way.
  document.addEventListener(
    "submit",
    async (event) => {
      if (event.target !== form) return;
      clearTimeout(waiting);
      if (!sending) {
        isStopped = true;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      const button = event.submitter;
      await sending;
      setTimeout(() => form.requestSubmit(button), 0);
    },
    true,
  );
  window.addEventListener("pagehide", () => {
    if (!isStopped && !sending && kept !== typed) post(true);
  });
})();
