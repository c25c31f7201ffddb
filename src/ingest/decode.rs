//! Decoding (字符编码): bytes to text, or a refusal that says why.

use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// Share of replacement characters above which a text is damaged beyond use: one in fifty makes every clause doubtful.
const MAX_REPLACEMENTS: f64 = 0.02;
/// Share of control characters above which a file is binary.
const MAX_CONTROLS: f64 = 0.01;
/// Han characters needed before their frequency says anything.
const ENOUGH_HAN: usize = 40;
/// Least share of everyday characters among the Han characters of real Chinese: official texts have 12–25 %, texts
/// decoded with the wrong encoding below 1 %.
const MIN_EVERYDAY: f64 = 0.04;
/// Everyday characters of official texts, simplified and traditional.
const EVERYDAY: &str = "的一是在不和有人中大为為上国國年工作生民会會政府法行第条條定部市县縣区區日以及关關于於业業";

/// Beginnings of formats that are not text.
const MAGIC: [(&[u8], &str); 6] = [
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP（DOCX、XLSX、OFD 等）"),
    (b"\xD0\xCF\x11\xE0", "DOC/XLS/WPS"),
    (b"\x1F\x8B", "gzip"),
    (b"\x89PNG", "PNG 图片"),
    (b"\xFF\xD8\xFF", "JPEG 图片"),
];

/// Decodes a file. `declared` is the encoding the file itself names, as HTML does.
pub(super) fn decode(bytes: &[u8], declared: Option<&str>) -> Result<String, String> {
    if let Some((_, name)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(format!("内容是 {name}，暂不支持，请转换为 .txt、.md 或 .html"));
    }
    if let Some((encoding, skip)) = Encoding::for_bom(bytes) {
        let (text, had_errors) = encoding.decode_without_bom_handling(&bytes[skip..]);
        return if had_errors {
            Err(format!("{} 编码有损坏的字节", encoding.name()))
        } else {
            check(text.into_owned())
        };
    }
    if bytes.contains(&0) {
        return Err("是二进制内容，不是文本".to_owned());
    }
    let legacy = legacy(bytes, declared);
    match (std::str::from_utf8(bytes), legacy) {
        (Ok(text), Some(legacy)) if is_accidental(text, &legacy) => check(legacy),
        (Ok(text), _) => check(text.to_owned()),
        (Err(_), Some(legacy)) => check(legacy),
        (Err(error), None) => Err(format!(
            "编码无法辨认：第 {} 字节起不是合法的 UTF-8，也不是 GB18030；请另存为 UTF-8",
            error.valid_up_to() + 1
        )),
    }
}

/// The text in a Chinese legacy encoding, when that decodes without an error and gives Chinese.
fn legacy(bytes: &[u8], declared: Option<&str>) -> Option<String> {
    if bytes.is_ascii() {
        return None;
    }
    let guess = || {
        let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        detector.guess(Some(b"cn"), chardetng::Utf8Detection::Deny)
    };
    let declared = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    let first = declared.filter(|encoding| ![UTF_8, UTF_16LE, UTF_16BE].contains(encoding)).unwrap_or_else(guess);
    // GB18030 holds all of GBK and GB2312. Big5 bytes decode as GB18030 without an error too, and a guess for .cn never
    // names it: the reading with the larger share of everyday characters wins.
    let readings = [if first == encoding_rs::GBK { GB18030 } else { first }, GB18030, BIG5];
    let decoded =
        readings.iter().filter_map(|encoding| encoding.decode_without_bom_handling_and_without_replacement(bytes));
    let mut best: Option<(f64, String)> = None;
    for text in decoded.filter(|text| is_chinese(text)) {
        let everyday = everyday(&text).map_or(0.0, |(share, _)| share);
        if best.as_ref().is_none_or(|(most, _)| everyday > *most) {
            best = Some((everyday, text.into_owned()));
        }
    }
    best.map(|(_, text)| text)
}

