// The widget's page, in the frame on another site's page: tells how high it is and when it shall be closed, to nobody
// but the page around, and only when that page's origin is one the operator named (data-hosts).
"use strict";
(() => {
  const around = window.parent;
  const whole = document.getElementById("whole");
  const box = document.getElementById("question");
  if (around === window || !whole) return;
  const hosts = new Set([location.origin, ...(document.body.dataset.hosts || "").split(" ").filter(Boolean)]);
  let host = "";
  let told = -1;

  const say = (message) => { if (host) around.postMessage(Object.assign({ zhengda: 1 }, message), host); };
  function measure() {
    const height = Math.ceil(whole.getBoundingClientRect().height);
    if (height === told || !host) return;
    told = height;
    say({ type: "height", height });
  }

  window.addEventListener("message", (event) => {
    const said = event.data;
    if (event.source !== around || !hosts.has(event.origin)) return;
    if (!said || typeof said !== "object" || said.zhengda !== 1) return;
    if (said.type === "hello") {
      host = event.origin;
      told = -1;
      document.documentElement.classList.toggle("inline", said.inline === true);
      measure();
      if (said.focus === true && box) box.focus();
    } else if (said.type === "focus" && box) box.focus();
  });
  if (window.ResizeObserver) new ResizeObserver(measure).observe(whole);

  // Escape closes what is open here first, then the widget.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && !event.isComposing) say({ type: "close" });
  });

  // Every way out of an answer leads into a window of its own, and says so.
  document.addEventListener("zhengda:answered", (event) => {
    for (const link of event.target.querySelectorAll("a[href^='/']:not([data-ask]):not([data-again])")) {
      link.target = "_blank";
      link.rel = "noopener";
      const words = document.createElement("span");
      words.className = "visually-hidden";
      words.textContent = "（新窗口）";
      link.append(words);
    }
  });
})();
