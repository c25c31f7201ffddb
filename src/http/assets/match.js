// Matching without loading the page anew: forms with data-match are posted, and the new #match takes the old one's place.
// What was filled in stays in the page; nothing is kept on this device unless the asker saves it as a file.
"use strict";
(() => {
  const said = document.getElementById("match-status");
  if (!said || !window.fetch || !window.zhengdaFragment) return;
  let running = null;

  async function post(form, button) {
    const body = new URLSearchParams(new FormData(form, button));
    if (running) running.abort();
    const mine = running = new AbortController();
    said.textContent = "正在对照";
    try {
      const reply = await fetch("/match", { method: "POST", body, signal: mine.signal, headers: { accept: "text/html" } });
      const fresh = window.zhengdaFragment(await reply.text(), "#match");
      if (running !== mine) return;
      if (!fresh) { form.removeAttribute("data-match"); form.requestSubmit(button); return; }
      document.getElementById("match").replaceWith(fresh);
      const next = document.getElementById("next-title");
      const counts = [...fresh.querySelectorAll(".group > h2")].map((one) => one.textContent.trim()).join("，");
      said.textContent = (next ? next.textContent + "。" : "") + counts;
      if (next) { next.focus({ preventScroll: true }); next.closest("section").scrollIntoView({ block: "nearest" }); }
    } catch (error) {
      if (running === mine) said.textContent = "没有收到结果，请检查网络后再试";
    }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-match]")) return;
    event.preventDefault();
    post(form, event.submitter);
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) {
      document.querySelectorAll(".programme details").forEach((one) => { one.open = true; });
      window.print();
    }
    const ref = event.target.closest("a.ref");
    const basis = ref && document.getElementById(ref.hash.slice(1));
    const fold = basis && basis.closest("details");
    if (fold) fold.open = true;
  });
  document.addEventListener("change", async (event) => {
    if (event.target.id !== "start-file" || !event.target.files[0]) return;
    document.getElementById("start-code").value = await event.target.files[0].text();
  });
})();