/// Whether valid UTF-8 is an accident: GBK bytes such as those of 联通 and 通知 are valid UTF-8 without any Han.
fn is_accidental(text: &str, legacy: &str) -> bool {
    let says_something = text.chars().any(|c| !c.is_ascii() && !c.is_whitespace());
    says_something && !text.chars().any(is_han) && legacy.chars().any(is_han)
}

fn check(text: String) -> Result<String, String> {
    let total = text.chars().count().max(1);
    let share = |wanted: fn(char) -> bool| share(text.chars().filter(|&c| wanted(c)).count(), total);
    if share(|c| c == char::REPLACEMENT_CHARACTER) > MAX_REPLACEMENTS {
        return Err("文字多为乱码（替换字符），请找原文件重新导出".to_owned());
    }
    if share(|c| c.is_control() && !c.is_whitespace()) > MAX_CONTROLS {
        return Err("是二进制内容，不是文本".to_owned());
    }
    if !is_chinese(&text) {
        return Err("解码后不成文，多半是编码转换出错（乱码），请找原文件另存为 UTF-8".to_owned());
    }
    if text.chars().all(|c| c.is_whitespace() || c.is_control() || c == '\u{feff}') {
        return Err("没有文字".to_owned());
    }
    Ok(text)
}

/// Whether the Han characters, when there are enough of them, are those of real texts.
fn is_chinese(text: &str) -> bool {
    everyday(text).is_none_or(|(share, han)| han < ENOUGH_HAN || share >= MIN_EVERYDAY)
}

/// The share of everyday characters among the Han characters, and how many those are; private-use characters, which
/// wrong decodings are full of, count among them.
fn everyday(text: &str) -> Option<(f64, usize)> {
    let mut han = 0;
    let mut everyday = 0;
    for c in text.chars().filter(|&c| is_han(c) || matches!(c, '\u{e000}'..='\u{f8ff}')) {
        han += 1;
        everyday += usize::from(EVERYDAY.contains(c));
    }
    (han > 0).then(|| (share(everyday, han), han))
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}')
}

#[expect(clippy::cast_precision_loss, reason = "counts of characters of one file are far below 2^52")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "青禾县人民政府关于印发高龄津贴发放办法的通知。各乡镇人民政府，县直有关部门：现将办法印发给你们，\
                        请认真贯彻执行。本办法自二〇二三年七月一日起施行，有效期五年，由县民政局负责解释。";

    #[test]
    fn chinese_encodings_are_told_apart() {
        assert_eq!(decode(TEXT.as_bytes(), None).unwrap(), TEXT);
        assert_eq!(decode(&GB18030.encode(TEXT).0, None).unwrap(), TEXT);
        assert_eq!(decode(&GB18030.encode("通知").0, None).unwrap(), "通知", "valid UTF-8 by accident");
        assert_eq!(decode(&[b"\xEF\xBB\xBF", TEXT.as_bytes()].concat(), None).unwrap(), TEXT);
        let utf16: Vec<u8> = [0xFEFF].into_iter().chain(TEXT.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&utf16, None).unwrap(), TEXT);
        let traditional = "關於印發老人津貼發放辦法的通知，現將辦法印發給你們，請認真執行。本辦法自發布之日起施行，由民政部門負責解釋，\
                           有關事項請向縣政府辦理。";
        assert_eq!(decode(&BIG5.encode(traditional).0, None).unwrap(), traditional);
    }

    #[test]
    fn damage_is_refused_with_a_reason() {
        let mut broken = TEXT.as_bytes().to_vec();
        broken.remove(30);
        assert!(decode(&broken, None).unwrap_err().contains("编码"));
        let mojibake = encoding_rs::GBK.decode(TEXT.as_bytes()).0.into_owned();
        assert!(decode(mojibake.as_bytes(), None).is_err(), "UTF-8 read as GBK and saved again");
        assert!(decode(&"\u{fffd}".repeat(50).into_bytes(), None).unwrap_err().contains("乱码"));
        assert!(decode(b"\x00\x01\x02", None).unwrap_err().contains("二进制"));
        assert!(decode(b"%PDF-1.7 ...", None).unwrap_err().contains("PDF"));
    }
}
