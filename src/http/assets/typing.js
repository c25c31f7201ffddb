// Help while typing: completions, Enter that asks, a box that grows, and the voice where the browser has it.
// Needs form#ask with a textarea or input named q; #status tells how many completions there are.
"use strict";
(() => {
  const form = document.getElementById("ask");
  const box = form && form.elements.q;
  const said = document.getElementById("status");
  if (!box || !window.fetch) return;
  const PAUSE = 180;
  const SHORTEST = 2;

  const list = document.createElement("ul");
  list.id = "suggestions";
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "您是否想问");
  box.parentElement.append(list);
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-haspopup", "listbox");
  box.setAttribute("aria-controls", "suggestions");

  let chosen = -1;
  let pause = 0;
  let typing = null;

  function close() {
    clearTimeout(pause);
    if (typing) typing.abort();
    list.hidden = true;
    chosen = -1;
    box.removeAttribute("aria-activedescendant");
  }

  function choose(index) {
    const options = [...list.children];
    chosen = (index + options.length) % options.length;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    options[chosen].scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", options[chosen].id);
  }

  function take(option) {
    box.value = option.textContent;
    submit();
  }

  function submit() {
    close();
    grow();
    if (form.requestSubmit) form.requestSubmit(); else form.querySelector("button[type=submit]").click();
  }

  function option(text, at) {
    const made = document.createElement("li");
    made.textContent = text;
    made.id = "suggestion-" + at;
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    return made;
  }

  async function suggest() {
    const typed = box.value.trim();
    if (typed.length < SHORTEST) { close(); return; }
    if (typing) typing.abort();
    const mine = typing = new AbortController();
    try {
      const reply = await fetch("/api/v1/suggest?q=" + encodeURIComponent(typed), { signal: mine.signal });
      const found = reply.ok ? (await reply.json()).suggestions.filter((one) => one !== typed) : [];
      if (typing !== mine || document.activeElement !== box) return;
      list.replaceChildren(...found.map(option));
      list.style.top = box.offsetTop + box.offsetHeight + 4 + "px";
      list.hidden = found.length === 0;
      chosen = -1;
      box.removeAttribute("aria-activedescendant");
      if (said && found.length) said.textContent = "有" + found.length + "条提示，按上下键选择";
    } catch (error) { /* completions are a courtesy: without them one types on */ }
  }

  function grow() {
    if (CSS.supports("field-sizing", "content") || box.tagName !== "TEXTAREA") return;
    box.style.height = "auto";
    box.style.height = box.scrollHeight + 2 + "px";
  }

  const later = () => { clearTimeout(pause); pause = setTimeout(suggest, PAUSE); };
  box.addEventListener("input", (event) => { grow(); if (!event.isComposing) later(); });
  box.addEventListener("compositionend", later);
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (!list.hidden && chosen >= 0) take(list.children[chosen]); else submit();
    } else if (list.hidden) return;
    else if (event.key === "ArrowDown") { event.preventDefault(); choose(chosen + 1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); choose(chosen < 0 ? -1 : chosen - 1); }
    else if (event.key === "Escape") { event.preventDefault(); close(); }
  });
  // The box keeps the focus while a completion is touched.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => { const one = event.target.closest("li"); if (one) take(one); });
  document.addEventListener("zhengda:asking", close);

  // The voice: the browser turns it into text, which the asker sees before it is sent.
  const Recognition = window.SpeechRecognition || window.webkitSpeechRecognition;
  if (!Recognition) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet voice";
  button.textContent = "说话";
  button.title = "对着话筒说出问题；声音由浏览器转成文字，不送到本站";
  button.setAttribute("aria-pressed", "false");
  box.after(button);
  let listening = null;
  const FAILED = {
    "not-allowed": "浏览器没有允许使用话筒；请打字，或用输入法自带的语音键。",
    "audio-capture": "没有找到话筒；请打字，或用输入法自带的语音键。",
    network: "浏览器的语音服务连不上；请打字，或用输入法自带的语音键。",
    "service-not-allowed": "浏览器的语音服务不能用；请打字，或用输入法自带的语音键。",
  };
  const hint = document.createElement("p");
  hint.className = "soft heard";
  hint.hidden = true;
  box.parentElement.after(hint);
  const note = (words) => { hint.textContent = words; hint.hidden = !words; if (said) said.textContent = words; };
  button.addEventListener("click", () => {
    if (listening) { listening.stop(); return; }
    const ear = listening = new Recognition();
    ear.lang = "zh-CN";
    ear.interimResults = true;
    ear.onresult = (event) => {
      box.value = [...event.results].map((result) => result[0].transcript).join("").slice(0, box.maxLength);
      grow();
    };
    ear.onerror = (event) => note(FAILED[event.error] || "没有听清，请再说一次，或者打字提问。");
    ear.onend = () => {
      listening = null;
      button.textContent = "说话";
      button.setAttribute("aria-pressed", "false");
      if (box.value.trim()) { note("听到的在框里，请核对，再按“提问”。"); box.focus(); }
    };
    ear.start();
    button.textContent = "说完了";
    button.setAttribute("aria-pressed", "true");
    note("请说话，说完按“说完了”。");
  });
})();
