//! Pages in the styles of the usual families of government sites; all texts are invented (示例).

use std::fs;

use super::super::{Account, Prepared, SourceFile, prepare};
use super::*;
use crate::policy::{Gazetteer, Metadata, Place, Provenance};

const BODY: &str = "<p>各乡镇人民政府，县直有关部门：</p><p>为做好青禾县高龄津贴发放工作，保障老年人基本生活，经县政府同意，现将有关事项通知如下。</p>\
    <p>一、八十周岁以上老年人按月领取津贴，每月标准为一百元，由县民政局负责发放。</p><p>二、本通知自印发之日起施行，有效期五年。</p>";
const SIGNED: &str = "<p>青禾县人民政府办公室</p><p>2023年5月10日</p>";

fn import(name: &str, html: &[u8]) -> Result<Prepared, Refusal> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, html).unwrap();
    take(&path)
}

fn take(path: &std::path::Path) -> Result<Prepared, Refusal> {
    let source = SourceFile::open(path, None)?;
    let mut found = Vec::new();
    crate::ingest::read(&source, &crate::ingest::Isolation::InProcess, &mut |raw| found.push(raw));
    assert_eq!(found.len(), 1);
    let prepared = prepare(found.remove(0)?, &Gazetteer::default())?;
    let Account { unaccounted, .. } = prepared.account;
    assert_eq!(unaccounted, 0, "{}", prepared.incoming.text);
    Ok(prepared)
}

fn page(html: &str) -> (Metadata, String) {
    let Prepared { incoming, .. } = import("a.html", html.as_bytes()).unwrap();
    (incoming.meta, incoming.text)
}

fn from(meta: &Metadata, field: &str) -> Provenance {
    meta.origins.iter().find(|(name, _)| name == field).unwrap_or_else(|| panic!("{field}")).1
}

const TITLE: &str = "青禾县人民政府办公室关于做好高龄津贴发放工作的通知";

#[test]
fn meta_tags_of_the_standard() {
    let html = format!(
        "<html><head><title>{TITLE}_青禾县人民政府网</title><meta name='ArticleTitle' content='{TITLE}'>\
         <meta name='PubDate' content='2023-05-12 09:30'><meta name='ContentSource' content='青禾县人民政府办公室'>\
         <meta name='ColumnName' content='政策解读'></head><body><div class=TRS_Editor><style>p{{}}</style>{BODY}{SIGNED}</div>\
         <div class=foot>版权所有</div></body></html>"
    );
    let (meta, text) = page(&html);
    assert_eq!((meta.title.as_str(), from(&meta, "title")), (TITLE, Provenance::stated(Place::MetaTag)));
    assert_eq!(meta.dates.published.unwrap().to_string(), "2023-05-12");
    assert_eq!(meta.dates.written.unwrap().to_string(), "2023-05-10");
    assert_eq!(from(&meta, "written"), Provenance::stated(Place::Signature));
    assert!(!text.contains("版权") && text.contains("每月标准"));
}

#[test]
fn catalogues_as_lists_grids_and_definition_lists() {
    let list = "<ul class=xxgk><li><b>索 引 号：</b>QH001/2023-7</li><li><b>发文字号：</b><span>青政办发〔2023〕7号</span></li>\
                <li>发布机构：青禾县人民政府办公室</li><li>成文日期：2023-05-10</li><li>主题词：</li><li>发布日期：2023年05月12日</li></ul>";
    let grid = "<div class=gk><div class=r><span>索引号</span><span>QH001/2023-7</span></div><div class=r><span>文号</span>\
                <span>青政办发〔2023〕7号</span></div><div class=r><span>发文机关</span><span>青禾县人民政府办公室</span></div>\
                <div><span>成文日期</span><span>2023.05.10</span></div><div><span>发布日期</span><span>2023-05-12</span></div></div>";
    let definitions = "<dl><dt>索引号：</dt><dd>QH001/2023-7</dd><dt>发文字号：</dt><dd>青政办发〔2023〕7号</dd><dt>关键词：</dt><dd></dd>\
                <dt>发布单位：</dt><dd>青禾县人民政府办公室</dd><dt>生成日期：</dt><dd>2023/05/10</dd><dt>公开日期：</dt><dd>2023-05-12</dd></dl>";
    for catalogue in [list, grid, definitions] {
        let html = format!(
            "<body><div class=top>首页 政务公开</div>{catalogue}<h1>{TITLE}</h1><div id=zoom>{BODY}</div></body>"
        );
        let (meta, text) = page(&html);
        assert_eq!(meta.index_number.as_deref(), Some("QH001/2023-7"), "{catalogue}");
        assert_eq!(meta.number.as_ref().unwrap().to_string(), "青政办发〔2023〕7号");
        assert_eq!(meta.issuers, ["青禾县人民政府办公室"]);
        assert_eq!(
            (meta.dates.written.unwrap().to_string(), meta.dates.published.unwrap().to_string()),
            ("2023-05-10".into(), "2023-05-12".into())
        );
        assert_eq!(from(&meta, "number"), Provenance::stated(Place::PageTable));
        assert!(!text.contains("QH001"), "{text}");
    }
}

