#!/usr/bin/env python3
"""Writes an OFD (GB/T 33190) of the characters and rules of a PDF, each at its place, as converters do.

python3 tests/tools/ofd_writer.py in.pdf out.ofd
"""
import html
import sys
import zipfile

import pdfplumber

MM = 25.4 / 72
NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
MADE = (2026, 11, 21, 0, 0, 0)  # the same input gives the same bytes


def number(value):
    return f"{value:.3f}".rstrip("0").rstrip(".")


def deltas(steps):
    """DeltaX with `g count step` for steps that come again."""
    parts, index = [], 0
    while index < len(steps):
        end = index
        while end < len(steps) and steps[end] == steps[index]:
            end += 1
        parts.append(f"g {end - index} {steps[index]}" if end - index > 2 else " ".join(steps[index:end]))
        index = end
    return " ".join(parts)


def runs(chars):
    """Characters that follow one another on a baseline in one size."""
    run = []
    for char in chars:
        last = run[-1] if run else None
        if last and (abs(char["bottom"] - last["bottom"]) > 0.5 or abs(char["size"] - last["size"]) > 0.1
                     or not -0.5 < char["x0"] - last["x1"] < char["size"] * 0.4):
            yield run
            run = []
        run.append(char)
    if run:
        yield run


def text_object(run, number_of):
    size, ascent = run[0]["size"] * MM, 0.88 * run[0]["size"] * MM
    left, top = run[0]["x0"] * MM, run[0]["top"] * MM
    width, height = run[-1]["x1"] * MM - left, (run[0]["bottom"] - run[0]["top"]) * MM
    steps = [number((after["x0"] - before["x0"]) * MM) for before, after in zip(run, run[1:])]
    delta = f' DeltaX="{deltas(steps)}"' if steps else ""
    words = html.escape("".join(char["text"] for char in run), quote=False)
    box = " ".join(map(number, (left, top, width, height)))
    return (f'<ofd:TextObject ID="{number_of}" Boundary="{box}" Font="2" Size="{number(size)}">'
            f'<ofd:TextCode X="0" Y="{number(ascent)}"{delta}>{words}</ofd:TextCode></ofd:TextObject>')


def path_object(edge, number_of):
    left, top = edge["x0"] * MM, edge["top"] * MM
    width, height = (edge["x1"] - edge["x0"]) * MM, (edge["bottom"] - edge["top"]) * MM
    box = " ".join(map(number, (left, top, width, height)))
    return (f'<ofd:PathObject ID="{number_of}" Boundary="{box}" LineWidth="0.2"><ofd:AbbreviatedData>'
            f'M 0 0 L {number(width)} {number(height)}</ofd:AbbreviatedData></ofd:PathObject>')


def write(pdf, target, title=""):
    ids = iter(range(10, 10**7))
    parts = {"OFD.xml": f'{HEAD}<ofd:OFD {NS} DocType="OFD" Version="1.1"><ofd:DocBody><ofd:DocInfo>'
                        f'<ofd:DocID>{"0" * 32}</ofd:DocID><ofd:Title>{html.escape(title)}</ofd:Title>'
                        '<ofd:Creator>ofd_writer.py</ofd:Creator></ofd:DocInfo>'
                        '<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
             "Doc_0/PublicRes.xml": f'{HEAD}<ofd:Res {NS} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="2" FontName="宋体" '
                                    'FamilyName="宋体"/></ofd:Fonts></ofd:Res>'}
    pages = []
    with pdfplumber.open(pdf) as document:
        for index, page in enumerate(document.pages):
            box = f"0 0 {number(float(page.width) * MM)} {number(float(page.height) * MM)}"
            objects = [path_object(edge, next(ids)) for edge in page.edges]
            objects += [text_object(run, next(ids)) for run in runs(page.chars) if "".join(c["text"] for c in run).strip()]
            name = f"Pages/Page_{index}/Content.xml"
            pages.append(f'<ofd:Page ID="{next(ids)}" BaseLoc="{name}"/>')
            parts[f"Doc_0/{name}"] = (
                f'{HEAD}<ofd:Page {NS}><ofd:Area><ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:Area><ofd:Content>'
                f'<ofd:Layer ID="{next(ids)}" Type="Body">{"".join(objects)}</ofd:Layer></ofd:Content></ofd:Page>')
    parts["Doc_0/Document.xml"] = (
        f'{HEAD}<ofd:Document {NS}><ofd:CommonData><ofd:MaxUnitID>{next(ids)}</ofd:MaxUnitID><ofd:PageArea>'
        '<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>'
        f'</ofd:CommonData><ofd:Pages>{"".join(pages)}</ofd:Pages></ofd:Document>')
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(zipfile.ZipInfo(name, MADE), text.encode(), zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    write(sys.argv[1], sys.argv[2])
