#!/usr/bin/env python3
"""Makes the ten documents of tests/fixtures/formats in five formats, from the library's own documents.

HTML is written here; LibreOffice makes DOCX of the HTML, python-docx adds the page number to its foot, LibreOffice makes
PDF of the DOCX, ofd_writer.py beside this file makes OFD of the PDF's characters and rules at their places, iconv makes
GB18030. (easyofd 20260427 also makes OFD of PDF, but writes 0.127 mm for a point, so that a page shrinks into its corner,
drops the rules of tables and puts in spaces between Han and digits; it reads and draws our OFD.)
Run from the root of the repository: python3 tests/tools/formats.py
"""
import html
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import ofd_writer

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUT = ROOT / "tests/fixtures/formats"
DOCUMENTS = [
    "gongkai/qh-2026-zhengwu-gongkai-yaodian",  # 一、（一）1., responsibilities in brackets
    "gongkai/qh-2025-guifanxing-qingli",  # annexes that are lists of documents
    "gongkai/qh-2024-jiceng-mulu",  # a catalogue
    "gongkai/qh-2023-yishenqing-gongkai",  # chapters and articles, an annex
    "huiqi/qh-2024-gongye-jiangbu",  # chapters, articles, items, a table
    "huiqi/qh-2026-gongye-shenbao",  # a notice with tables and annexes
    "huiqi/jl-2024-youzhi-zhongxiao",  # a province's rules with a table
    "minsheng/qh-2023-gaoling-jintie",  # articles with paragraphs and items
    "minsheng/qh-2026-yiwu-ruxue",  # a notice with a table
    "jiuye-zhufang/qh-2026-weifang-gaizao",  # a plan with an annex
]
STYLE = """
@page { size: 21cm 29.7cm; margin: 3.7cm 2.6cm 3.5cm 2.8cm }
p { font-family: 'WenQuanYi Zen Hei'; font-size: 16pt; line-height: 28pt; margin: 0; text-indent: 32pt; text-align: justify }
p.head { font-size: 30pt; line-height: 44pt; color: #d00; text-align: center; text-indent: 0 }
p.number { text-align: center; text-indent: 0; margin-bottom: 14pt }
p.title { font-size: 22pt; line-height: 32pt; text-align: center; text-indent: 0; margin-bottom: 14pt }
p.flush { text-indent: 0 }
p.sign { text-align: right; text-indent: 0 }
table { border-collapse: collapse; width: 100% }
td, th { border: 1px solid black; padding: 2pt }
td p, th p { font-size: 12pt; line-height: 18pt; text-indent: 0; text-align: left }
"""


def split(path):
    text = path.read_text(encoding="utf-8")
    front, body = re.match(r"---\n(.*?)\n---\n(.*)", text, re.S).groups()
    title = re.search(r"^title: *(.*)$", front, re.M).group(1).strip().strip('"')
    return title, body


def kind(line, index, title):
    solid = re.sub(r"\s", "", line)
    if index < 2 and solid.endswith("文件"):
        return "head"
    if re.fullmatch(r"\S+〔\d{4}〕\d+号", solid):
        return "number"
    if (index < 5 and re.search(r"(通知|办法|方案|细则|要点|公告|意见|规定|通告|指南)$", solid)) or solid == title:
        return "title"
    if re.match(r"附件\d*$", solid) or (len(solid) < 40 and solid.endswith("：")):
        return "flush"
    if re.fullmatch(r"\d{4}年\d{1,2}月\d{1,2}日", solid) or (len(solid) < 20 and re.search(r"(政府|办公室|局|厅)$", solid)):
        return "sign"
    return ""


def to_html(title, body):
    parts, rows, named = [], [], None

    def table():
        if rows:
            cells = [[cell.strip() for cell in row.strip().strip("|").split("|")] for row in rows]
            cells = [row for row in cells if not all(re.fullmatch(r":?-+:?", cell) for cell in row)]
            lines = "".join("<tr>" + "".join(f"<td><p>{html.escape(c)}</p></td>" for c in row) + "</tr>\n" for row in cells)
            parts.append(f'<table border="1" cellspacing="0" cellpadding="4">\n{lines}</table>')
            rows.clear()

    for index, line in enumerate(line for line in body.split("\n") if line.strip()):
        if line.startswith("|"):
            rows.append(line)
            continue
        table()
        name = kind(line, index, title)
        named = named or (line.strip() if name == "title" else None)
        parts.append(f'<p class="{name}">{html.escape(line.strip())}</p>' if name else f"<p>{html.escape(line.strip())}</p>")
    table()
    return (
        f'<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{html.escape(named or title)}</title>\n'
        f'<meta name="ArticleTitle" content="{html.escape(named or title)}">\n'
        f'<style>{STYLE}</style></head>\n<body><div id="UCAP-CONTENT">\n' + "\n".join(parts) + "\n</div></body></html>\n"
    )


def office(profile, folder, source, target, *more):
    command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", *more, "--convert-to", target,
               "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)


def number_pages(path):
    """Puts — 1 — at the foot of every page, as 公文 have it."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    document = docx.Document(path)
    # LibreOffice 7.4 leaves a comma that hangs over the edge out of its PDF altogether.
    after = [f"w:{name}" for name in ("topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid",
                                      "spacing", "ind", "contextualSpacing", "mirrorIndents", "jc", "rPr", "sectPr")]
    for place in document.element.body.iter(qn("w:p")):
        settings = place.get_or_add_pPr()
        for old in settings.findall(qn("w:overflowPunct")):
            settings.remove(old)
        hanging = OxmlElement("w:overflowPunct")
        hanging.set(qn("w:val"), "0")
        settings.insert_element_before(hanging, *after)
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    field.append(paragraph.add_run("1")._r)
    paragraph._p.append(field)
    paragraph.add_run(" —")
    document.save(path)


def main():
    wanted = sys.argv[1:] or DOCUMENTS
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        os.chdir(scratch)
        for name in wanted:
            title, body = split(ROOT / "corpus/documents" / f"{name}.md")
            stem = name.split("/")[1]
            page, text = OUT / f"{stem}.html", scratch / f"{stem}.txt"
            page.write_text(to_html(title, body), encoding="utf-8")
            text.write_text(body, encoding="utf-8")
            with open(OUT / f"{stem}.txt", "wb") as out:
                subprocess.run(["iconv", "-f", "UTF-8", "-t", "GB18030", str(text)], check=True, stdout=out)
            profile = scratch / "profile"
            office(profile, OUT, page, "docx:MS Word 2007 XML", "--infilter=HTML (StarWriter)")
            number_pages(OUT / f"{stem}.docx")
            office(profile, OUT, OUT / f"{stem}.docx", "pdf")
            ofd_writer.write(OUT / f"{stem}.pdf", OUT / f"{stem}.ofd", title)
            print(stem, {f.suffix: f.stat().st_size for f in sorted(OUT.glob(f"{stem}.*"))}, flush=True)


if __name__ == "__main__":
    main()