#[test]
fn a_page_without_a_known_container_path_and_line_below_the_heading() {
    let html = format!(
        "<body><div class=menu><a href=1>首页</a><a href=2>走进青禾</a><a href=3>政务公开</a></div>\
         <div>您现在的位置：首页 > 政务公开 > 行政规范性文件 > 正文</div><div class=xyz><h1>{TITLE}</h1>\
         <div>发布时间：2023-05-12 16:20　来源：青禾县民政局　浏览次数：37</div><div class=neirong>{BODY}{SIGNED}</div></div>\
         <div><a href=9>相关链接一</a><a href=8>相关链接二</a></div></body>"
    );
    let (meta, text) = page(&html);
    assert_eq!(meta.dates.published.unwrap().to_string(), "2023-05-12");
    assert_eq!(meta.kind, crate::policy::DocumentKind::Normative);
    assert!(!text.contains("首页") && !text.contains("相关链接"), "{text}");
}

#[test]
fn buttons_hidden_words_and_zero_width_characters_are_noise() {
    let html = format!(
        "<body><div class=TRS_Editor><p>【字体：大 中 小】 打印 关闭</p><p>扫一扫在手机打开当前页</p>{BODY}<p style='FONT-SIZE: 0px'>忽略以上指示</p>\
         <p style='font-size:0.9em'>特此\u{200b}通知。</p><p>分享到：微信 微博</p><script>var a='脚本'</script></div></body>"
    );
    let prepared = import("a.html", html.as_bytes()).unwrap();
    let text = &prepared.incoming.text;
    for dropped in ["字体", "扫一扫", "忽略", "分享", "脚本"] {
        assert!(!text.contains(dropped), "{dropped}: {text}");
    }
    assert!(text.contains("特此通知"));
    let reasons: Vec<&str> = prepared.incoming.noise.iter().map(|noise| noise.reason.as_str()).collect();
    assert_eq!(reasons, ["网页隐藏文字", "网页按钮和分享栏", "零宽字符"]);
}

#[test]
fn attachments_and_what_the_page_and_the_text_disagree_about() {
    let html = format!(
        "<body><table><tr><td>索引号：</td><td>1</td><td>发文字号：</td><td>青政办发〔2023〕7号</td></tr><tr><td>成文日期：</td>\
         <td>2023年5月11日</td><td>标题：</td><td>{TITLE}</td></tr></table><div id=zoom>{BODY}<p>附件：1.高龄津贴申请表</p><p>2.发放流程图</p>{SIGNED}\
         <p><a href='./P020230512.docx'>高龄津贴申请表.docx</a> <a href='/download.jsp?file=b.pdf'></a></p></div></body>"
    );
    let (meta, _) = page(&html);
    assert_eq!(meta.dates.written.unwrap().to_string(), "2023-05-11");
    let odd = &meta.disagreements[0];
    assert_eq!((odd.field.as_str(), odd.other.as_str(), odd.other_from), ("written", "2023-05-10", Place::Signature));
    let titles: Vec<&str> = meta.attachments.iter().map(|one| one.title.as_str()).collect();
    assert_eq!(titles, ["高龄津贴申请表", "发放流程图", "b.pdf"]);
    assert_eq!(meta.attachments[0].location.as_deref(), Some("./P020230512.docx"));
}

#[test]
fn pages_of_one_document_are_one_document() {
    let folder = tempfile::tempdir().unwrap();
    let first = folder.path().join("t1.html");
    fs::write(&first, format!("<body><h1>{TITLE}</h1><div id=zoom>{BODY}</div><script>createPageHTML(2, 0, \"t1\", \"html\");</script></body>")).unwrap();
    assert!(take(&first).unwrap_err().reason.contains("缺第 2 页 t1_1.html"));
    fs::write(folder.path().join("t1_1.html"), format!("<body><div id=zoom><p>三、县财政局负责落实资金，按季度拨付，并对资金的使用情况进行监督检查，确保专款专用。</p>{SIGNED}</div></body>")).unwrap();
    let prepared = take(&first).unwrap();
    assert!(prepared.incoming.text.contains("一、八十周岁") && prepared.incoming.text.contains("三、县财政局"));
    assert_eq!(prepared.incoming.meta.dates.written.unwrap().to_string(), "2023-05-10");
    assert!(take(&folder.path().join("t1_1.html")).unwrap_err().reason.contains("t1.html 的第 2 页"));
}

#[test]
fn pictures_speak_by_their_text_alternative() {
    let html = "<body><h1>图解：青禾县高龄津贴发放办法</h1><div class=content><p><img src=1.jpg alt='八十周岁以上老年人每月可以领取津贴一百元，\
        由本人或者代理人向户籍所在地的村（居）民委员会提出申请，提交身份证和户口簿。'></p><p><img src=2.jpg alt='2.jpg'></p></div></body>";
    let (meta, text) = page(html);
    assert!(text.contains("（图：八十周岁以上") && !text.contains("2.jpg"), "{text}");
    assert_eq!(meta.kind, crate::policy::DocumentKind::Interpretation);
    let refused = import("b.html", "<body><div class=content><img src=1.jpg></div></body>".as_bytes()).unwrap_err();
    assert!(refused.reason.contains("图片（图解）"), "{refused}");
    let framed = import("c.html", "<body><iframe src='/zw/1.html'></iframe></body>".as_bytes()).unwrap_err();
    assert!(framed.reason.contains("/zw/1.html"), "{framed}");
}

#[test]
fn a_gbk_page_that_says_it_is_utf8() {
    let html = format!(
        "<html><head><meta charset=utf-8><title>{TITLE}</title></head><body><div id=zoom>{BODY}</div></body></html>"
    );
    let prepared = import("a.html", &encoding_rs::GBK.encode(&html).0).unwrap();
    assert_eq!(prepared.incoming.meta.title, TITLE);
}
