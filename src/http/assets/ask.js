// Asks without loading the page anew, and keeps the question out of the address and the history of the browser.
//
// Needs on the page, and nothing else of it:
//   form#ask      with q, and if they are there region, as_of, after; data-from="widget" when it stands in the widget
//   #answer       where the answer goes: the fragment that POST /answer gives, made an element by fragment.js
//   #status       a live region
// Uses where they are: details#earlier (answers before, kept in memory only), #examples, #following, .hero.
// Links with data-ask and links and forms with data-again are questions; their own address says which.
// Fires "zhengda:answered" and "zhengda:asking" on #answer. Without this script all of it works as links and forms.
"use strict";
(() => {
  const form = document.getElementById("ask");
  const place = document.getElementById("answer");
  const said = document.getElementById("status");
  if (!form || !place || !said || !window.fetch || !window.zhengdaFragment) return;
  const box = form.elements.q;
  const earlier = document.getElementById("earlier");
  const following = document.getElementById("following");
  const WAIT = 20000;
  const KEPT = 20;
  const KNOWN = ["region", "as_of", "after", "no", "audience"];

  let after = form.elements.after ? form.elements.after.value : "";
  let turn = 0;
  let running = null;

  const field = (name) => (form.elements[name] ? form.elements[name].value : "");
  const current = () => place.querySelector("article.answer:not(.trouble)");
  const make = (name, words, kind) => { const made = document.createElement(name); made.textContent = words; if (kind) made.className = kind; return made; };

  function posted(wanted) {
    const body = new URLSearchParams({ question: wanted.q, turn: String(turn + 1) });
    for (const name of KNOWN) if (wanted[name]) body.set(name, wanted[name]);
    if (form.dataset.from) body.set("from", form.dataset.from);
    return body;
  }

  async function ask(wanted, again) {
    wanted.q = (wanted.q || "").trim();
    if (!wanted.q) { box.focus(); return; }
    if (running) running.abort();
    const mine = running = new AbortController();
    const clock = setTimeout(() => mine.abort(), WAIT);
    place.dispatchEvent(new CustomEvent("zhengda:asking", { bubbles: true }));
    said.textContent = "正在查找依据";
    place.setAttribute("aria-busy", "true");
    try {
      // No text/html here: what goes wrong comes as a problem document instead of a page.
      const reply = await fetch("/answer", { method: "POST", body: posted(wanted), headers: { accept: "*/*" }, signal: mine.signal });
      if (running !== mine) return;
      const kind = reply.headers.get("content-type") || "";
      const article = kind.startsWith("text/html") ? window.zhengdaFragment(await reply.text(), "article.answer") : null;
      if (running !== mine) return;
      if (article) show(article, wanted, again);
      else {
        const problem = kind.includes("json") ? await reply.json() : {};
        trouble(problem.title || "出错了", problem.detail || "请稍后再试，急事请拨打12345。", () => ask(wanted, again));
      }
    } catch (error) {
      if (running === mine) trouble("没有收到回答", "网络不通或处理超时，请检查网络后再试；急事请拨打12345。", () => ask(wanted, again));
    } finally {
      clearTimeout(clock);
      if (running === mine) { running = null; place.removeAttribute("aria-busy"); }
    }
  }

  function show(article, wanted, again) {
    const before = current();
    if (before && !again) keep(before);
    turn += 1;
    place.replaceChildren(article);
    after = article.dataset.after || "";
    box.value = wanted.q;
    if ("region" in wanted) choose(wanted.region);
    if (form.elements.as_of && "as_of" in wanted) form.elements.as_of.value = wanted.as_of;
    const hero = document.querySelector(".hero");
    if (hero) hero.classList.add("asked");
    const examples = document.getElementById("examples");
    if (examples) examples.hidden = article.dataset.status !== "not_found";
    for (const fine of form.querySelectorAll("details.fine")) fine.open = false;
    if (following) following.hidden = !after;
    said.textContent = article.dataset.told || "";
    const title = article.querySelector("h2");
    if (title) title.focus({ preventScroll: true });
    article.scrollIntoView({ block: "start" });
    place.dispatchEvent(new CustomEvent("zhengda:answered", { bubbles: true }));
  }

  // An answer moves up among those before, folded; it stays whole.
  function keep(article) {
    if (!earlier) return;
    const one = document.createElement("details");
    const head = make("summary", article.dataset.question || "");
    head.append(make("small", article.dataset.state || ""));
    one.append(head, article);
    const all = earlier.lastElementChild;
    all.append(one);
    if (all.children.length > KEPT) all.firstElementChild.remove();
    earlier.querySelector(".do").textContent = all.children.length + "个";
    earlier.hidden = false;
  }

  function trouble(title, detail, retry) {
    for (const old of place.querySelectorAll(".trouble")) old.remove();
    const article = make("article", "", "answer s-unavailable trouble");
    const state = make("p", title, "state");
    const button = make("button", "再试一次");
    button.type = "button";
    button.addEventListener("click", retry);
    article.append(state, make("p", detail, "message"), button);
    place.prepend(article);
    said.textContent = title + "。" + detail;
    article.scrollIntoView({ block: "nearest" });
  }

  // The region is remembered in this browser: its code, nothing of the questions.
  const REGION = "zhengda-region";
  function choose(code) {
    const select = form.elements.region;
    if (!select || !select.options || ![...select.options].some((option) => option.value === code)) return;
    select.value = code;
    remember();
  }
  function remember() {
    try { localStorage.setItem(REGION, field("region")); } catch (refused) { /* asked again next time */ }
  }
  if (form.elements.region) {
    const asked = new URLSearchParams(location.search);
    if (!asked.has("q") && !asked.has("region")) try { choose(localStorage.getItem(REGION) || ""); } catch (refused) { /* none is kept */ }
    form.elements.region.addEventListener("change", remember);
  }

  const parameters = (href) => Object.fromEntries(new URL(href, location.href).searchParams);
  const filled = (of) => Object.fromEntries([...new FormData(of)].map(([name, value]) => [name, String(value)]));
  const plain = (event) => event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask({ q: box.value, region: field("region"), as_of: field("as_of"), after }, false);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-again]")) return;
    event.preventDefault();
    ask({ region: "", as_of: "", ...filled(event.target) }, true);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest ? event.target.closest("a[data-ask], a[data-again], a.follow, .following a") : null;
    if (!link || !plain(event)) return;
    event.preventDefault();
    if (link.matches(".follow")) follow();
    else if (link.matches(".following a")) afresh();
    else if (link.matches("[data-ask]")) ask({ ...parameters(link.href), region: field("region"), as_of: field("as_of") }, false);
    else ask({ region: "", as_of: "", ...parameters(link.href) }, true);
  });

  // To the box, empty, for a question that follows.
  function follow() {
    box.value = "";
    box.dispatchEvent(new Event("input", { bubbles: true }));
    form.scrollIntoView({ block: "center" });
    box.focus({ preventScroll: true });
  }
  // Another matter: the next question stands alone.
  function afresh() {
    after = "";
    if (following) following.hidden = true;
    follow();
  }
})();
