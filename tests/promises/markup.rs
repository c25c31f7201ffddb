//! Promise 22: five hundred texts that are markup elsewhere are text with us, in questions, parameters, tickets and
//! imported documents; looked at in a real browser, first without and then with our policy.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::browsing::Browser;
use super::door::{Door, encoded, get, post, post_bytes};
use super::house::{House, TODAY};
use zhengda::http::Limits;

/// How many texts there are to be.
const TEXTS: usize = 500;
/// Characters of one question; it holds several of the texts.
const QUESTION: usize = 280;
/// Pages shown to the browser in one call.
const AT_ONCE: usize = 12;

/// Texts of the known families. `Y()` is what must never run, `data-xss` and `<xss>` what must never be an element.
const FAMILIES: &[&str] = &[
    // Tags that run by themselves.
    "<script>Y()</script>",
    "<script data-xss src=//evil.example/x.js></script>",
    "<script>Y()<!--",
    "<script/data-xss>Y()</script>",
    "<script\n>Y()</script\n>",
    "<ſcript>Y()</ſcript>",
    "</script><script>Y()</script>",
    "<script type=module>Y()</script>",
    "<scr<script>ipt>Y()</scr</script>ipt>",
    "<noscript><p title=\"</noscript><img data-xss src=x onerror=Y()>\">",
    "<iframe data-xss srcdoc=\"<script>parent.Y()</script>\">",
    "<iframe data-xss src=javascript:Y()>",
    "<object data-xss data=javascript:Y()>",
    "<embed data-xss src=javascript:Y()>",
    "<base data-xss href=//evil.example/>",
    "<meta data-xss http-equiv=refresh content=\"0;url=javascript:Y()\">",
    "<link data-xss rel=stylesheet href=//evil.example/x.css>",
    "<style data-xss>@import'//evil.example/x.css';</style>",
    "<template data-xss><script>Y()</script></template>",
    "<xss id=x tabindex=1 onfocus=Y()>",
    // Attributes that run.
    "<img data-xss src=x onerror=Y()>",
    "<img data-xss src=x onerror=\"Y()\">",
    "<img/data-xss/src=x/onerror=Y()>",
    "<img data-xss src=x onerror=Y() ",
    "<img data-xss src=`x` onerror=`Y()`>",
    "<img \"\"\"><script>Y()</script>\">",
    "<img data-xss src onerror\n=\nY()>",
    "<body data-xss onload=Y()>",
    "<input data-xss autofocus onfocus=Y()>",
    "<select data-xss autofocus onfocus=Y()>",
    "<textarea data-xss autofocus onfocus=Y()>",
    "<details data-xss open ontoggle=Y()>",
    "<video data-xss><source onerror=Y()></video>",
    "<audio data-xss src=x onerror=Y()>",
    "<marquee data-xss onstart=Y()>",
    "<div data-xss onpointerenter=Y()>x</div>",
    "<div data-xss style=\"animation-name:x\" onanimationstart=Y()>",
    "<a data-xss href=# onclick=Y()>x</a>",
    "<button data-xss popovertarget=x onbeforetoggle=Y()>x</button>",
    "<form data-xss action=javascript:Y()><input type=submit>",
    "<form data-xss><button formaction=javascript:Y()>x",
    "<isindex data-xss action=javascript:Y() type=image>",
    // Out of the attribute, out of the element.
    "\" onmouseover=\"Y()\" data-xss=\"",
    "' onmouseover='Y()' data-xss='",
    "\"><img data-xss src=x onerror=Y()>",
    "'><img data-xss src=x onerror=Y()>",
    "\"><svg data-xss onload=Y()>",
    "</textarea><img data-xss src=x onerror=Y()>",
    "</title><img data-xss src=x onerror=Y()>",
    "</option></select><img data-xss src=x onerror=Y()>",
    "--><img data-xss src=x onerror=Y()>",
    "]]><img data-xss src=x onerror=Y()>",
    "\" autofocus onfocus=Y() data-xss=\"",
    "\"accesskey=\"x\"onclick=\"Y()\"data-xss=\"",
    "x\" srcdoc=\"<script>Y()</script>\" data-xss=\"",
    // SVG and MathML.
    "<svg data-xss onload=Y()>",
    "<svg data-xss><script>Y()</script></svg>",
    "<svg data-xss><script href=data:,Y() /></svg>",
    "<svg data-xss><animate onbegin=Y() attributeName=x dur=1s>",
    "<svg data-xss><a xlink:href=javascript:Y()><text y=9>x</text></a></svg>",
    "<svg data-xss><set attributeName=href to=javascript:Y()>",
    "<svg data-xss><use href=\"data:image/svg+xml,<svg id=x onload=Y()>#x\">",
    "<svg data-xss><foreignObject><body onload=Y()></foreignObject></svg>",
    "<math data-xss href=javascript:Y()>x</math>",
    "<math data-xss><maction actiontype=statusline xlink:href=javascript:Y()>x",
    "<math><mtext><table><mglyph><style><img data-xss src=x onerror=Y()>",
    // Markup that changes when it is parsed twice.
    "<svg></p><style><a id=\"</style><img data-xss src=x onerror=Y()>\">",
    "<form><math><mtext></form><form><mglyph><style></math><img data-xss src onerror=Y()>",
    "<listing>&lt;img data-xss src=x onerror=Y()&gt;</listing>",
    "<noembed><img data-xss title=\"</noembed><img onerror=Y() src=x>\"></noembed>",
    "<xmp><p title=\"</xmp><img data-xss src=x onerror=Y()>\">",
    "<plaintext><img data-xss src=x onerror=Y()>",
    "<!--><img data-xss src=x onerror=Y()>-->",
    "<!--!><img data-xss src=x onerror=Y()>",
    "<![CDATA[<img data-xss src=x onerror=Y()>]]>",
    "<?xml version=\"1.0\"?><img data-xss src=x onerror=Y()>",
    "<!DOCTYPE x [<!ENTITY y \"<img data-xss onerror=Y()>\">]>&y;",
    "<table><img data-xss src=x onerror=Y()></table>",
    "<p/data-xss/onclick=Y()//>",
    // Addresses.
    "javascript:Y()",
    "JaVaScRiPt:Y()",
    "java\tscript:Y()",
    "java&#10;script:Y()",
    "javascript&colon;Y()",
    " javascript:Y()",
    "\u{1}javascript:Y()",
    "vbscript:Y()",
    "data:text/html,<script>Y()</script>",
    "data:text/html;base64,PHNjcmlwdD5ZKCk8L3NjcmlwdD4=",
    "//evil.example/%2f..",
    "https://evil.example\\@x",
    "<a data-xss href=javascript:Y()>x</a>",
    "<a data-xss href=\"javascript&#x3a;Y()\">x</a>",
    "<a data-xss href=\"\u{7}javascript:Y()\">x</a>",
    // Entities and encodings.
    "&lt;script&gt;Y()&lt;/script&gt;",
    "&#60;img data-xss src=x onerror=Y()&#62;",
    "&#x3c;img data-xss src=x onerror=Y()&#x3e;",
    "&#0000060img data-xss src=x onerror=Y()>",
    "&ltimg data-xss src=x onerror=Y()&gt",
    "&amp;lt;script&amp;gt;Y()",
    "%3Cscript%3EY()%3C/script%3E",
    "%253Cscript%253EY()%253C/script%253E",
    "\\u003cscript\\u003eY()\\u003c/script\\u003e",
    "\\x3cimg data-xss src=x onerror=Y()\\x3e",
    "+ADw-script+AD4-Y()+ADw-/script+AD4-",
    "<\u{0}script>Y()</script>",
    "<img\u{b}data-xss\u{c}src=x\u{c}onerror=Y()>",
    // Characters that are not seen, or turn text round.
    "\u{202e}>tpircs/<)(Y>tpircs<",
    "<\u{200b}script>Y()</script>",
    "<scr\u{ad}ipt>Y()</scr\u{ad}ipt>",
    "\u{feff}<script>Y()</script>",
    "\u{2066}<img data-xss src=x onerror=Y()>\u{2069}",
    "<img\u{2028}data-xss src=x\u{2029}onerror=Y()>",
    // Full-width and other writings that a normaliser folds.
    "＜script＞Y()＜/script＞",
    "﹤img data-xss src=x onerror=Y()﹥",
    "〈script〉Y()〈/script〉",
    "＜img data-xss src=x onerror＝Y（）＞",
    "＂　onmouseover＝＂Y()＂　data-xss＝＂",
    "＆lt；script＆gt；Y()",
    "ｊａｖａｓｃｒｉｐｔ：Y()",
    "<ｉｍｇ data-xss src=x onerror=Y()>",
    // Styles.
    "<div data-xss style=background:url(javascript:Y())>",
    "</style><img data-xss src=x onerror=Y()>",
    "*{background:url(//evil.example/)}",
    "expression(Y())",
    // Scripts' own strings, templates.
    "';Y();//",
    "\";Y();//",
    "\\';Y();//",
    "`-Y()-`",
    "${Y()}",
    "{{constructor.constructor('Y()')()}}",
    "{{7*7}}<%= Y() %>#{Y()}",
    "{% raw %}<img data-xss onerror=Y() src=x>{% endraw %}",
    "[[${Y()}]]",
    "</script><!--<script>",
    "\"}]}</script><script>Y()</script>",
    "\",\"__proto__\":{\"x\":\"<img data-xss src=x onerror=Y()>\"},\"y\":\"",
    "'; DROP TABLE ticket;--",
    // Markdown.
    "[x](javascript:Y())",
    "![x](x\"onerror=\"Y())",
    "[x]: javascript:Y()",
    "<javascript:Y()>",
    "```html\n<img data-xss src=x onerror=Y()>\n```",
    "| <img data-xss src=x onerror=Y()> | x |",
    "[x](data:text/html,<script>Y()</script>)",
];

