#!/usr/bin/env python3
"""Transfer size, time to the first answer on the page and layout shift, beside two pages of its kind, in one browser run.

Not part of CI: needs node with playwright-core, npm (for the two pages) and chromium.

    zhengda serve --listen 127.0.0.1:8080 &
    python3 benches/pages.py http://127.0.0.1:8080

Compared are our page `/`, our widget's page, and two plain search pages that others would build over the same service:
- "govuk": the search page of the GOV.UK design system (npm govuk-frontend, its style sheet and script as published),
  which shows what `/api/v1/search` finds as a plain list;
- "autocomplete": the search box of Algolia Autocomplete (npm @algolia/autocomplete-js with its classic theme), which shows
  what `/api/v1/search` finds while one types.
They show a list of hits, not an answer with citations: the figures say what such a page weighs and how soon something is
to be read on it, not that they do the same. All are served from this machine, gzip on, cache empty, CPU not throttled.
"""
import gzip, http.server, json, pathlib, statistics, subprocess, sys, tempfile, threading, urllib.parse, urllib.request

DOOR = (sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8080").rstrip("/")
RUNS = int(sys.argv[2]) if len(sys.argv) > 2 else 5
QUESTION, WORDS = "80岁以上老人高龄津贴每人每月多少钱", "每人每月100元"
NAMES = ["playwright-core", "govuk-frontend", "@algolia/autocomplete-js", "@algolia/autocomplete-theme-classic"]

GOVUK = """<!doctype html><html lang="zh-CN" class="govuk-template"><head><meta charset="utf-8"><title>Search</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/govuk.css"></head>
<body class="govuk-template__body"><div class="govuk-width-container"><main class="govuk-main-wrapper">
<h1 class="govuk-heading-xl">Search</h1><form id="f"><div class="govuk-form-group"><label class="govuk-label" for="q">Search</label>
<input class="govuk-input" id="q" name="q"></div><button class="govuk-button" data-module="govuk-button">Search</button></form>
<ul id="r" class="govuk-list"></ul></main></div>
<script type="module">import { initAll } from '/govuk.js'; document.body.className += ' js-enabled govuk-frontend-supported'; initAll();
f.onsubmit = async event => { event.preventDefault(); const found = await (await fetch('/api/v1/search?q=' + encodeURIComponent(q.value))).json();
r.replaceChildren(...found.results.map(one => { const li = document.createElement('li'); li.textContent = one.document.title + ' ' + ((one.clauses[0] || {}).excerpt || ''); return li; })); };</script></body></html>"""
AUTOCOMPLETE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>Search</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/autocomplete.css"></head>
<body><h1>Search</h1><div id="a"></div><script src="/autocomplete.js"></script>
<script>window['@algolia/autocomplete-js'].autocomplete({ container: '#a', placeholder: 'Search', getSources: () => [{ sourceId: 's',
getItems: async ({ query }) => { const found = await (await fetch('/api/v1/search?q=' + encodeURIComponent(query))).json(); return found.results; },
templates: { item: ({ item }) => item.document.title + ' ' + ((item.clauses[0] || {}).excerpt || '') } }] });</script></body></html>"""

DRIVER = """
import { chromium } from 'playwright-core';
const [door, stand, runs, question, words] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const pages = [
  ['zhengda /', door + '/', async p => { await p.fill('#question', question); await p.click('#ask button[type=submit]'); }, `document.querySelector('article.answer')?.innerText.includes(${JSON.stringify(words)})`],
  ['zhengda /widget', door + '/widget', async p => { await p.fill('#question', question); await p.click('#ask button[type=submit]'); }, `document.querySelector('article.answer')?.innerText.includes(${JSON.stringify(words)})`],
  ['govuk search', stand + '/govuk', async p => { await p.fill('#q', question); await p.click('button'); }, `document.querySelectorAll('#r li').length > 0`],
  ['autocomplete', stand + '/autocomplete', async p => { await p.fill('.aa-Input', question); }, `document.querySelectorAll('.aa-Item').length > 0`],
];
const all = {};
for (let run = 0; run < Number(runs); run++) for (const [name, url, ask, shown] of pages) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 } });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Network.enable');
  let bytes = 0, requests = 0;
  cdp.on('Network.loadingFinished', one => { bytes += one.encodedDataLength; requests += 1; });
  await page.addInitScript(() => { window.shift = 0; new PerformanceObserver(list => { for (const one of list.getEntries()) if (!one.hadRecentInput) window.shift += one.value; }).observe({ type: 'layout-shift', buffered: true }); });
  page.setDefaultTimeout(15000);
  try {
  await page.goto(url, { waitUntil: 'domcontentloaded', timeout: 10000 });
  await page.waitForTimeout(300);
  const loaded = { bytes, requests };
  const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN);
  const begun = Date.now();
  await ask(page);
  await page.waitForFunction(shown, null, { timeout: 20000, polling: 'raf' });
  const answered = Date.now() - begun;
  await page.waitForTimeout(300);
  (all[name] ||= []).push({ ...loaded, paint, answered, after: bytes - loaded.bytes, shift: await page.evaluate(() => window.shift) });
  } catch (error) { console.error(name + ' was not measured: ' + error.message.split('\\n')[0]); }
  await context.close();
}
await browser.close();
console.log(JSON.stringify(all));
"""


def folder():
    place = pathlib.Path(tempfile.gettempdir()) / "zhengda-pages"
    place.mkdir(exist_ok=True)
    if not (place / "node_modules/@algolia/autocomplete-js").is_dir():
        subprocess.run(["npm", "i", "--prefix", str(place), *NAMES], check=True, stdout=subprocess.DEVNULL)
    return place


def stand(place):
    modules = place / "node_modules"
    files = {
        "/govuk.css": ("text/css", next((modules / "govuk-frontend/dist/govuk").glob("govuk-frontend.min.css"))),
        "/govuk.js": ("text/javascript", modules / "govuk-frontend/dist/govuk/govuk-frontend.min.js"),
        "/autocomplete.css": ("text/css", modules / "@algolia/autocomplete-theme-classic/dist/theme.min.css"),
        "/autocomplete.js": ("text/javascript", modules / "@algolia/autocomplete-js/dist/umd/index.production.js"),
    }

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            path = urllib.parse.urlparse(self.path).path
            if path.startswith("/api/"):
                kind, body = "application/json", urllib.request.urlopen(DOOR + self.path).read()
            elif path in files:
                kind, body = files[path][0], files[path][1].read_bytes()
            else:
                page = GOVUK if path == "/govuk" else AUTOCOMPLETE if path == "/autocomplete" else ""
                kind, body = "text/html; charset=utf-8", page.encode()
            body = gzip.compress(body, 6)
            self.send_response(200)
            for name, value in [("content-type", kind), ("content-encoding", "gzip"), ("content-length", str(len(body)))]:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def main():
    place = folder()
    (place / "driver.mjs").write_text(DRIVER)
    told = subprocess.run(["node", "driver.mjs", DOOR, stand(place), str(RUNS), QUESTION, WORDS], cwd=place, check=True, stdout=subprocess.PIPE, text=True)
    print(f"{'page':<18}{'kB, gzip':>9}{'requests':>9}{'paint ms':>9}{'answer ms':>10}{'kB after':>9}{'shift':>7}   (medians of {RUNS})")
    for name, runs in json.loads(told.stdout).items():
        middle = lambda key: statistics.median(one[key] for one in runs)
        print(f"{name:<18}{middle('bytes') / 1000:>9.1f}{middle('requests'):>9.0f}{middle('paint'):>9.0f}{middle('answered'):>10.0f}{middle('after') / 1000:>9.1f}{middle('shift'):>7.3f}")


if __name__ == "__main__":
    main()
