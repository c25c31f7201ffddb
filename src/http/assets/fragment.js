// The one place where markup that our server rendered becomes elements; nothing in it ever runs.
"use strict";
(() => {
  const same = (markup) => markup;
  const policy = window.trustedTypes ? window.trustedTypes.createPolicy("zhengda-fragment", { createHTML: same }) : { createHTML: same };
  // The first element that the selector finds in the markup; null when there is none, or when anything in it could run.
  window.zhengdaFragment = (markup, selector) => {
    const parsed = new DOMParser().parseFromString(policy.createHTML(markup), "text/html");
    const found = parsed.querySelector(selector);
    return found && !found.querySelector("script, iframe, object, embed, style, link, base") ? document.importNode(found, true) : null;
  };
})();