/// Where a text may stand in a sentence.
const SENTENCES: [&str; 4] = ["{}", "高龄津贴{}多少钱", "《{}》有效吗", "{}怎么申请？"];

/// The five hundred.
fn texts() -> Vec<String> {
    let of = |sentence: &&str| {
        let sentence = (*sentence).to_owned();
        FAMILIES.iter().map(move |text| sentence.replace("{}", text))
    };
    let texts: Vec<String> = SENTENCES.iter().flat_map(of).collect();
    let different: BTreeSet<&String> = texts.iter().collect();
    assert!(different.len() >= TEXTS && different.len() == texts.len(), "{} texts", different.len());
    texts
}

/// The texts, as many as fit into one question.
fn questions(texts: &[String]) -> Vec<String> {
    let mut questions: Vec<String> = vec![String::new()];
    for text in texts {
        let last = questions.last_mut().unwrap();
        if !last.is_empty() && last.chars().count() + text.chars().count() + 1 > QUESTION {
            questions.push(text.clone());
        } else {
            last.push_str(text);
            last.push('；');
        }
    }
    questions
}

/// What in a page is not ours: elements of the texts, attributes that run, addresses that run, scripts from elsewhere.
const FOREIGN: &str = "
    window.foreign = root => {
        const found = [];
        for (const e of root.querySelectorAll('*')) {
            const name = e.localName;
            if (name === 'xss' || e.hasAttribute('data-xss')) found.push('element ' + e.outerHTML.slice(0, 120));
            if (['iframe', 'object', 'embed', 'style', 'math', 'marquee', 'template', 'noembed', 'xmp', 'plaintext'].includes(name)) found.push('element ' + name);
            if (name === 'script' && !/^\\/(assets\\/|widget\\.js)/.test(e.getAttribute('src') || '')) found.push('script ' + e.outerHTML.slice(0, 120));
            if (name === 'link' && !/^\\/(assets\\/|widget\\/theme)/.test(e.getAttribute('href') || '')) found.push('link ' + e.outerHTML);
            if (name === 'base' && e.hasAttribute('href')) found.push('base');
            if (name === 'meta' && e.hasAttribute('http-equiv')) found.push('meta ' + e.outerHTML);
            for (const a of e.attributes) {
                if (/^on/i.test(a.name) || a.name === 'style' || a.name === 'srcdoc') found.push('attribute ' + a.name + ' of ' + name);
                if (/^(href|src|action|formaction|data|poster|background|xlink:href|cite|ping)$/i.test(a.name) && /^[\\s\\u0000-\\u0020]*(javascript|vbscript|data:text)/i.test(a.value)) found.push('address ' + a.value);
                if (/^(href|src|action|formaction)$/i.test(a.name) && a.value.includes('evil.example') && !/^[/?#]/.test(a.value)) found.push('address ' + a.value);
                if (/^(href|src|action|formaction)$/i.test(a.name) && /^\\/\\//.test(a.value)) found.push('address ' + a.value);
            }
        }
        return found;
    };";

/// Shows pages in frames where everything may run: what is not escaped, runs and is told.
fn shown_unguarded(browser: &Browser, pages: &[String]) -> Vec<Value> {
    let mut found = Vec::new();
    for pages in pages.chunks(AT_ONCE) {
        let script = format!(
            "const done = arguments[arguments.length - 1]; {FOREIGN}
             window.ran = 0; window.alert = window.confirm = window.prompt = () => {{ window.ran += 1; }};
             const pages = {};
             (async () => {{
                 const found = [];
                 for (const page of pages) {{
                     const frame = document.createElement('iframe');
                     frame.srcdoc = '<script>window.Y = () => {{ parent.ran += 1; }}<\\/script>' + page;
                     const loaded = new Promise(ready => frame.addEventListener('load', ready));
                     document.body.append(frame);
                     await loaded;
                     const scripts = frame.contentDocument.querySelectorAll('script:not([src])').length;
                     found.push(...window.foreign(frame.contentDocument).filter(one => !one.startsWith('script <script>window.Y')));
                     if (scripts > 1) found.push(scripts + ' scripts of their own');
                     if (frame.contentDocument.title === '') found.push('no page');
                     frame.remove();
                 }}
                 if (window.ran) found.push(window.ran + ' ran');
                 done(found);
             }})().catch(error => done(['' + error]));",
            json!(pages)
        );
        let said = browser.ask_later(&script);
        found.extend(said.as_array().unwrap_or_else(|| panic!("{said}")).clone());
    }
    found
}

/// Asks the questions on the page itself, with its own scripts and its policy.
fn asked_on_the_page(browser: &Browser, questions: &[String]) -> Vec<Value> {
    questions.chunks(AT_ONCE).flat_map(|questions| some_asked_on_the_page(browser, questions)).collect()
}

fn some_asked_on_the_page(browser: &Browser, questions: &[String]) -> Vec<Value> {
    let script = format!(
        "const done = arguments[arguments.length - 1]; {FOREIGN}
         window.ran = 0; window.Y = window.alert = () => {{ window.ran += 1; }};
         const refused = []; addEventListener('securitypolicyviolation', event => refused.push('refused ' + event.violatedDirective + ' ' + event.blockedURI));
         const place = document.getElementById('answer');
         (async () => {{
             const found = [];
             for (const question of {}) {{
                 const reply = await fetch('/answer', {{ method: 'POST', body: new URLSearchParams({{ question, region: '990121' }}) }});
                 const article = reply.ok && window.zhengdaFragment(await reply.text(), 'article.answer');
                 if (!article) {{ found.push(reply.status + ' for ' + question); continue; }}
                 place.replaceChildren(article);
                 found.push(...window.foreign(document));
             }}
             if (window.ran) found.push(window.ran + ' ran');
             done([...found, ...refused]);
         }})().catch(error => done(['' + error]));",
        json!(questions)
    );
    let said = browser.ask_later(&script);
    said.as_array().unwrap_or_else(|| panic!("{said}")).clone()
}

#[test]
fn five_hundred_texts_in_questions_stay_text() {
    let Some(browser) = Browser::start() else { return };
    let door = Door::open();
    let questions = questions(&texts());
    let mut pages = Vec::new();
    for (at, question) in questions.iter().enumerate() {
        let words = encoded(question);
        // One question goes one way, the next another: through every door every family passes.
        let paths = match at % 3 {
            0 => [format!("/?q={words}&region={words}"), format!("/search?q={words}&issuer={words}")],
            1 => [
                format!("/?q={words}&after={words}&no={words}"),
                format!("/documents/qh-2023-gaoling-jintie?find={words}&q={words}&quote={words}&as_of={words}"),
            ],
            _ => [
                format!("/tickets?question={words}&department={words}&region={words}"),
                format!("/documents?theme={words}&issuer={words}&year={words}"),
            ],
        };
        for path in paths {
            pages.push(super::door::get_with(&door.url(&path), &[("accept", "text/html")]).body);
        }
        for path in [format!("/api/v1/suggest?q={words}"), format!("/api/v1/search?q={words}")] {
            let reply = get(&door.url(&path));
            let kind = reply.header("content-type");
            assert!(kind.starts_with("application/") && kind.contains("json"), "{path}: {kind}");
            assert_eq!(reply.header("x-content-type-options"), "nosniff");
        }
        let handed =
            post(&door.url("/api/v1/tickets"), &json!({"question": question, "department": question, "from": "page"}));
        // A name of a department is shorter; then it is refused, in words.
        assert!(matches!(handed.status, 201 | 422), "{question}: {}", handed.body);
        assert!(handed.header("content-type").contains("json"));
        let bytes = format!("question={words}&region=&rating=useless&reason=x&comment=x");
        let rated = post_bytes(&door.url("/feedback"), "application/x-www-form-urlencoded", bytes.as_bytes());
        assert!(rated.status == 201 && !rated.body.contains("data-xss"), "{question}: {}", rated.body);
    }
    browser.open("about:blank");
    let found = shown_unguarded(&browser, &pages);
    assert!(found.is_empty(), "{} pages: {found:#?}", pages.len());
    browser.open(&door.url("/"));
    let found = asked_on_the_page(&browser, &questions);
    assert!(found.is_empty(), "{found:#?}");
    // The box itself, as a person types it.
    browser.type_into("#question", "<img data-xss src=x onerror=Y()>高龄津贴多少钱");
    browser.click("#ask button[type=submit]");
    browser.wait_until("return document.querySelector('#answer article h2')?.innerText.includes('onerror')");
    assert_eq!(browser.ask("return document.querySelectorAll('[data-xss], [onerror]').length"), 0);
    browser.assert_quiet("hostile questions");
}

/// A library whose documents hold the texts in every place a document has.
fn hostile_library(texts: &[String]) -> House {
    let house = House::empty();
    // A file with a zero byte is no text, and refused.
    let texts: Vec<String> = texts.iter().map(|text| text.replace('\u{0}', "")).collect();
    for (at, texts) in texts.chunks(100).enumerate() {
        let title = format!("丙田县{}管理办法", texts[at].replace('\n', " "));
        let mut text = format!("{title}\n\n第一章　{}\n\n", texts[1].replace('\n', " "));
        for (number, words) in texts.iter().enumerate() {
            let _ = write!(text, "第{}条　高龄津贴{}按月发放。\n\n", numeral(number + 1), words.replace('\n', " "));
        }
        text.push_str("| 项目 | 说明 |\n|---|---|\n");
        for words in texts {
            let _ = writeln!(text, "| {} | 津贴 |", words.replace(['\n', '|'], " "));
        }
        house.write(&format!("in/<img data-xss src=x onerror=Y()>{at}.txt"), &text);
        let record = json!({"id": format!("jia-{at}"), "title": title, "text": text, "url": texts[2], "issuer": texts[3], "theme": texts[4]});
        house.write(&format!("in/pile{at}.jsonl"), record.to_string());
        let body: String =
            texts.iter().map(|words| format!("<p>{}</p>", words.replace('&', "&amp;").replace('<', "&lt;"))).collect();
        house.write(&format!("in/page{at}.html"), format!("<html><head><meta charset=utf-8><title>{title}</title></head><body><div id=UCAP-CONTENT>{body}<a href=\"javascript:Y()\">附件</a></div></body></html>"));
    }
    house
}

fn numeral(number: usize) -> String {
    let digit = |at: usize| ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"][at % 10];
    match number {
        0..=9 => digit(number).to_owned(),
        10..=19 => format!("十{}", digit(number)),
        100 => "一百".to_owned(),
        _ => format!("{}十{}", digit(number / 10), digit(number)),
    }
}

#[test]
fn five_hundred_texts_in_imported_documents_stay_text() {
    let Some(browser) = Browser::start() else { return };
    let house = hostile_library(&texts());
    let imported = house.run(&["import", "in", "--json"]).json();
    assert!(imported["total"]["imported"].as_u64().unwrap() >= 6, "{imported}");
    assert_eq!(house.run(&["index"]).code, 0);
    let limits = Limits { exempt_loopback: true, ..Limits::default() };
    let door = Door::serve(house.path("index"), house.path("corpus"), limits);
    let list = get(&door.url("/api/v1/documents?per_page=100")).json();
    let ids: Vec<String> =
        list["documents"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect();
    assert!(ids.len() >= 6, "{list}");
    let mut paths = vec![
        "/documents".to_owned(),
        format!("/search?q={}", encoded("高龄津贴")),
        format!("/?q={}&as_of={TODAY}", encoded("高龄津贴怎么发放")),
    ];
    paths.extend(ids.iter().map(|id| format!("/documents/{}", encoded(id))));
    paths.extend(["/gazette".to_owned(), "/".to_owned()]);
    let pages: Vec<String> = paths.iter().map(|path| get(&door.url(path)).body).collect();
    assert!(pages.iter().filter(|page| page.contains("onerror")).count() > ids.len(), "the texts are there, as text");
    browser.open("about:blank");
    let found = shown_unguarded(&browser, &pages);
    assert!(found.is_empty(), "{found:#?}");
    // The same as people open it: with our policy, which has nothing to refuse.
    for path in paths.iter().take(5) {
        browser.before_pages("window.refused = []; addEventListener('securitypolicyviolation', event => window.refused.push(event.violatedDirective)); window.Y = () => { window.refused.push('ran'); };");
        browser.open(&door.url(path));
        browser.ask(FOREIGN);
        let found = browser.ask("return [...window.foreign(document), ...window.refused]");
        assert_eq!(found, json!([]), "{path}");
    }
    browser.assert_quiet("hostile documents");
}
