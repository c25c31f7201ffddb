// Large type (大字版) and dark or light, kept in this browser only. Loaded in the head, before anything is painted.
"use strict";
(() => {
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const read = (name) => { try { return localStorage.getItem("zhengda-" + name) || ""; } catch (refused) { return ""; } };
  const write = (name, value) => {
    try { value ? localStorage.setItem("zhengda-" + name, value) : localStorage.removeItem("zhengda-" + name); } catch (refused) { /* kept for this page only */ }
  };
  const chosen = { size: read("size"), theme: read("theme") };
  const isDark = () => (chosen.theme || (dark.matches ? "dark" : "light")) === "dark";

  function apply() {
    root.classList.add("js");
    root.dataset.size = chosen.size === "large" ? "large" : "usual";
    if (chosen.theme === "dark" || chosen.theme === "light") root.dataset.theme = chosen.theme; else delete root.dataset.theme;
    for (const button of document.querySelectorAll("button[data-pref]")) {
      button.setAttribute("aria-pressed", String(button.dataset.pref === "size" ? chosen.size === "large" : isDark()));
    }
  }

  function turn(name) {
    if (name === "size") chosen.size = chosen.size === "large" ? "" : "large";
    else {
      const wanted = isDark() ? "light" : "dark";
      // What the system says anyway is not kept, so that it follows the system again.
      chosen.theme = (wanted === "dark") === dark.matches ? "" : wanted;
    }
    write(name, chosen[name]);
    apply();
  }

  apply();
  document.addEventListener("DOMContentLoaded", apply);
  dark.addEventListener && dark.addEventListener("change", apply);
  document.addEventListener("click", (event) => {
    const button = event.target.closest ? event.target.closest("button[data-pref]") : null;
    if (button) turn(button.dataset.pref);
  });
})();
