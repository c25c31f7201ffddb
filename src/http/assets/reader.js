// The reader: finding in the text, following the outline, copying citations, remembering the size. Everything here adds
// to a page that is whole without it.
"use strict";
{
  const doc = document.querySelector(".doc");
  const text = document.getElementById("text");
  const said = document.getElementById("said");
  const say = (words) => { said.textContent = ""; setTimeout(() => { said.textContent = words; }, 50); };
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const show = (element, block) => element.scrollIntoView({ block, behavior: calm ? "auto" : "smooth" });
  for (const item of document.querySelectorAll(".by-script")) item.hidden = false;
  document.getElementById("print").addEventListener("click", () => window.print());

  // Citations in the customary form: 《title》（number）第三条第二款第（一）项.
  const copy = async (words, what) => {
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      const area = document.createElement("textarea");
      area.value = words;
      area.className = "visually-hidden";
      doc.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    say(`已复制${what}：${words.slice(0, 60)}`);
    return words;
  };
  document.getElementById("cite-whole").addEventListener("click", () => copy(doc.dataset.cite, "文件名"));
  const own = (clause) => [...clause.querySelectorAll(":scope .own > p, :scope > h2, :scope > h3, :scope > h4")]
    .map((part) => [...part.childNodes].filter((node) => !node.classList?.contains("anchor")).map((node) => node.textContent).join(""))
    .join("\n").trim();
  // An anchor is called 第三条的链接.
  const label_of = (link) => link?.getAttribute("aria-label").slice(0, -"的链接".length) ?? "";
  const bar = document.createElement("span");
  bar.className = "cite-bar";
  bar.setAttribute("role", "group");
  let anchor = null;
  const button = (words, act) => {
    const one = document.createElement("button");
    one.type = "button";
    one.textContent = words;
    one.addEventListener("click", async () => {
      await act(anchor.closest(".clause"), doc.dataset.cite + label_of(anchor));
      one.textContent = "已复制";
      setTimeout(() => { one.textContent = words; }, 1500);
    });
    bar.append(one);
  };
  button("复制引用", (_, cite) => copy(cite, "引用"));
  button("复制原文和引用", (clause, cite) => copy(`${own(clause)}\n——${cite}`, "原文和引用"));
  button("复制链接", (clause) => copy(`${location.origin}${location.pathname}#${clause.id}`, "链接"));
  const close = () => { bar.remove(); anchor?.removeAttribute("aria-expanded"); anchor = null; };
  text.addEventListener("click", (event) => {
    const pressed = event.target.closest(".anchor");
    if (!pressed) return;
    if (pressed === anchor) { event.preventDefault(); close(); return; }
    close();
    anchor = pressed;
    bar.setAttribute("aria-label", label_of(anchor));
    anchor.setAttribute("aria-expanded", "true");
    anchor.after(bar);
  });

  // Finding, without touching the text: the browser's own highlights. A browser without them asks the server.
  const form = doc.querySelector(".find");
  const input = document.getElementById("find");
  const count = document.getElementById("find-count");
  const steps = document.getElementById("find-steps");
  const highlights = window.CSS && CSS.highlights && window.Highlight;
  let ranges = [];
  let at = -1;
  const digits = "零一二三四五六七八九";
  const numeral = (n) => {
    const parts = [[1000, "千"], [100, "百"], [10, "十"]];
    let words = "", rest = n, gap = false;
    for (const [unit, name] of parts) {
      const digit = Math.floor(rest / unit);
      rest %= unit;
      if (digit) { words += (gap ? "零" : "") + (unit === 10 && !words && digit === 1 ? "" : digits[digit]) + name; gap = false; }
      else if (words) gap = true;
    }
    return words + (rest ? (gap ? "零" : "") + digits[rest] : "");
  };
  const article = (words) => {
    const number = /^第?(\d{1,4})条?$/.exec(words);
    const label = number ? `第${numeral(Number(number[1]))}条` : words;
    return /^第.+条$/.test(label) ? text.querySelector(`.anchor[aria-label="${CSS.escape(label)}的链接"]`) : null;
  };
  const look = (words) => {
    ranges = [];
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT, {
      acceptNode: (node) => node.parentElement.closest(".anchor, .cite-bar, .aside-note, .mark") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
    });
    for (let node = walker.nextNode(); node && ranges.length < 5000; node = walker.nextNode()) {
      for (let from = node.data.indexOf(words); from >= 0; from = node.data.indexOf(words, from + words.length)) {
        const range = new Range();
        range.setStart(node, from);
        range.setEnd(node, from + words.length);
        ranges.push(range);
      }
    }
    CSS.highlights.set("found", new Highlight(...ranges));
  };
  const go = (step) => {
    if (!ranges.length) return;
    at = (at + step + ranges.length) % ranges.length;
    CSS.highlights.set("found-here", new Highlight(ranges[at]));
    show(ranges[at].startContainer.parentElement, "center");
    const label = label_of(ranges[at].startContainer.parentElement.closest(".clause")?.querySelector(".anchor"));
    count.textContent = `${at + 1}/${ranges.length}`;
    say(`第 ${at + 1} 处，共 ${ranges.length} 处，${label}`);
  };
  const clear = () => {
    CSS.highlights.delete("found");
    CSS.highlights.delete("found-here");
    ranges = [];
    at = -1;
    count.textContent = "";
    steps.hidden = true;
  };
  if (highlights) {
    const go_to = document.getElementById("find-go");
    let words = "";
    const search = () => {
      const wanted = input.value.trim();
      if (wanted === words && ranges.length) { go(1); return; }
      words = wanted;
      clear();
      if (!wanted) return;
      const target = article(wanted);
      if (target) { location.hash = target.getAttribute("href"); say(`已到${label_of(target)}`); return; }
      look(wanted);
      steps.hidden = ranges.length < 2;
      if (ranges.length) go(1); else { count.textContent = "没有"; say(`正文中没有“${wanted}”`); }
    };
    form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
    input.addEventListener("input", () => { if (!input.value.trim()) { words = ""; clear(); } });
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.shiftKey && ranges.length) { event.preventDefault(); go(-1); }
      if (event.key === "Escape") { input.value = ""; words = ""; clear(); }
    });
    document.getElementById("find-before").addEventListener("click", () => go(-1));
    document.getElementById("find-after").addEventListener("click", () => go(1));
    go_to.textContent = "查找";
    if (input.value.trim() && !location.hash) search();
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && anchor) { const back = anchor; close(); back.focus(); return; }
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    input.focus();
    input.select();
  });

  // The outline follows the scroll, and is open where there is room for it.
  const toc = document.getElementById("toc");
  if (matchMedia("(min-width: 60rem)").matches) toc.open = true;
  const links = new Map([...toc.querySelectorAll("nav ol a")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  const places = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  let current = null;
  const follow = () => {
    const line = innerHeight * 0.25;
    let low = 0, high = places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (places[middle].getBoundingClientRect().top <= line) low = middle + 1; else high = middle;
    }
    const link = low ? links.get(places[low - 1].id) : null;
    if (link === current) return;
    current?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "location");
    current = link;
    const nav = toc.closest("aside");
    if (link && nav.scrollHeight > nav.clientHeight) {
      const top = link.offsetTop - nav.clientHeight / 2;
      nav.scrollTo({ top, behavior: "auto" });
    }
  };
  let waiting = false;
  const soon = () => { if (!waiting) { waiting = true; requestAnimationFrame(() => { waiting = false; follow(); }); } };
  if (places.length) { addEventListener("scroll", soon, { passive: true }); addEventListener("resize", soon); follow(); }
  // On a telephone the outline lies over the text: it closes when it has led somewhere.
  doc.querySelector(".to-toc").addEventListener("click", () => { toc.open = true; });
  toc.addEventListener("click", (event) => { if (event.target.closest("a") && !matchMedia("(min-width: 60rem)").matches) toc.open = false; });

  // The size chosen is remembered.
  const remembered = () => { try { return localStorage.getItem("reader-size"); } catch { return null; } };
  const sizes = doc.querySelectorAll('input[name="size"]');
  for (const size of sizes) {
    if (size.value === remembered()) size.checked = true;
    size.addEventListener("change", () => { try { localStorage.setItem("reader-size", size.value); } catch { /* private browsing */ } });
  }
}
