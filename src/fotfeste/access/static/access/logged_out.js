// Whoever logs out wants to be out: on to the provider by itself. Without this the page moves on by its own head.
(() => {
  "use strict";
  const link = document.querySelector("a[data-moves-on]");
  if (link) location.replace(link.href);
})();
