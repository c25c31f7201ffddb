use super::*;
use crate::ingest::count_characters;

const SIZE: f32 = 10.0;

/// A run of Han characters, ten points each; `x` and `y` in characters and lines.
fn run(page: u32, x: f32, line: f32, text: &str) -> Run {
    let width = SIZE * text.chars().map(|c| if spacing::is_square(c) { 1.0 } else { 0.5 }).sum::<f32>();
    Run { page, x: 50.0 + x * SIZE, y: 100.0 + line * 18.0, width, height: SIZE, size: SIZE, text: text.to_owned() }
}

fn page(number: u32, runs: Vec<Run>, rules: Vec<Rule>) -> Page {
    Page { number, width: 300.0, height: 800.0, runs, rules }
}

/// Lays out and checks that no character is lost or made.
fn laid(pages: &[Page]) -> Laid {
    let laid = lay_out(pages);
    let source: usize = pages.iter().flat_map(|page| &page.runs).map(|run| count_characters(&run.text)).sum();
    let noise: usize = laid.noise.iter().map(|noise| count_characters(&noise.text)).sum();
    assert_eq!(source + laid.added, count_characters(&laid.text) + noise, "{laid:?}");
    laid
}

/// The rules of a grid with its columns and rows at these places.
fn grid(xs: &[f32], ys: &[f32]) -> Vec<Rule> {
    let (left, right) = (xs[0], xs[xs.len() - 1]);
    let (top, bottom) = (ys[0], ys[ys.len() - 1]);
    let level = ys.iter().map(|&y| Rule { left, right, top: y, bottom: y });
    let upright = xs.iter().map(|&x| Rule { left: x, right: x, top, bottom });
    level.chain(upright).collect()
}

#[test]
fn wrapped_lines_join_without_a_space_and_clauses_open_lines() {
    let runs = vec![
        run(1, 2.0, 0.0, "第一条　为了规范补贴发放工作，"),
        run(1, 0.0, 1.0, "根据本省规定，结合本县实际，有效"),
        run(1, 0.0, 2.0, "期至2028年。"),
        run(1, 2.0, 3.0, "第二条　本办法所称补贴，包括下"),
        run(1, 0.0, 4.0, "列各项，按照第三条的规定发放："),
        run(1, 2.0, 5.0, "（一）高龄津贴；"),
        run(1, 2.0, 6.0, "（二）护理补贴。"),
    ];
    assert_eq!(
        laid(&[page(1, runs, Vec::new())]).text.lines().collect::<Vec<_>>(),
        [
            "第一条　为了规范补贴发放工作，根据本省规定，结合本县实际，有效期至2028年。",
            "第二条　本办法所称补贴，包括下列各项，按照第三条的规定发放：",
            "（一）高龄津贴；",
            "（二）护理补贴。",
        ]
    );
}

#[test]
fn page_numbers_and_running_heads_are_noise_and_a_paragraph_runs_over_the_page() {
    let sheet = |number: u32, first: &str, last: &str| {
        let at = |y: f32, mut run: Run| {
            run.y = y;
            run
        };
        let mut runs = vec![at(30.0, run(number, 0.0, 0.0, "示例规范汇编")), run(number, 0.0, 0.0, first)];
        runs.extend((1..6).map(|line| run(number, 2.0, line as f32, "独立成段的短句。")));
        runs.push(run(number, 2.0, 6.0, last));
        runs.push(at(770.0, run(number, 10.0, 0.0, &format!("— {number} —"))));
        page(number, runs, Vec::new())
    };
    let last = "这一句话从这一页开始写起，一直";
    let laid = laid(&[
        sheet(1, "示例开头的一行文字在这里写得很长", last),
        sheet(2, "写到下一页的第一行为止。", last),
        sheet(3, "写到下一页的第一行为止。", "末句。"),
    ]);
    assert_eq!(laid.text.matches("一直写到下一页的第一行为止。").count(), 2, "{}", laid.text);
    let reasons: Vec<&str> = laid.noise.iter().map(|noise| noise.reason.as_str()).collect();
    assert_eq!(
        (reasons.iter().filter(|r| **r == "页码").count(), reasons.iter().filter(|r| **r == "页眉").count()),
        (3, 3)
    );
}

