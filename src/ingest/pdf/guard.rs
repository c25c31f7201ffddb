//! Guards (把关): scans, and text whose characters are not what the page shows, are never taken for text.

use super::Extract;
use crate::ingest::layout::Page;

/// Fewest Han characters from which their frequencies can be judged.
const FEWEST_HAN: usize = 120;
/// Least share of the commonest characters, in percent: Chinese of any kind has more than thirty, lists of names ten.
const LEAST_COMMON: usize = 5;
/// Largest share of characters that only mojibake has in number, in percent.
const MOST_ODD: usize = 15;
/// Most pages named in a message.
const MOST_NAMED: usize = 8;

/// The hundred or so characters that make some forty percent of official Chinese.
const COMMON: &str = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处理府给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严限";

/// Why a file is a scan, or has scanned pages; none when every page that shows something has text.
pub(super) fn missing_text(extract: &Extract) -> Option<String> {
    const ADVICE: &str = "请先做文字识别（OCR），或用 --ocr-command 指定识别程序后再导入";
    let written = extract.pages.iter().filter(|page| !page.runs.is_empty()).count();
    if written == 0 {
        return Some(format!("扫描件，没有文字层（共 {} 页）；{ADVICE}", extract.pages.len()));
    }
    if extract.pictures.is_empty() {
        return None;
    }
    Some(format!("部分页是扫描图像，没有文字层（{}）；{ADVICE}", named(&extract.pictures)))
}

fn named(pages: &[u32]) -> String {
    let names: Vec<String> = pages.iter().take(MOST_NAMED).map(|page| format!("第{page}页")).collect();
    let rest = if pages.len() > MOST_NAMED { format!("等 {} 页", pages.len()) } else { String::new() };
    names.join("、") + &rest
}

/// Refuses pages whose characters cannot be what is printed.
pub(super) fn legible(pages: &[Page]) -> Result<(), String> {
    let bad: Vec<u32> = pages
        .iter()
        .filter(|page| !is_legible(page.runs.iter().flat_map(|run| run.text.chars())))
        .map(|page| page.number)
        .collect();
    if bad.is_empty() {
        return Ok(());
    }
    Err(format!("字形编码无法还原，{}；文字会是错的，请取得原件的其他格式，或做文字识别（OCR）后再导入", named(&bad)))
}

/// The same for text that a program recognised.
pub(super) fn legible_text(text: &str) -> Result<(), String> {
    if text.trim().is_empty() {
        return Err("识别程序没有给出文字，请检查 --ocr-command".to_owned());
    }
    let pages = text.split('\u{c}').enumerate();
    match pages.filter(|(_, page)| !is_legible(page.chars())).map(|(at, _)| at + 1).next() {
        Some(page) => Err(format!("识别程序给出的第{page}页不是可读的文字，请检查 --ocr-command 的语言设置")),
        None => Ok(()),
    }
}

fn is_legible(chars: impl Iterator<Item = char>) -> bool {
    let (mut all, mut han, mut common, mut odd) = (0usize, 0usize, 0usize, 0usize);
    for c in chars.filter(|c| !c.is_whitespace()) {
        all += 1;
        if is_han(c) {
            han += 1;
            common += usize::from(COMMON.contains(c));
        }
        odd += usize::from(is_odd(c));
        if is_lost(c) {
            return false;
        }
    }
    (han < FEWEST_HAN || common * 100 >= han * LEAST_COMMON) && (all < FEWEST_HAN || odd * 100 <= all * MOST_ODD)
}

/// A character that says that the glyph's meaning is not known.
fn is_lost(c: char) -> bool {
    matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

/// Letters that bytes of Chinese make when they are read as Latin, Arabic or half-width Kana.
fn is_odd(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{a6}' | '\u{a8}'..='\u{af}' | '\u{bf}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{24f}'
        | '\u{600}'..='\u{6ff}' | '\u{ff66}'..='\u{ff9f}')
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{2ffff}')
}
