//! Understanding on a small library of our own.

use std::collections::HashSet;
use std::sync::LazyLock;

use jiff::civil::date;

use super::*;
use crate::policy::Region;

struct Small {
    analyzer: Analyzer,
    gazetteer: Gazetteer,
    lexicon: Lexicon,
    directory: Directory,
    regions: HashSet<RegionCode>,
    vocabulary: Vocabulary,
    pairs: HashSet<String>,
}

const LEXICON: &str = "term\tofficial\trelation\tdomain\tnote\n\
    老人钱\t高龄津贴\tsynonym\t养老\t\n低保\t最低生活保障\tabbreviation\t救助\t\n公租房\t公共租赁住房\tabbreviation\t住房\t\n\
    稳岗返还\t失业保险稳岗返还\tabbreviation\t就业\t\n工伤\t工伤保险\tabbreviation\t就业\t\n咋\t怎么\tdialect\t方言\t\n\
    残保金\t残疾人就业保障金\tabbreviation\t就业\t\n育儿补贴\t育儿补贴\tsynonym\t生育\t\n居住证\t居住证\tsynonym\t户籍\t\n";

const TITLES: &[(&str, &str)] = &[
    ("青禾县人民政府办公室关于印发《青禾县高龄津贴发放办法》的通知", "990121"),
    ("2024年青禾县政务公开工作要点", "990121"),
    ("栖云市人民政府关于稳定就业的二十二条措施", "990100"),
    ("江澜省居住证实施细则", "990000"),
    ("望溪县公租房管理办法", "990122"),
    ("2023年青禾县政务公开工作要点", "990121"),
    ("青禾县支持养老服务的若干措施", "990121"),
];

static SMALL: LazyLock<Small> = LazyLock::new(|| {
    let lexicon = Lexicon::parse(&[("a.tsv".to_owned(), LEXICON.to_owned())]).unwrap();
    let analyzer = Analyzer::new(&lexicon);
    let place = |code: &str, name: &str, parent: &str, level, alias: &str| Region {
        code: RegionCode::parse(code).unwrap(),
        name: name.to_owned(),
        parent: RegionCode::parse(parent),
        level,
        aliases: vec![alias.to_owned()],
    };
    let gazetteer = Gazetteer::from(vec![
        place("990000", "江澜省", "", Level::Provincial, "江澜"),
        place("990100", "栖云市", "990000", Level::Prefecture, "栖云"),
        place("990121", "青禾县", "990100", Level::County, "青禾"),
        place("990122", "望溪县", "990100", Level::County, "望溪"),
        place("990123", "和平县", "990100", Level::County, "和平"),
        place("110000", "北京市", "", Level::Provincial, "北京"),
    ]);
    let codes: Vec<(&str, RegionCode)> =
        TITLES.iter().map(|(title, code)| (*title, RegionCode::parse(code).unwrap())).collect();
    let passages = ["补贴", "证明", "材料", "报销", "比例", "企业", "就业", "津贴", "申请", "社会保险", "电梯", "补助"];
    let vocabulary = Vocabulary::new(
        &analyzer,
        &lexicon,
        &gazetteer,
        codes.iter().map(|(title, code)| KnownTitle {
            title,
            region: Some(code),
            measures: is_called_by_measures(title).then_some(9),
        }),
        passages.iter().map(|word| ((*word).to_owned(), 60)),
    );
    let pairs = passages.iter().map(|word| (*word).to_owned()).collect();
    let regions = codes.into_iter().map(|(_, code)| code).collect();
    Small { analyzer, gazetteer, lexicon, directory: Directory::default(), regions, vocabulary, pairs }
});

fn asked_in(question: &str, region: Option<&str>) -> InformationNeed {
    let small = &*SMALL;
    let stands = |word: &str| small.pairs.contains(word);
    let background = Background {
        analyzer: &small.analyzer,
        gazetteer: &small.gazetteer,
        lexicon: &small.lexicon,
        learnt: &Learnt::default(),
        directory: &small.directory,
        regions: &small.regions,
        vocabulary: &small.vocabulary,
        stands: &stands,
    };
    let region = region.and_then(RegionCode::parse);
    let enquiry = Enquiry { question: question.to_owned(), region, as_of: date(2026, 11, 21), audience: None };
    understand(&enquiry, &background)
}

fn asked(question: &str) -> InformationNeed {
    asked_in(question, None)
}

fn corrections(need: &InformationNeed) -> Vec<(&str, &str)> {
    let replaced = need.expansions.iter().filter(|expansion| expansion.replaces && expansion.because != "方言口语");
    replaced.map(|expansion| (expansion.from.as_str(), expansion.to.as_str())).collect()
}