#[test]
fn two_columns_are_read_one_after_the_other() {
    let mut runs = vec![run(1, 3.0, 0.0, "横跨两栏的示例公报标题")];
    for line in 1..=8 {
        runs.push(run(1, 0.0, line as f32, "左栏文字左栏文字左栏文"));
        runs.push(run(1, 13.0, line as f32, "右栏文字右栏文字右栏文"));
    }
    let text = laid(&[page(1, runs, Vec::new())]).text;
    assert!(text.starts_with("横跨两栏的示例公报标题\n左栏"), "{text}");
    assert_eq!(text.rfind('左').map(|left| left < text.find('右').unwrap()), Some(true), "{text}");
}

#[test]
fn ruled_tables_have_their_cells_and_run_over_pages() {
    let rows = |number: u32, names: [&str; 2]| {
        let mut runs = vec![run(number, 1.0, 1.0, "档次"), run(number, 11.0, 1.0, "金额")];
        runs.extend([run(number, 1.0, 2.0, names[0]), run(number, 11.0, 2.0, "100|元")]);
        runs.extend([run(number, 1.0, 3.0, names[1]), run(number, 11.0, 3.0, "200元")]);
        let lines = [105.0, 122.0, 140.0, 158.0];
        page(number, runs, grid(&[50.0, 150.0, 250.0], &lines))
    };
    let laid = laid(&[rows(1, ["一", "二"]), rows(2, ["三", "四"])]);
    assert_eq!(
        laid.text,
        "| 档次 | 金额 |\n|---|---|\n| 一 | 100｜元 |\n| 二 | 200元 |\n| 三 | 100｜元 |\n| 四 | 200元 |"
    );
    assert_eq!(laid.noise[0].reason, "续页重复的表头");
}

#[test]
fn words_that_stand_under_each_other_are_a_table_and_a_list_of_contents_is_none() {
    let mut runs = Vec::new();
    for (line, (name, sum)) in
        [("项目", "标准"), ("高龄津贴", "每月一百元"), ("护理补贴", "每月八十元")].into_iter().enumerate()
    {
        runs.extend([run(1, 0.0, line as f32, name), run(1, 12.0, line as f32, sum)]);
    }
    assert!(laid(&[page(1, runs, Vec::new())]).text.starts_with("| 项目 | 标准 |\n|---|---|\n| 高龄津贴 |"));
    let contents = (0..4).map(|line| run(1, 0.0, line as f32, "一、总则..............................1")).collect();
    assert_eq!(laid(&[page(1, contents, Vec::new())]).text.lines().count(), 4);
}

/// A table of two rows at the foot of a page or at the head of the next; the columns are four and eight characters wide.
fn part(number: u32, rows: &[(f32, &str, &str)], ys: &[f32]) -> Page {
    let runs = rows.iter().flat_map(|&(line, one, other)| {
        [(0.5, one), (5.5, other)]
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(move |(x, text)| (x, line, text))
    });
    let runs = runs.map(|(x, line, text)| run(number, x, line, text)).collect();
    page(number, runs, grid(&[50.0, 100.0, 190.0], ys))
}

#[test]
fn a_row_that_a_page_breaks_is_put_together_and_a_new_row_stays_one() {
    let first = part(1, &[(1.0, "事项", "时限"), (2.0, "补贴", "发放前公示不少")], &[105.0, 122.0, 140.0]);
    let rest = part(2, &[(1.0, "", "于七日"), (2.0, "救助", "每月")], &[105.0, 122.0, 140.0]);
    let whole = "| 事项 | 时限 |\n|---|---|\n| 补贴 | 发放前公示不少于七日 |\n| 救助 | 每月 |";
    assert_eq!(laid(&[first.clone(), rest]).text, whole);
    let only = laid(&[first, part(2, &[(1.0, "", "于七日")], &[105.0, 122.0])]).text;
    assert!(only.ends_with("| 补贴 | 发放前公示不少于七日 |"), "{only}");
    let short = part(1, &[(1.0, "事项", "时限"), (2.0, "补贴", "每月")], &[105.0, 122.0, 140.0]);
    let apart = laid(&[short, part(2, &[(1.0, "", "每年"), (2.0, "救助", "每月")], &[105.0, 122.0, 140.0])]).text;
    assert!(apart.contains("| 补贴 | 每月 |\n|  | 每年 |"), "{apart}");
}

