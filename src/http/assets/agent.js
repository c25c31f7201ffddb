// The agents' console: calls as tabs in the memory of this tab alone, results put in place, everything by keyboard.
"use strict";
(() => {
  const form = document.getElementById("agent");
  const pane = document.getElementById("pane");
  const status = document.getElementById("status");
  const bar = document.getElementById("calls");
  const help = document.getElementById("keys");
  const keysOn = document.getElementById("keys-on");
  if (!form || !pane || !window.fetch || !window.zhengdaFragment) return;
  const box = form.elements.q;
  // Longer than any answer, shorter than the patience of a caller.
  const WAIT = 12000;
  const FIELDS = ["region", "department", "kind", "validity", "as_of"];

  function el(tag, attributes, ...content) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) if (value !== false) node.setAttribute(name, value === true ? "" : value);
    node.append(...content);
    return node;
  }
  // The same words twice are said twice: a live region speaks when it changes.
  function say(words) { status.textContent = ""; setTimeout(() => { status.textContent = words; }, 30); }

  // ---- calls -------------------------------------------------------------------------------------------------------
  const welcome = pane.querySelector(".welcome") || el("article", { class: "welcome" }, el("p", { class: "lead" }, "写下来电人的问题，回车即得。"));
  let count = 0;
  const calls = [];
  let current = null;

  function fresh(fields) {
    count += 1;
    return { number: count, began: Date.now(), question: "", fields, after: "", shown: welcome.cloneNode(true) };
  }
  const fieldsNow = () => Object.fromEntries(FIELDS.map((name) => [name, form.elements[name].value]));
  function put(fields) {
    for (const name of FIELDS) choose(name, fields[name] || "");
  }
  function choose(name, value) {
    const field = form.elements[name];
    if (field.tagName === "SELECT" && value && ![...field.options].some((option) => option.value === value)) field.append(el("option", { value }, value));
    field.value = value;
    field.classList.toggle("set", value !== "");
  }
  function leave() {
    if (!current) return;
    Object.assign(current, { question: box.value, fields: fieldsNow(), after: form.elements.after.value, shown: pane.firstElementChild });
  }
  function enter(call) {
    if (running) running.abort();
    leave();
    current = call;
    box.value = call.question;
    form.elements.after.value = call.after;
    put(call.fields);
    pane.replaceChildren(call.shown);
    draw();
  }
  // A new call keeps the place: agents answer for one.
  function open() {
    const call = fresh({ region: form.elements.region.value });
    calls.push(call);
    enter(call);
    box.focus();
    say("新来电，第" + call.number + "个");
  }
  function hangUp() {
    const at = calls.indexOf(current);
    calls.splice(at, 1);
    const gone = current.number;
    current = null;
    if (!calls.length) calls.push(fresh({ region: form.elements.region.value }));
    enter(calls[Math.min(at, calls.length - 1)]);
    box.focus();
    say("来电" + gone + "已结束");
  }
  function turn(by) {
    const next = calls[(calls.indexOf(current) + by + calls.length) % calls.length];
    if (next === current) return;
    enter(next);
    rest();
    say("来电" + next.number + (next.question ? "，" + next.question : ""));
  }
  const elapsed = (call) => {
    const seconds = Math.floor((Date.now() - call.began) / 1000);
    return Math.floor(seconds / 60) + ":" + String(seconds % 60).padStart(2, "0");
  };
  function draw() {
    const held = bar.contains(document.activeElement) && document.activeElement.getAttribute("role") === "tab";
    const tabs = calls.map((call) => {
      const here = call === current;
      const about = el("span", { class: "about" }, "来电" + call.number + " " + (here ? box.value : call.question));
      const tab = el("button", { type: "button", role: "tab", "aria-selected": String(here), "aria-controls": "pane", tabindex: here ? "0" : "-1" },
        about, el("span", { class: "clock", "aria-hidden": "true" }, elapsed(call)));
      tab.addEventListener("click", () => { if (call !== current) { enter(call); rest(); } });
      return tab;
    });
    const list = el("div", { role: "tablist", "aria-label": "来电" }, ...tabs);
    list.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!by) return;
      event.preventDefault();
      enter(calls[(calls.indexOf(current) + by + calls.length) % calls.length]);
      list.isConnected || bar.querySelector('[aria-selected="true"]').focus();
    });
    const add = el("button", { type: "button", title: "新来电（n 或 Alt+N）" }, "＋ 新来电");
    add.addEventListener("click", open);
    const end = el("button", { type: "button", title: "结束当前来电" }, "结束");
    end.addEventListener("click", hangUp);
    bar.replaceChildren(list, add, end);
    bar.hidden = false;
    if (held) bar.querySelector('[aria-selected="true"]').focus();
  }
  setInterval(() => {
    const clocks = bar.querySelectorAll(".clock");
    calls.forEach((call, at) => { if (clocks[at]) clocks[at].textContent = elapsed(call); });
  }, 1000);

  // ---- asking ------------------------------------------------------------------------------------------------------
  // Where the keys work: on the clause set beside, else on the words to read out, else on the box.
  function rest() {
    const other = pane.querySelector(".other blockquote");
    const title = document.getElementById("say-title");
    if (other) { other.closest(".clauses").scrollIntoView({ block: "nearest" }); other.focus({ preventScroll: true }); }
    else if (title) { scrollTo(0, 0); title.focus({ preventScroll: true }); }
    else box.focus();
  }
  function trouble(title, detail) {
    const article = el("article", { class: "result s-unavailable" }, el("div", { class: "column" }, el("section", { class: "say" },
      el("h2", { id: "say-title", tabindex: "-1" }, title), el("p", { class: "spoken" }, detail))));
    pane.replaceChildren(article);
    say(title + "。" + detail);
    rest();
  }
  let running = null;
  async function ask(parameters) {
    if (!parameters.get("q").trim()) { box.focus(); return; }
    if (running) running.abort();
    const mine = running = new AbortController();
    const clock = setTimeout(() => mine.abort(), WAIT);
    pane.setAttribute("aria-busy", "true");
    try {
      const response = await fetch("/agent/answer", {
        method: "POST", headers: { "content-type": "application/x-www-form-urlencoded", accept: "text/html, application/problem+json" },
        body: parameters.toString(), signal: mine.signal,
      });
      const text = await response.text();
      if (running !== mine) return;
      const result = response.ok && window.zhengdaFragment(text, ".result");
      if (!result) {
        const problem = response.ok ? null : window.zhengdaFragment(text, "main");
        trouble(problem ? "没有查成" : "出错了", problem ? problem.textContent.trim().replace(/\s+/g, " ") : "请再查一次；急事请照常登记工单。");
        return;
      }
      show(result);
    } catch (error) {
      if (running === mine) trouble("没有收到结果", "网络不通或处理超时，请再查一次；急事请照常登记工单。");
    } finally {
      clearTimeout(clock);
      if (running === mine) { running = null; pane.removeAttribute("aria-busy"); }
    }
  }
  function show(result) {
    pane.replaceChildren(result);
    furnish();
    form.elements.after.value = result.dataset.after || "";
    leave();
    draw();
    rest();
    say(result.dataset.said);
  }
  // What only scripts can do.
  function furnish() { for (const button of pane.querySelectorAll("[data-copy]")) button.hidden = false; }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(new URLSearchParams(new FormData(form)));
  });
  form.addEventListener("change", (event) => {
    if (FIELDS.includes(event.target.name)) choose(event.target.name, event.target.value);
  });
  // A link of the console asks in place: its address says what.
  function follow(link) {
    const parameters = new URL(link.href).searchParams;
    box.value = parameters.get("q") || "";
    for (const name of FIELDS) choose(name, parameters.get(name) || "");
    ask(parameters);
  }
  pane.addEventListener("click", (event) => {
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
    const link = event.target.closest("a[data-go]");
    if (link && plain) { event.preventDefault(); follow(link); return; }
    const button = event.target.closest("[data-copy]");
    if (button) copy(button.dataset.copy);
  });

  // A runner-up that opens below the fold comes into view.
  pane.addEventListener("toggle", (event) => {
    if (event.target.open && event.target.matches(".runners > ol > li > details")) event.target.scrollIntoView({ block: "nearest" });
  }, true);

  // ---- copying -----------------------------------------------------------------------------------------------------
  // On a runner-up that is open, the work order rests on it.
  function order() {
    const open = document.activeElement.closest(".runners > ol > li > details[open]");
    const own = open && open.querySelector("textarea");
    copy(own ? own.id : "order");
  }
  async function copy(name) {
    const field = document.getElementById(name);
    if (!field) { say(name === "message" ? "没有可发的短信" : "没有可复制的内容"); return; }
    const before = document.activeElement;
    try {
      await navigator.clipboard.writeText(field.value);
    } catch (error) {
      for (let box = field.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
      field.select();
      if (!document.execCommand("copy")) { say("浏览器不让复制，文字已选中，请按 Ctrl+C"); return; }
      if (before) before.focus({ preventScroll: true });
    }
    const button = pane.querySelector('[data-copy="' + name + '"]');
    if (button) { button.classList.add("done"); setTimeout(() => button.classList.remove("done"), 1500); }
    say(name === "message" ? "已复制短信" : name === "order" ? "已复制工单文本" : "已复制以所选条款写的工单文本");
  }

  // ---- keys --------------------------------------------------------------------------------------------------------
  const PREFERENCE = "zhengda-agent-keys";
  try { keysOn.checked = localStorage.getItem(PREFERENCE) !== "off"; } catch (error) { /* no storage: on, as the box says */ }
  keysOn.addEventListener("change", () => {
    try { localStorage.setItem(PREFERENCE, keysOn.checked ? "on" : "off"); } catch (error) { /* for this visit only */ }
    say(keysOn.checked ? "快捷键已打开" : "快捷键已关闭");
  });
  document.getElementById("show-keys").addEventListener("click", () => help.showModal());

  const typing = (target) => target.closest("input:not([type=checkbox]), textarea:not([readonly]), select, [contenteditable]") !== null;
  function move(by) {
    const picks = [...pane.querySelectorAll(".pick")];
    if (!picks.length) return;
    const at = picks.indexOf(document.activeElement);
    picks[at < 0 ? (by > 0 ? 0 : picks.length - 1) : (at + by + picks.length) % picks.length].focus();
  }
  function openCitation(number) {
    const choice = pane.querySelectorAll(".choices a")[number - 1];
    if (choice) { follow(choice); return; }
    const cited = document.getElementById("cite-" + number);
    if (!cited) { say("没有第" + number + "条依据"); return; }
    if (cited.tagName === "DETAILS") cited.open = true;
    cited.scrollIntoView({ block: "nearest" });
    cited.querySelector("blockquote").focus({ preventScroll: true });
  }
  function compare() {
    const alone = pane.querySelector("a[data-alone]");
    if (alone) { follow(alone); return; }
    const chosen = document.activeElement.closest(".runners > ol > li") || pane.querySelector(".runners > ol > li");
    const link = chosen && chosen.querySelector("a[data-beside]");
    if (link) follow(link); else say("没有可并列的条款");
  }
  const DEEDS = {
    "/": () => { box.focus(); box.select(); },
    c: order,
    m: () => copy("message"),
    v: compare,
    n: open,
    "[": () => turn(-1),
    "]": () => turn(1),
    "?": () => help.showModal(),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
  };
  document.addEventListener("keydown", (event) => {
    // An input method is composing: its keys are not ours.
    if (event.isComposing || event.keyCode === 229 || help.open) return;
    if (event.altKey && !event.ctrlKey && !event.metaKey && event.code === "KeyN") { event.preventDefault(); open(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") { event.preventDefault(); box.focus(); box.select(); return; }
    const target = event.target instanceof Element ? event.target : document.body;
    if (typing(target)) {
      if (target === box && event.key === "ArrowDown" && pane.querySelector(".pick")) { event.preventDefault(); move(1); }
      return;
    }
    const arrow = event.key === "ArrowDown" || event.key === "ArrowUp";
    // Arrows scroll a clause and choose a tab while these have the focus.
    if (arrow && target.closest("blockquote, [role=tablist], textarea")) return;
    if (!arrow && !keysOn.checked) return;
    if (/^[1-9]$/.test(event.key)) { event.preventDefault(); openCitation(Number(event.key)); return; }
    const deed = DEEDS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (deed) { event.preventDefault(); deed(); }
  });

  // ---- begin -------------------------------------------------------------------------------------------------------
  furnish();
  const first = fresh(fieldsNow());
  calls.push(first);
  current = first;
  leave();
  put(first.fields);
  draw();
  if (pane.querySelector(".result")) rest(); else box.focus();
})();
