//! Offices (机构): the names that texts give them, and the office of the asker's place that is meant.

use crate::index::Generation;
use crate::policy::{Level, RegionCode};

use super::super::NextStep;
use super::{known, place};

// An office named in running text: 县民政局, 县级人民政府民政部门, 市人力资源和社会保障局, 县就业服务中心.
pattern!(
    NAMED,
    concat!(
        r"(?:县级以上|市级以上|设区的市级?|县级|市级|省级|自治州|自治县|乡镇|[省市县区州旗])(?:以上)?(?:地方)?(?:各级)?(?:人民政府)?",
        r"(?:办公室|政府办公室|政府办|\p{Han}{2,14}?(?:局|厅|委员会|联合会|办公室|服务中心|经办中心|中心|主管部门|行政部门|管理部门|保障部门|民政部门|教育部门|财政部门|税务部门|医保部门|公安机关))",
    )
);

/// Words that stand between an office and something else: what they stand in is a piece of a sentence, no name.
const NO_NAME: &[&str] = &[
    "应当", "应", "可以", "会同", "有关", "相关", "其他", "所属", "下列", "负责", "以及", "或者", "向", "由", "到",
    "在", "的", "经", "将", "并", "为", "与", "按", "内", "于", "报", "是", "各", "范围", "组织", "根据", "依据",
    "通过", "对", "等", "变更", "取消", "不", "从", "给", "县", "市", "业主",
];

/// Characters before 市, 县, 区 or 州 that make another word of it: 小区, 社区, 城市.
const WORDS_BEFORE: [char; 20] = [
    '小', '社', '园', '景', '校', '片', '辖', '地', '山', '灾', '林', '牧', '矿', '库', '新', '城', '超', '股', '跨',
    '本',
];

/// Names of offices, mapped to a place.
pub(super) struct Office<'a> {
    pub(super) generation: &'a Generation,
    /// The place asked about.
    pub(super) asked: Option<&'a RegionCode>,
    /// The place of the document.
    pub(super) of: Option<&'a RegionCode>,
}

impl Office<'_> {
    /// The offices a text names, each with the name of its place where the text gives it.
    pub(super) fn named_in(&self, text: &str) -> Vec<String> {
        let places = self.generation.gazetteer().mentions(text);
        let mut names = Vec::new();
        for found in NAMED.find_iter(text) {
            let first = found.as_str().chars().next().map_or(0, char::len_utf8);
            // 青禾县民政局: the name of the place ends with the 县 that the office's name begins with.
            let whole =
                places.iter().find(|(range, _)| range.end == found.start() + first && range.start < found.start());
            let start = whole.map_or(found.start(), |(range, _)| range.start);
            // 小区业主委员会, 社区服务中心: the 区 belongs to another word.
            let inside_word = whole.is_none() && text[..found.start()].ends_with(WORDS_BEFORE);
            if inside_word {
                continue;
            }
            let name = &text[start..found.end()];
            let own = &text[found.start() + first..found.end()];
            if !NO_NAME.iter().any(|word| own.contains(word)) || self.is_known(name) {
                names.push(name.to_owned());
            }
        }
        names
    }

    /// The step to an office: in the directory of the place by its full, short or former name, or, for a name that fits
    /// every place (县级人民政府民政部门), the office of the asker's place.
    pub(super) fn step(&self, name: &str, quote: Option<usize>) -> NextStep {
        let region = self.region_of(name);
        let directory = self.generation.directory();
        let found = |name: &str| {
            directory.named(name, region).into_iter().find(|one| region.is_none() || one.region.as_ref() == region)
        };
        let bare = generic(name);
        let place = region.and_then(|code| self.generation.gazetteer().get(code));
        // 县扶贫办 stands in the directory as 青禾县扶贫办.
        let full = bare.zip(place).map(|(bare, place)| format!("{}{bare}", place.name));
        match found(name).or_else(|| full.as_deref().and_then(found)).or_else(|| bare.and_then(found)) {
            Some(department) => known(name, department, quote),
            None => NextStep { name: name.to_owned(), quote, ..NextStep::default() },
        }
    }

    fn is_known(&self, name: &str) -> bool {
        !self.generation.directory().named(name, None).is_empty()
    }

    /// The place whose office is meant: 省… means the province of the place, 市… its prefecture.
    fn region_of(&self, name: &str) -> Option<&RegionCode> {
        let here = place(self.generation, self.asked, self.of)?;
        let level = match name.chars().next()? {
            '省' => Level::Provincial,
            '市' if !name.starts_with("市场") => Level::Prefecture,
            '县' | '区' => Level::County,
            _ => return Some(here),
        };
        let line = self.generation.gazetteer().lineage(here);
        Some(line.into_iter().find(|region| region.level == level).map_or(here, |region| &region.code))
    }
}

/// The part of a name that every place has: 民政部门 of 县级以上人民政府民政部门, 民政局 of 县民政局.
fn generic(name: &str) -> Option<&str> {
    let cut = name.find("人民政府").map(|at| at + "人民政府".len());
    let rest = cut.map_or_else(|| name.strip_prefix(['省', '市', '县', '区', '州', '旗']), |at| name.get(at..))?;
    (!rest.is_empty()).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_fits_every_place_is_found() {
        assert_eq!(generic("县级以上人民政府民政部门"), Some("民政部门"));
        assert_eq!(generic("县民政局"), Some("民政局"));
        assert_eq!(generic("青禾县民政局"), None);
        let first = |text: &str| NAMED.find(text).map(|found| found.as_str().to_owned());
        assert_eq!(first("由县级人民政府民政部门审核").as_deref(), Some("县级人民政府民政部门"));
        assert_eq!(first("报市人力资源和社会保障局备案").as_deref(), Some("市人力资源和社会保障局"));
    }
}
