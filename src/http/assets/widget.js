// 政答 on another site: one script tag, or <zheng-da> where it shall stand. See /docs/widget.
// Attributes: region, mode ("corner" or "inline"), color, label; on the script tag data-region and so on.
// Takes nothing from the page around and leaves nothing there: no cookie, no storage, no style, no global name; what is
// asked and answered stays in a frame of the server's own origin, made when it is opened or comes near.
(() => {
  "use strict";
  const script = document.currentScript;
  if (!script || !window.customElements || customElements.get("zheng-da")) return;
  const HOME = new URL("./", script.src);
  const OWN = HOME.origin;
  const NAMES = ["region", "mode", "color", "label"];
  const USUAL = "#9b1c1c";
  // A frame that says nothing for so long was not let in, by its own server or by the policy of this page.
  const SILENCE = 10000;
  const LEAST = 160;
  const MOST = 20000;
  const STYLE = `
    .root { all: initial; display: block; font: 16px/1.5 system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; color: #1b1d21; }
    .root * { box-sizing: border-box; font: inherit; }
    [hidden] { display: none !important; }
    .opener { position: fixed; right: 20px; bottom: 20px; z-index: 2147483000; min-height: 48px; padding: 10px 20px; border: 2px solid #fff; border-radius: 28px; background: var(--c); color: #fff; font-weight: 700; cursor: pointer; box-shadow: 0 4px 16px rgb(0 0 0 / .3); }
    .opener:hover, .bar button:hover, .bar a:hover { text-decoration: underline; }
    .corner .panel { position: fixed; right: 20px; bottom: 84px; z-index: 2147483001; width: min(420px, calc(100vw - 24px)); height: min(680px, calc(100vh - 104px)); display: flex; flex-direction: column; overflow: hidden; border: 1px solid #6b6f76; border-radius: 14px; background: #fff; box-shadow: 0 8px 40px rgb(0 0 0 / .35); }
    .inline .panel { overflow: hidden; border: 1px solid #b9b4a8; border-radius: 14px; background: #fff; min-height: 260px; }
    .bar { display: flex; align-items: center; gap: 8px; padding: 4px 6px 4px 16px; background: var(--c); color: #fff; }
    .bar span { flex: 1; font-weight: 700; }
    .bar a, .bar button { display: inline-flex; align-items: center; justify-content: center; min-width: 44px; min-height: 44px; padding: 0 8px; border: 0; background: none; color: #fff; font-size: 14px; cursor: pointer; text-decoration: none; }
    .bar button { font-size: 22px; }
    .corner iframe { flex: 1; min-height: 0; }
    iframe { display: block; width: 100%; border: 0; background: #fff; color-scheme: light dark; }
    .silent { margin: 0; padding: 12px 16px; }
    .silent:empty { display: none; }
    .silent a { color: #17498a; }
    :focus-visible { outline: 3px solid #17498a; outline-offset: 2px; }
    .bar :focus-visible { outline-color: #fff; outline-offset: -4px; }
    @media (max-width: 480px) { .opener { right: 12px; bottom: 12px; } .corner .panel { right: 12px; bottom: 72px; height: calc(100vh - 84px); } }
    @media (forced-colors: active) { .opener { border-color: ButtonText; } }
    @media print { .root { display: none; } }`;

  // The colour the site wants, darkened until white words on it have a contrast of 4.5 (WCAG 2.2, 1.4.3).
  function legible(text) {
    const found = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec((text || "").trim());
    if (!found) return USUAL;
    const digits = found[1].length === 3 ? found[1].replace(/./g, "$&$&") : found[1];
    let parts = [0, 2, 4].map((at) => parseInt(digits.slice(at, at + 2), 16));
    const linear = (part) => { const value = part / 255; return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4; };
    const contrast = () => { const [r, g, b] = parts.map(linear); return 1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05); };
    while (contrast() < 4.5) parts = parts.map((part) => Math.floor(part * 0.95));
    return "#" + parts.map((part) => part.toString(16).padStart(2, "0")).join("");
  }

  function make(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const key of Object.keys(attributes)) made.setAttribute(key, attributes[key]);
    made.append(...children);
    return made;
  }

  function dress(shadow) {
    if ("adoptedStyleSheets" in shadow) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      shadow.adoptedStyleSheets = [sheet];
    } else shadow.append(make("style", {}, STYLE));
  }

  class Zhengda extends HTMLElement {
    #built = false;

    connectedCallback() {
      if (this.#built) return;
      this.#built = true;
      const shadow = this.attachShadow({ mode: "closed" });
      const inline = this.getAttribute("mode") === "inline";
      const label = (this.getAttribute("label") || "问政策").slice(0, 12);
      const color = legible(this.getAttribute("color"));
      const region = this.getAttribute("region") || "";

      const page = new URL("widget", HOME);
      if (region) page.searchParams.set("region", region);
      if (this.getAttribute("color")) page.searchParams.set("color", color.slice(1));
      const outside = (words) => make("a", { href: new URL("./", HOME).href, target: "_blank", rel: "noopener noreferrer" }, words);

      let frame = null;
      let heard = false;
      const silent = make("p", { class: "silent", role: "status" });
      const panel = make("div", { class: "panel", id: "panel", lang: "zh-CN", role: inline ? "region" : "dialog", "aria-label": label });
      const say = (message) => { if (frame && frame.contentWindow) frame.contentWindow.postMessage(Object.assign({ zhengda: 1 }, message), OWN); };

      function load(focus) {
        frame = make("iframe", {
          title: "政答：" + label, referrerpolicy: "no-referrer", allow: "clipboard-write",
        });
        // On a site of its own the frame may neither lead the page away nor open boxes over it.
        if (OWN !== location.origin) frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox");
        frame.style.height = inline ? "260px" : "";
        frame.addEventListener("load", () => { say({ type: "hello", focus, inline }); focus = false; });
        frame.src = page.href;
        panel.append(frame, silent);
        setTimeout(() => { if (!heard) silent.append("没有打开？请", outside("在新窗口提问"), "。"); }, SILENCE);
      }

      let close = () => {};
      window.addEventListener("message", (event) => {
        const said = event.data;
        if (!frame || event.source !== frame.contentWindow || event.origin !== OWN) return;
        if (!said || typeof said !== "object" || said.zhengda !== 1) return;
        heard = true;
        silent.replaceChildren();
        if (said.type === "close") close();
        else if (said.type === "height" && inline && Number.isInteger(said.height)) frame.style.height = Math.min(Math.max(said.height, LEAST), MOST) + "px";
      });

      const root = make("div", { class: "root " + (inline ? "inline" : "corner"), lang: "zh-CN" }, panel);
      root.style.setProperty("--c", color);
      if (inline) {
        if (window.IntersectionObserver) {
          const near = new IntersectionObserver((seen) => {
            if (seen.some((one) => one.isIntersecting)) { near.disconnect(); load(false); }
          }, { rootMargin: "300px" });
          near.observe(panel);
        } else load(false);
      } else {
        const shut = make("button", { type: "button", "aria-label": "关闭" }, "×");
        const opener = make("button", { type: "button", class: "opener", "aria-haspopup": "dialog", "aria-expanded": "false", "aria-controls": "panel" }, label);
        const turn = (open) => { panel.hidden = !open; opener.setAttribute("aria-expanded", String(open)); };
        close = () => { turn(false); opener.focus(); };
        panel.append(make("div", { class: "bar" }, make("span", {}, label), outside("新窗口打开"), shut));
        opener.addEventListener("click", () => {
          if (!panel.hidden) { close(); return; }
          turn(true);
          if (frame) say({ type: "focus" }); else load(true);
          frame.focus();
        });
        shut.addEventListener("click", close);
        root.addEventListener("keydown", (event) => { if (event.key === "Escape" && !panel.hidden) { event.preventDefault(); close(); } });
        turn(false);
        root.append(opener);
      }
      dress(shadow);
      shadow.append(root);
    }
  }
  customElements.define("zheng-da", Zhengda);

  // The tag alone is enough: where the page has no <zheng-da> of its own, one is made.
  function place() {
    if (document.querySelector("zheng-da")) return;
    const made = document.createElement("zheng-da");
    for (const name of NAMES) if (script.dataset[name]) made.setAttribute(name, script.dataset[name]);
    if (script.dataset.mode === "inline" && document.body.contains(script)) script.after(made); else document.body.append(made);
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", place, { once: true }); else place();
})();
