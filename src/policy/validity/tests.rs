use jiff::civil::date;

use super::*;
use crate::policy::{ClauseStatus, clause_status};

fn policy() -> Metadata {
    let mut meta = Metadata::new(DocumentId::parse("a").unwrap(), "青禾县某某办法", DocumentKind::Normative);
    meta.dates.effective = Some(date(2018, 7, 1));
    meta.dates.expires = Some(date(2023, 6, 30));
    let words = "本办法自2018年7月1日起施行，有效期5年".to_owned();
    let term = |kind, on| Term { kind, on, clauses: Vec::new(), at: "第九条".to_owned(), words: words.clone() };
    meta.terms = vec![term(TermKind::Commences, meta.dates.effective), term(TermKind::Expires, meta.dates.expires)];
    meta
}

fn event(kind: LifeEventKind, year: i16) -> LifeEvent {
    LifeEvent {
        kind,
        on: Some(date(year, 1, 1)),
        until: None,
        clauses: Vec::new(),
        inferred: false,
        by: DocumentId::parse("b").unwrap(),
        by_name: "《乙》".to_owned(),
        basis: None,
    }
}

fn on(year: i16, events: &[LifeEvent]) -> (Validity, String) {
    let verdict = validity(&policy(), events, date(year, 12, 31));
    (verdict.state, verdict.basis)
}

#[test]
fn a_verdict_cites_the_words_of_the_clause() {
    let words = "（第九条：“本办法自2018年7月1日起施行，有效期5年”）";
    assert_eq!(on(2017, &[]), (Validity::NotYetEffective, format!("自2018-07-01起施行{words}")));
    assert_eq!(on(2020, &[]), (Validity::InForce, format!("自2018-07-01起施行，有效期至2023-06-30{words}")));
    assert_eq!(on(2024, &[]), (Validity::Expired, format!("有效期至2023-06-30{words}")));
}

#[test]
fn an_extension_prolongs_and_a_review_confirms() {
    let extended = LifeEvent { until: Some(date(2026, 12, 31)), ..event(LifeEventKind::Extended, 2023) };
    assert_eq!(on(2024, std::slice::from_ref(&extended)).0, Validity::InForce);
    assert_eq!(on(2027, &[extended]).0, Validity::Expired);
    assert_eq!(on(2024, &[event(LifeEventKind::Extended, 2023)]).0, Validity::Unknown, "no new day is stated");
    assert_eq!(on(2025, &[event(LifeEventKind::Confirmed, 2025)]).0, Validity::InForce);
    assert_eq!(on(2024, &[event(LifeEventKind::Confirmed, 2025)]).0, Validity::Expired, "not confirmed yet");
}

#[test]
fn what_is_inferred_or_conditional_is_said() {
    let inferred = LifeEvent { inferred: true, ..event(LifeEventKind::Replaced, 2020) };
    let verdict = validity(&policy(), &[inferred], date(2021, 1, 1));
    assert_eq!((verdict.state, verdict.may_govern()), (Validity::Unknown, false));
    assert!(verdict.basis.contains("同名文件已有新版本《乙》（推定）"));
    let mut meta = policy();
    meta.dates.expires = None;
    (meta.terms[1].on, meta.terms[1].words) = (None, "有效期至《某某条例》出台之日".to_owned());
    assert_eq!(validity(&meta, &[], date(2021, 1, 1)).state, Validity::Unknown);
}

#[test]
fn an_amended_document_stays_in_force_and_its_clauses_do_not() {
    let clauses = vec!["第三条".to_owned(), "第8条第二款".to_owned()];
    let amended = LifeEvent { clauses: clauses.clone(), ..event(LifeEventKind::Amended, 2020) };
    let (state, basis) = on(2021, std::slice::from_ref(&amended));
    assert_eq!(state, Validity::InForce);
    assert!(basis.contains("2020-01-01经《乙》修改（第三条、第8条第二款）"), "{basis}");
    let status =
        |events: &[LifeEvent], labels: &[&str], year| clause_status(&policy(), events, labels, date(year, 12, 31));
    let events = [amended];
    assert!(matches!(status(&events, &["第三条第一款", "第三条"], 2021), ClauseStatus::Amended { .. }));
    assert!(matches!(status(&events, &["第八条"], 2021), ClauseStatus::Amended { .. }));
    assert_eq!(status(&events, &["第八条第一款", "第八条"], 2021), ClauseStatus::AsDocument);
    assert_eq!(status(&events, &["第三条"], 2019), ClauseStatus::AsDocument);
    let repealed = [LifeEvent { clauses, ..event(LifeEventKind::Repealed, 2020) }];
    assert_eq!(on(2021, &repealed).0, Validity::InForce);
    assert!(matches!(status(&repealed, &["第三条"], 2021), ClauseStatus::Repealed { .. }));
    assert_eq!(status(&repealed, &["第四条"], 2021), ClauseStatus::AsDocument);
}

#[test]
fn a_chapter_may_begin_later() {
    let mut meta = policy();
    let words = "第三章自2020年1月1日起施行".to_owned();
    let on = Some(date(2020, 1, 1));
    meta.terms.push(Term {
        kind: TermKind::Commences,
        on,
        clauses: vec!["第三章".to_owned()],
        at: String::new(),
        words,
    });
    let status = |day| clause_status(&meta, &[], &["第二十条", "第三章"], day);
    assert!(matches!(status(date(2019, 1, 1)), ClauseStatus::NotYetEffective { .. }));
    assert_eq!(status(date(2020, 1, 1)), ClauseStatus::AsDocument);
}
