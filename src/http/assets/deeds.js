// What can be done with an answer: open a citation, hear it, copy with citations, print, share, rate, hand on.
// Works on whatever stands on the page, now or later; needs nothing but #status, where it tells what was done.
"use strict";
(() => {
  const said = document.getElementById("status");
  const tell = (words) => { if (said) said.textContent = words; };

  // A reference opens its citation in place.
  function open(hash) {
    const target = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
    const details = target && target.closest("details");
    if (!details) return;
    details.open = true;
    details.querySelector("summary").focus({ preventScroll: true });
    details.scrollIntoView({ block: "nearest" });
  }

  async function put(text) {
    try { await navigator.clipboard.writeText(text); return true; } catch (refused) { /* not on plain http: the old way */ }
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "visually-hidden";
    document.body.append(area);
    area.select();
    let done = false;
    try { done = document.execCommand("copy"); } catch (refused) { done = false; }
    area.remove();
    return done;
  }

  async function copy(button, text, words) {
    const done = await put(text);
    const before = button.dataset.words || (button.dataset.words = button.textContent);
    button.textContent = done ? words : "复制不了，请手工选取";
    tell(button.textContent);
    button.focus();
    setTimeout(() => { button.textContent = before; }, 3000);
  }

  async function share(link) {
    if (navigator.share) {
      try { await navigator.share({ title: "政答", url: link.href }); return; } catch (error) { if (error.name === "AbortError") return; }
    }
    await copy(link, link.href, "链接已复制");
  }

  // Reads the words that answer aloud, with where they stand; by the browser's own voice.
  const voice = window.speechSynthesis;
  function speak(button) {
    if (voice.speaking) { voice.cancel(); return; }
    const article = button.closest("article");
    const parts = [...article.querySelectorAll(".message, .statement blockquote, .cite > summary .name, .missing li")];
    const told = new SpeechSynthesisUtterance(parts.map((part) => part.innerText).join("。\n"));
    told.lang = "zh-CN";
    told.rate = 0.9;
    told.onend = told.onerror = () => { button.textContent = "朗读"; button.setAttribute("aria-pressed", "false"); };
    button.textContent = "停止朗读";
    button.setAttribute("aria-pressed", "true");
    voice.speak(told);
  }
  const offer = () => { for (const button of document.querySelectorAll("[data-deed=speak]")) button.hidden = !voice; };
  document.addEventListener("zhengda:answered", () => { if (voice) voice.cancel(); offer(); });
  document.addEventListener("zhengda:asking", () => { if (voice) voice.cancel(); });
  offer();

  // On paper everything stands open.
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("#answer .citations details:not([open]), #answer .steps details:not([open]), #answer .explains details:not([open])")];
    for (const one of opened) one.open = true;
  });
  window.addEventListener("afterprint", () => { for (const one of opened) one.open = false; opened = []; });

  document.addEventListener("click", (event) => {
    const target = event.target.closest ? event.target.closest("a.ref, [data-deed]") : null;
    if (!target || target.tagName === "FORM") return;
    if (target.matches("a.ref")) { event.preventDefault(); open(target.hash); }
    else if (target.dataset.deed === "copy") copy(target, target.dataset.copy.replace(/^原文：\//gm, "原文：" + location.origin + "/"), "已复制");
    else if (target.dataset.deed === "speak") speak(target);
    else if (target.dataset.deed === "print") window.print();
    else if (target.dataset.deed === "share") { event.preventDefault(); share(target); }
  });

  function result(form, ...content) {
    const place = document.createElement("p");
    place.className = "done";
    place.tabIndex = -1;
    place.append(...content);
    form.replaceWith(place);
    place.focus();
    tell(place.textContent);
  }

  function failed(form, words) {
    let place = form.querySelector(".failed");
    if (!place) {
      place = document.createElement("p");
      place.className = "failed message";
      place.setAttribute("role", "alert");
      form.append(place);
    }
    place.textContent = words;
  }

  const PATHS = { feedback: "/api/v1/feedback", ticket: "/api/v1/tickets" };
  async function send(form, submitter) {
    const body = {};
    for (const [name, value] of new FormData(form)) if (value) body[name] = value;
    if (submitter && submitter.name) body[submitter.name] = submitter.value;
    if (body.rating === "useless" && !body.reason) { failed(form, "请先选一个原因，再提交。"); return; }
    if (body.rating === "useful") { delete body.reason; delete body.comment; }
    if (body.citations) body.citations = body.citations.split(",");
    const rated = form.dataset.deed === "feedback";
    if (rated) delete body.from;
    try {
      const reply = await fetch(PATHS[form.dataset.deed], { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
      const answer = await reply.json().catch(() => ({}));
      if (!reply.ok) { failed(form, "没有送出：" + (answer.detail || "请稍后再试，急事请拨打12345。")); return; }
      if (rated) { result(form, "谢谢，已记下" + (body.reason ? "“" + body.reason + "”" : "") + "。", answer.message || "编辑人员会核对文件和回答。"); return; }
      const link = document.createElement("a");
      link.href = /^\/(?!\/)/.test(answer.url || "") ? answer.url : "/tickets/" + encodeURIComponent(answer.code || "");
      link.textContent = "查看办理情况";
      const code = document.createElement("strong");
      code.textContent = answer.code || "";
      result(form, "已转给" + (answer.department || "负责的部门") + "。查询码 ", code, "，请记下。", link);
    } catch (error) {
      failed(form, "没有送出：网络不通，请稍后再试；急事请拨打12345。");
    }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.deed || !PATHS[form.dataset.deed]) return;
    event.preventDefault();
    send(form, event.submitter);
  });

  // Numbers of people are pointed out while they can still be taken back; the server masks them anyway.
  document.addEventListener("input", (event) => {
    const warning = event.target.name === "question" && event.target.form && event.target.form.querySelector(".personal");
    if (warning) warning.hidden = !/\d[\d\s-]{9,}\d/.test(event.target.value.normalize("NFKC"));
  });
})();
