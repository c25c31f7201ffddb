// The page that takes questions: asks without loading the page anew, and keeps the question out of the address.
// Everything becomes text nodes; without this script the form works as it is.
"use strict";
(() => {
  const form = document.getElementById("ask");
  const input = document.getElementById("question");
  const place = document.getElementById("answer");
  const said = document.getElementById("status");
  const examples = document.getElementById("examples");
  if (!form || !input || !place || !said || !window.fetch) return;

  const STATES = {
    answered: "有依据", partial: "依据不全", elsewhere_only: "仅外地有规定", lapsed_only: "仅有失效或未生效的规定",
    needs_fact: "还差一个事实", not_found: "库中无", refused: "不予回答", emergency: "紧急情形", unavailable: "服务暂不可用",
  };
  const VALIDITIES = {
    in_force: "现行有效", not_yet_effective: "尚未施行", expired: "已过有效期", repealed: "已废止",
    draft: "征求意见稿（未生效）", unknown: "效力待核",
  };
  const WANTED = {
    amount: "金额", rate: "比例", deadline: "时间期限", duration: "时长", count: "数量", condition: "条件", material: "材料",
    procedure: "办理方式", place: "地点", telephone: "电话", department: "责任部门", yes_no: "是否", definition: "含义",
    list: "清单", original: "原文", comparison: "比较",
  };
  const FROM = { question: "问题中提到", session: "前面提到", request: "您选择的" };
  const STEPS = { place: "在哪办", material: "带什么", procedure: "怎么办", window: "热线", page: "页面" };
  const WAIT = 20000;

  // An element with attributes and children; strings become text nodes, nothing else is ever parsed.
  function el(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
    }
    for (const child of children.flat(Infinity)) {
      if (child !== null && child !== undefined && child !== false) element.append(child);
    }
    return element;
  }

  const isRow = (line) => line.length > 1 && line.startsWith("|") && line.endsWith("|");
  const isRule = (line) => isRow(line) && line.includes("-") && /^[|\-: ]+$/.test(line);

  // A stretch of canonical text as paragraphs and tables.
  function prose(text) {
    const pieces = [];
    let table = null;
    for (const line of text.split("\n").map((one) => one.trim()).filter(Boolean)) {
      if (!isRow(line)) { table = null; pieces.push(el("p", null, line)); continue; }
      if (isRule(line)) continue;
      if (!table) {
        table = el("table");
        pieces.push(el("div", { class: "table", tabindex: "0", role: "group", "aria-label": "表格，可左右滚动" }, table));
      }
      table.append(el("tr", null, line.slice(1, -1).split("|").map((cell) => el("td", null, cell.trim()))));
    }
    return pieces;
  }

  const badge = (document) => el("span", { class: "badge v-" + document.validity }, VALIDITIES[document.validity] || "效力待核");
  const reference = (number) => el("a", { class: "ref", href: "#cite-" + number, "aria-label": "依据" + number }, String(number));
  const example = (document) => document.example && [" ", el("span", { class: "badge example" }, "示例")];
  const titled = (document, clause) => (document.title.startsWith("《") ? document.title : "《" + document.title + "》") + clause.label;
  // An address of ours only: what does not begin with one slash is not followed.
  const inside = (url) => (/^\/(?!\/)/.test(url) ? url : "/documents");
  const opened = (quoted, words) => {
    const [page, anchor] = inside(quoted.clause.url).split("#");
    return el("p", null, el("a", { class: "open", href: page + "?quote=" + quoted.start + "-" + quoted.end + (anchor ? "#" + anchor : "") }, words));
  };
  const section = (name, title, ...content) => el("section", { class: name, "aria-labelledby": name + "-title" }, el("h3", { id: name + "-title" }, title), content);
  const asks = (question, region, words) => el("a", { href: "/", "data-question": question, "data-region": region }, words);

  // What was taken back of the understanding, and the question that the next one follows.
  let without = new URLSearchParams(location.search).get("no") || "";
  let after = form.elements.after ? form.elements.after.value : "";
  const HEADINGS = { matter: "接着问", as_of: "沿用日期", documents: "沿用文件", clause: "沿用条款", answer_type: "仍想知道" };

  // A note of what was understood, with a link that takes it back: a correction, or a field of the form to clear.
  function chip(answer, words, correction, clear) {
    const no = correction === "" ? "" : [without, correction].filter(Boolean).join(",");
    const act = correction === "" ? "恢复" : "去掉";
    return el("li", null, words, (correction !== null || clear) && [" ", el("a", {
      href: "/", "data-question": answer.question, "data-no": clear ? without : no, "data-clear": clear, title: act, "aria-label": act + "：" + words,
    }, correction === "" ? "恢复" : "×")]);
  }

  function chips(answer) {
    const understood = answer.understood;
    const inherited = understood.inherited || [];
    const took = (fact) => inherited.some((one) => one.fact === fact);
    const notes = [];
    const note = (words, correction, clear) => notes.push(chip(answer, words, correction, clear));
    if (answer.region) note((FROM[answer.region.from] || FROM.request) + "：" + answer.region.name, answer.region.from === "request" ? null : "region", answer.region.from === "request" && "region");
    const asked = understood.as_of && understood.as_of.from === "question";
    note("按" + answer.as_of + "的效力", asked ? "as_of" : null, !asked && form.elements.as_of.value && "as_of");
    for (const one of inherited) if (one.fact !== "region") note((HEADINGS[one.fact] || "沿用") + "：" + one.value, one.fact);
    if (WANTED[understood.answer_type] && !took("answer_type")) note("想知道：" + WANTED[understood.answer_type], "answer_type");
    if (!took("documents")) for (const name of understood.documents || []) note("指明文件：" + name, "documents");
    if (understood.clause && !took("clause")) note("指明条款：" + understood.clause, "clause");
    for (const one of understood.facts || []) note(one.label + "：" + one.words, "facts");
    for (const one of understood.expansions) note(one.from + " → " + one.to + "（" + one.because + "）", one.from + ">" + one.to);
    if (without) note("已去掉一些理解", "");
    return el("ul", { class: "chips", "aria-label": "系统的理解" }, notes);
  }

  const restsOn = (one, answer) => one && answer.citations.find((citation) => citation.number === one.citations[0]);

  function statement(one, index, answer) {
    if (!one.citations.length) return el("p", { class: "message" }, one.text);
    const first = restsOn(one, answer);
    const before = restsOn(answer.answer[index - 1], answer);
    const same = first && before && first.document.id === before.document.id;
    return el("figure", { class: same ? "statement same" : "statement" },
      el("blockquote", null, prose(one.text)),
      el("figcaption", null, first && (same ? first.clause.label : titled(first.document, first.clause)), one.citations.map((number) => [" ", reference(number)])));
  }

  function citation(cite, index) {
    const facts = [["文号", cite.document.document_number], ["发文机关", cite.document.issuer],
      ["效力", (VALIDITIES[cite.document.validity] || "效力待核") + "：" + cite.document.validity_basis],
      ["印发日期", cite.document.issued], ["施行日期", cite.document.effective], ["有效期至", cite.document.expires]];
    return el("li", { id: "cite-" + cite.number }, el("details", { open: index === 0 },
      el("summary", null, el("span", { class: "number" }, String(cite.number)),
        el("span", { class: "name" }, titled(cite.document, cite.clause)), " ", badge(cite.document), example(cite.document)),
      cite.clause.path.join() !== cite.clause.label && el("p", { class: "path" }, cite.clause.path.join(" › ")),
      el("blockquote", null, prose(cite.quote)),
      el("dl", null, facts.filter((fact) => fact[1]).map(([name, value]) => [el("dt", null, name), el("dd", null, value)])),
      opened(cite, "在原文中查看")));
  }

  function interpretation(note) {
    return el("details", null,
      el("summary", null, el("span", { class: "name" }, "对依据 " + note.explains + " 的解读：" + titled(note.document, note.clause))),
      el("blockquote", null, prose(note.quote)), opened(note, "在解读中查看"));
  }

  function step(one) {
    const named = one.url ? el("a", { href: inside(one.url) }, one.name) : one.name;
    return el("li", null, STEPS[one.kind] && el("span", { class: "kind" }, STEPS[one.kind]), el("strong", null, named), one.now && el("span", null, "（现为" + one.now + "）"), one.office && el("span", null, "（" + one.office + "）"),
      one.citation && [" ", reference(one.citation)],
      one.phone && [" ", el("a", { class: "phone", href: "tel:" + one.phone }, one.phone)],
      one.address && [" ", el("span", { class: "address" }, one.address)]);
  }

  function rendered(answer) {
    const stated = answer.answer.some((one) => one.text === answer.message);
    const sure = answer.status === "answered" || answer.status === "partial";
    const shown = answer.citations.some((cite) => cite.document.example);
    return el("article", { class: "answer s-" + answer.status, "aria-labelledby": "answer-title" },
      el("header", null,
        el("p", { class: "state" }, el("span", { class: "dot", "aria-hidden": "true" }), STATES[answer.status] || answer.status,
          shown && [" ", el("span", { class: "badge example" }, "示例文件")]),
        el("h2", { id: "answer-title", tabindex: "-1" }, answer.question), chips(answer)),
      answer.message && !stated && el("p", { class: "message" }, answer.message),
      (answer.notes || []).map((one) => el("p", { class: "note" }, one)),
      answer.contacts && el("ul", { class: "contacts" }, answer.contacts.map((one) =>
        el("li", null, el("a", { href: "tel:" + one.phone }, el("strong", null, one.phone), " " + one.name)))),
      answer.ask && el("div", { class: "choose" }, el("h3", null, answer.ask.question),
        el("ul", null, answer.ask.choices.map((one) => el("li", null, 
          answer.ask.fact === "matter" ? asks(one.value, null, one.label) : asks(answer.question, one.value, one.label))))),
      answer.answer.map((one, index) => statement(one, index, answer)),
      answer.missing.length > 0 && section("missing", "文件未写明", el("ul", null, answer.missing.map((one) => el("li", null, one)))),
      answer.next_steps.length > 0 && section("steps", "下一步", el("ul", null, answer.next_steps.map(step))),
      answer.citations.length > 0 && section("citations", "依据", el("ol", null, answer.citations.map(citation))),
      answer.interpretations.length > 0 && section("interpretations", ["解读", el("small", null, "（不作依据）")], answer.interpretations.map(interpretation)),
      answer.related_questions.length > 0 && section("related", "相关问题",
        el("ul", null, answer.related_questions.map((one) => el("li", null, asks(one, null, one))))),
      sure && el("p", { class: "confidence" }, "把握 " + Math.round(answer.confidence * 100) + "% · 引文与所列文件逐字一致，可点“在原文中查看”核对"));
  }

  function trouble(title, detail) {
    place.replaceChildren(el("article", { class: "answer s-unavailable" },
      el("p", { class: "state" }, el("span", { class: "dot", "aria-hidden": "true" }), title), el("p", { class: "message" }, detail)));
    said.textContent = title + "。" + detail;
  }

  let running = null;
  let before = new URLSearchParams(location.search).get("after") || "";
  async function ask(again) {
    // A correction asks the same question after the same one.
    const follows = again === undefined ? after : before;
    without = again || "";
    const question = input.value.trim();
    if (!question) { input.focus(); return; }
    if (running) running.abort();
    const mine = running = new AbortController();
    const clock = setTimeout(() => mine.abort(), WAIT);
    const body = { question };
    if (form.elements.region.value) body.region = form.elements.region.value;
    if (form.elements.as_of.value) body.as_of = form.elements.as_of.value;
    if (without) body.no = without;
    if (follows) body.after = follows;
    close();
    said.textContent = "正在查找依据";
    place.setAttribute("aria-busy", "true");
    try {
      const response = await fetch("/api/v1/consult", {
        method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body), signal: mine.signal,
      });
      const answer = await response.json();
      if (running !== mine) return;
      document.querySelector(".hero").classList.add("asked");
      if (examples) examples.hidden = true;
      if (typeof answer.status !== "string") { trouble(answer.title || "出错了", answer.detail || "请稍后再试，急事请拨打12345。"); return; }
      before = follows;
      after = answer.understood.standalone || answer.question;
      place.replaceChildren(rendered(answer));
      said.textContent = (STATES[answer.status] || "") + "，共" + answer.citations.length + "条依据";
      document.getElementById("answer-title").focus({ preventScroll: true });
      form.scrollIntoView({ block: "start" });
    } catch (error) {
      if (running === mine) trouble("没有收到回答", "网络不通或处理超时，请检查网络后再试；急事请拨打12345。");
    } finally {
      clearTimeout(clock);
      if (running === mine) { running = null; place.removeAttribute("aria-busy"); }
    }
  }

  form.addEventListener("submit", (event) => { event.preventDefault(); ask(); });
  document.addEventListener("click", (event) => {
    const link = event.target.closest ? event.target.closest("a[data-question]") : null;
    if (link && !event.metaKey && !event.ctrlKey && !event.shiftKey && event.button === 0) {
      event.preventDefault();
      input.value = link.dataset.question;
      if (link.dataset.region) chooseRegion(link.dataset.region, link.textContent);
      if (link.dataset.clear) form.elements[link.dataset.clear].value = "";
      ask(link.dataset.no);
      return;
    }
    const ref = event.target.closest ? event.target.closest("a.ref") : null;
    const target = ref && document.querySelector(ref.getAttribute("href") + " details");
    if (target) target.open = true;
    if (!form.contains(event.target)) close();
  });

  function chooseRegion(code, name) {
    const select = form.elements.region;
    if (![...select.options].some((option) => option.value === code)) select.append(el("option", { value: code }, name));
    select.value = code;
  }

  // Completions: a list box below the box, by the ARIA combobox pattern.
  const list = el("ul", { class: "suggestions", id: "suggestions", role: "listbox", "aria-label": "您是否想问", hidden: true });
  input.parentElement.append(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", "suggestions"]]) input.setAttribute(name, value);
  let chosen = -1;
  let pause = 0;
  let typing = null;

  function close() {
    clearTimeout(pause);
    if (typing) typing.abort();
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(index) {
    const options = [...list.children];
    chosen = (index + options.length) % options.length;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    input.setAttribute("aria-activedescendant", options[chosen].id);
  }

  async function suggest() {
    const typed = input.value.trim();
    if (typed.length < 2) { close(); return; }
    if (typing) typing.abort();
    const mine = typing = new AbortController();
    try {
      const response = await fetch("/api/v1/suggest?q=" + encodeURIComponent(typed), { signal: mine.signal });
      const found = response.ok ? (await response.json()).suggestions.filter((one) => one !== typed) : [];
      if (typing !== mine || document.activeElement !== input) return;
      list.replaceChildren(...found.map((one, at) => el("li", { role: "option", id: "suggestion-" + at, "aria-selected": "false" }, one)));
      list.hidden = found.length === 0;
      chosen = -1;
      input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-expanded", String(found.length > 0));
    } catch (error) { /* completions are a courtesy: without them one types on */ }
  }

  input.addEventListener("input", (event) => {
    clearTimeout(pause);
    if (!event.isComposing) pause = setTimeout(suggest, 180);
  });
  input.addEventListener("compositionend", () => { clearTimeout(pause); pause = setTimeout(suggest, 180); });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    if (event.key === "ArrowDown") { event.preventDefault(); choose(chosen + 1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); choose(chosen < 0 ? -1 : chosen - 1); }
    else if (event.key === "Escape") { event.preventDefault(); close(); }
    else if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); input.value = list.children[chosen].textContent; ask(); }
  });
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("li");
    if (option) { event.preventDefault(); input.value = option.textContent; ask(); }
  });
})();