#[test]
fn a_number_between_brackets_is_not_parted_from_them_at_the_end_of_a_line() {
    let runs = vec![run(1, 0.5, 1.0, "文号"), run(1, 5.5, 1.0, "时间"), run(1, 0.5, 2.0, "青政发")];
    let more = vec![run(1, 0.5, 3.0, "〔2014〕2号"), run(1, 5.5, 2.0, "当年")];
    let rules = grid(&[50.0, 110.0, 200.0], &[105.0, 122.0, 158.0]);
    let text = laid(&[page(1, runs.into_iter().chain(more).collect(), rules)]).text;
    assert!(text.contains("| 青政发〔2014〕2号 | 当年 |"), "{text}");
}

#[test]
fn signatures_at_the_right_edge_stand_alone_and_a_reference_opens_no_article() {
    let text = laid(&[page(
        1,
        vec![
            run(1, 2.0, 0.0, "第一条　为了规范补贴发放工作，"),
            run(1, 0.0, 1.0, "可以按照本办法叠加享受各类补贴；"),
            run(1, 0.0, 2.0, "第六条规定的补贴除外。"),
            run(1, 11.0, 3.0, "青禾县政府"),
            run(1, 10.5, 4.0, "五月十八日。"),
            run(1, 0.0, 5.0, "附件一"),
        ],
        Vec::new(),
    )])
    .text;
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0].chars().filter(|&c| c == '第').count(), 2, "{text}");
    assert_eq!(&lines[1..], ["青禾县政府", "五月十八日。", "附件一"]);
}

#[test]
fn gaps_are_spaces_where_the_line_is_tight_and_a_wide_one_behind_an_article_is_the_wide_space() {
    let line = |runs: &[(f32, &str)]| {
        let runs: Vec<Run> = runs.iter().map(|&(x, text)| run(1, x, 0.0, text)).collect();
        spacing::join(&runs)
    };
    assert_eq!(line(&[(0.0, "第一条"), (4.1, "为了规范")]), "第一条　为了规范");
    assert_eq!(line(&[(0.0, "第一条"), (3.5, "为了规范")]), "第一条 为了规范");
    assert_eq!(line(&[(0.0, "水质"), (2.3, "氨氮的测定")]), "水质 氨氮的测定");
    assert_eq!(line(&[(0.0, "标"), (1.3, "题"), (2.6, "宽")]), "标题宽");
    assert_eq!(line(&[(0.0, "2024"), (2.25, "年1月")]), "2024年1月");
    assert_eq!(line(&[(0.0, "3.1"), (1.75, "汽车")]), "3.1 汽车");
}

proptest::proptest! {
    #[test]
    fn nothing_is_lost_whatever_the_places(
        words in proptest::collection::vec((1u32..4, -50f32..400.0, -50f32..900.0, 0f32..40.0, "[ 第一条|.1—a]{1,6}"), 0..60),
        rules in proptest::collection::vec((0f32..300.0, 0f32..800.0, 0f32..300.0, 0f32..800.0), 0..20),
    ) {
        let mut pages: Vec<Page> = (1..4).map(|number| page(number, Vec::new(), Vec::new())).collect();
        for (number, x, y, size, text) in words {
            let width = size * text.chars().count() as f32;
            pages[number as usize - 1].runs.push(Run { page: number, x, y, width, height: size, size, text });
        }
        pages[0].rules = rules.into_iter().map(|(a, b, c, d)| Rule { left: a.min(c), top: b, right: a.max(c), bottom: b + (d - b).abs() }).collect();
        laid(&pages);
    }
}
