use jiff::civil::date;

use super::*;

const TITLE: &str = "青禾县高龄津贴发放办法";

fn of(text: &str) -> (Option<Date>, Option<Date>) {
    let issued = Dates { written: Some(date(2023, 5, 10)), published: Some(date(2023, 5, 12)), ..Dates::default() };
    let period = period(TITLE, text, &issued);
    for term in &period.terms {
        assert!(text.contains(&term.words), "{text}: {term:?}");
    }
    (period.effective, period.expires)
}

#[test]
fn texts_state_their_period() {
    let (from, until) = (Some(date(2023, 7, 1)), Some(date(2028, 6, 30)));
    let day = |year, month, day| Some(date(year, month, day));
    for (text, expected) in [
        ("第九条　本办法自2023年7月1日起施行，有效期5年。", (from, until)),
        ("本办法自二〇二三年七月一日起施行，有效期五年，由县民政局负责解释。", (from, until)),
        ("本通知自2023年7月1日起执行，有效期至2028年6月30日。", (from, until)),
        ("本办法自2023年7月1日起施行，有效期为2023年7月1日至2028年6月30日。", (from, until)),
        ("本办法自印发之日起施行，有效期2年。", (day(2023, 5, 10), day(2025, 5, 9))),
        ("本方案适用于2026年度补贴，有效期至2028年6月30日。", (None, until)),
        ("本办法自公布之日起施行。", (day(2023, 5, 12), None)),
        ("本办法自发布之日起30日后施行。", (day(2023, 6, 11), None)),
        ("本办法自2023年7月1日起施行。2019年3月1日起施行的《旧办法》同时废止。", (from, None)),
        ("本规定自2023年7月1日零时起施行。", (from, None)),
        ("本通知自下发之日起执行。", (day(2023, 5, 10), None)),
        ("本办法从2023年7月1日起执行，试行期一年。", (from, day(2024, 6, 30))),
        ("以上规定，自2023年7月1日起执行。", (from, None)),
        ("执行日期为2023年7月1日。", (from, None)),
        ("五、实施时间：2023年7月1日。", (from, None)),
        ("【生效日期】2023年7月1日", (from, None)),
        ("本办法有效期自2023年7月1日至2028年6月30日。", (from, until)),
        ("本通知有效期自2023年7月1日起至2028年6月30日止。", (from, until)),
        ("第二十四条 本办法有效期5年，自2023年7月1日起施行。", (from, until)),
        ("本细则自2023年7月1日起施行，有效期暂定为五年。", (from, until)),
        (
            "本措施自发布之日起实施，有效期至2025年12月31日，根据政策变化适时调整。",
            (day(2023, 5, 12), day(2025, 12, 31)),
        ),
        ("本通知自发布之日起施行，执行至2025年底。", (day(2023, 5, 12), day(2025, 12, 31))),
        ("本政策措施有效期至2025年12月31日（具体措施明确执行期限的，从其规定）。", (None, day(2025, 12, 31))),
        ("本办法自2023年7月1日起施行，至2028年6月30日止。", (from, until)),
        ("本办法自2023年7月1日起试行，试行期限为两年。", (from, day(2025, 6, 30))),
        ("本办法自2023年7月1日起施行，暂定执行三年。", (from, day(2026, 6, 30))),
        ("本办法自2023年7月1日起施行，2028年7月1日起自行失效。", (from, until)),
        ("现予公布，自2023年7月1日起施行。", (from, None)),
        ("本办法自公布之日起满30日施行。", (day(2023, 6, 11), None)),
        ("本办法自印发之日起30日后施行，有效期3年。", (day(2023, 6, 9), day(2026, 6, 8))),
        ("本办法印发之日起施行。", (day(2023, 5, 10), None)),
        ("第二十九条本办法自发布起执行，有效期五年。", (day(2023, 5, 12), day(2028, 5, 11))),
        (
            "第三十五条本办法由省科技厅解释。有效期五年。\n第三十六条本办法印发之日起施行。",
            (day(2023, 5, 10), day(2028, 5, 9)),
        ),
        ("本办法自2023年7月1日起正式施行，有效期至2028年6月30日，有效期届满自动失效。", (from, until)),
        ("《青禾县高龄津贴发放办法》自2023年7月1日起施行，有效期五年。", (from, until)),
        ("本实施细则自2023年7月1日起实施，有效期60个月。", (from, until)),
        ("本办法自公布之日的次日起施行。", (day(2023, 5, 13), None)),
        ("本通知自2023年7月起执行。", (from, None)),
    ] {
        assert_eq!(of(text), expected, "{text}");
    }
}

#[test]
fn periods_of_other_things_are_not_the_documents() {
    for text in [
        "许可证有效期5年。合同自2020年1月1日起生效的，按合同执行。",
        "第八条 取水许可证有效期限一般为5年，最长不超过10年。",
        "本办法所称许可证有效期为5年。",
        "省新型研发机构自发文公布之日起有效期三年，期满重新申报。",
        "评价结果的有效期：A级为三年，B级为一年。",
        "第八条 县民政局颁发证书。有效期为三年，期满前申请延续。",
        "每次到期后组织复核，复核通过的，有效期延长三年。",
        "2018年10月1日起施行的《旧办法》规定，津贴按月发放。",
        "培训机构有效期限为3年。",
        "项目执行期限为两年，自合同签订之日起计算。",
        "规范性文件的有效期自施行之日起一般不超过5年。",
        "《某省某某条例》自2020年1月1日起施行，我县认真贯彻。",
        "从2023年1月起，每人每月提高100元。",
        "职工自2020年1月1日起执行新的缴费基数的，不再补缴。",
    ] {
        assert_eq!(of(text), (None, None), "{text}");
    }
}

#[test]
fn the_words_and_their_clause_are_kept() {
    let text = "第九条　本办法自2023年7月1日起施行，有效期5年。";
    let period = period(TITLE, text, &Dates::default());
    let cited: Vec<_> = period.terms.iter().map(Term::cited).collect();
    assert_eq!(cited, vec!["第九条：“本办法自2023年7月1日起施行，有效期5年”"; 2]);
}

#[test]
fn clauses_may_begin_later_and_an_event_may_end_a_text() {
    let issued = Dates { written: Some(date(2023, 5, 10)), ..Dates::default() };
    let found = period(TITLE, "第二十条 本办法自2023年7月1日起施行，其中第三章自2025年1月1日起施行。", &issued);
    assert_eq!(found.effective, Some(date(2023, 7, 1)));
    assert_eq!(
        (found.terms[1].clauses.as_slice(), found.terms[1].on),
        (&["第三章".to_owned()][..], Some(date(2025, 1, 1)))
    );
    let found = period(TITLE, "第二十条 除第八条、第九条自2024年1月1日起施行外，本办法自公布之日起施行。", &issued);
    assert_eq!(found.effective, Some(date(2023, 5, 10)));
    assert_eq!(found.terms[1].clauses, ["第八条", "第九条"]);
    let found = period(TITLE, "本通知自印发之日起执行，有效期至《某某条例》出台之日止。", &issued);
    assert_eq!((found.expires, found.terms.len(), found.terms[1].on), (None, 2, None));
}
