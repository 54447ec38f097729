// The filters take the whole of a small screen: fold them there until they are asked for.
(() => {
  "use strict";
  if (!window.matchMedia("(width < 48rem)").matches) return;
  for (const fold of document.querySelectorAll("details[data-fold]")) fold.open = false;
})();