#[test]
fn two_places_beside_each_other_are_both_asked_about() {
    let names = |question: &str| {
        let need = asked(question);
        need.region.iter().chain(&need.regions_beside).map(|place| place.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names("青禾和望溪的高龄津贴分别多少"), ["青禾县", "望溪县"]);
    assert_eq!(names("栖云市青禾县的低保标准"), ["青禾县"]);
    assert_eq!(names("青禾县的老人去望溪看病怎么报"), ["青禾县"]);
    assert_eq!(names("青禾和北京的低保标准"), ["青禾县", "北京市"]);
    assert_eq!(asked("青禾和望溪的低保标准是").subject_text(), "低保标准");
}

#[test]
fn pinyin_is_read_as_words() {
    for (question, meant) in [
        ("gaoling jintie duoshao", "高龄津贴多少"),
        ("gongzufang zenme shenqing", "公租房怎么申请"),
        ("ju zhu zheng yao shenme cailiao", "居住证要什么材料"),
        ("青禾 dibao 咋申请", "青禾 低保 咋申请"),
        ("dibao meigeyue duoshao qian", "低保每个月多少钱"),
        ("在wifi里看PDF", "在wifi里看pdf"),
        ("ipv6 online", "ipv6 online"),
    ] {
        assert_eq!(asked(question).meant, meant);
    }
    let need = asked("gaoling jintie duoshao");
    assert_eq!(need.answer_type(), AnswerType::Amount);
    assert_eq!(corrections(&need), [("gaoling jintie duoshao", "高龄津贴多少")]);
}

#[test]
fn slips_that_sound_right_are_corrected_and_shown() {
    for (question, from, to) in [
        ("报消比例是多少", "报消", "报销"),
        ("育儿补帖怎么领", "育儿补帖", "育儿补贴"),
        ("连续三年稳刚返还能退几成", "稳刚返还", "稳岗返还"),
        ("残宝金要交吗", "残宝金", "残保金"),
        ("办居住正 多久", "居住正", "居住证"),
    ] {
        assert_eq!(corrections(&asked(question)), [(from, to)], "{question}");
    }
    for question in ["公式怎么算", "他报不报都行", "还能不能领", "和平路在哪", "申请公租房要什么证明"]
    {
        assert_eq!(corrections(&asked(question)), [], "{question}");
    }
}

#[test]
fn other_writings_fold_into_one() {
    let need = asked("申請居住證需要什麼資料");
    assert_eq!((need.answer_type(), need.subject_text().contains("居住证")), (AnswerType::Material, true));
    let need = asked("青政办发［２０２４］１２号第３条");
    assert_eq!(need.numbers.first().map(|number| (number.year, number.serial)), Some((Some(2024), 12)));
    assert_eq!(need.clause.as_deref(), Some("第3条"));
}

#[test]
fn documents_are_known_by_what_people_call_them() {
    let titles = |question: &str, region| asked_in(question, region).titles;
    assert_eq!(titles("高龄津贴发放办法第三条怎么说", None).len(), 1);
    assert_eq!(titles("《高龄津贴发放办法》还有效吗", None).len(), 1);
    assert_eq!(titles("青禾2024年要点这份文件公开吗", None), ["2024年青禾县政务公开工作要点"]);
    assert_eq!(titles("青禾那个要点里有几场开放日", None).len(), 2);
    assert_eq!(titles("就业那个22条里有没有培训补贴", None), ["栖云市人民政府关于稳定就业的二十二条措施"]);
    assert_eq!(titles("那个九条第三条怎么说", Some("990121")), ["青禾县支持养老服务的若干措施"]);
    assert_eq!(titles("“22条惠企政策”里有没有培训补贴", None), Vec::<String>::new());
    assert_eq!(titles("居住证实施细则原文", Some("990121")), ["江澜省居住证实施细则"]);
    assert_eq!(titles("《并无此事办法》第二条", None), ["并无此事办法"]);
    for question in ["办法总比困难多吗", "青禾22条措施有啥", "第二十二条是什么", "有什么办法能早点领", "高龄津贴怎么领"]
    {
        assert_eq!(titles(question, None), Vec::<String>::new(), "{question}");
    }
}

#[test]
fn places_are_told_from_words_and_context() {
    let place = |question: &str, region| {
        let need = asked_in(question, region);
        (need.region.map(|asked| (asked.name, asked.from)), need.region_needed)
    };
    let named = |name: &str, from| (Some((name.to_owned(), from)), None);
    let county = Some("990121");
    assert_eq!(place("望溪的老人钱多少", county), named("望溪县", RegionFrom::Question));
    assert_eq!(place("栖云青禾办居住证", None), named("青禾县", RegionFrom::Question));
    assert_eq!(place("我们县低保标准", county), named("青禾县", RegionFrom::Request));
    assert_eq!(place("我们市的低保标准", county), named("栖云市", RegionFrom::Context));
    assert_eq!(place("咱省有没有规定", county), named("江澜省", RegionFrom::Context));
    assert_eq!(place("我们县低保标准", None), (None, Some(Level::County)));
    assert_eq!(place("县里给500省里给600算谁的", county), named("青禾县", RegionFrom::Request));
    assert_eq!(place("北京老人钱多少", None), named("北京市", RegionFrom::Question));
    assert_eq!(place("去北京看病回来能报吗", county), named("青禾县", RegionFrom::Request));
    assert_eq!(place("邻里要和平相处吗", None), (None, None));
}

#[test]
fn a_day_in_the_past_becomes_the_day_asked_about() {
    let need = asked("2023年5月那会儿青禾低保标准多少");
    assert_eq!((need.as_of, need.as_of_asked, need.year), (date(2023, 5, 31), true, None));
    let need = asked("青禾2024年政务公开要点");
    assert_eq!((need.as_of_asked, need.year), (false, Some(2024)));
    let need = asked("去年交的材料现在还能用吗");
    assert_eq!((need.as_of_asked, need.year, need.times.len()), (false, None, 1));
}
