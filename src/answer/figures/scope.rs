//! The words around a value that say of whom, how often and up to where it holds (适用范围).

pattern!(
    BEFORE,
    r"(?x)
    (?:每(?:一)?(?:个?家庭|生|人|户|月|年|名|亩|件|次|学期|学年|季度|头|只|台|辆|家|个|吨|平方米|天|日|孩|床|公里|周|份|项|套|户次|人次))+
    |不得超过|不得低于|不得少于|不得高于|不超过|不高于|不低于|不少于|最高|最长|最多|最低|最少|至少|封顶|上限|下限
    |一次性|累计|合计|总计|人均|年均|户均|超过|未满|不满|不足|低于|高于|满|截至|截止|自|至"
);
pattern!(
    AFTER,
    r"(?x)^(?:（含）|\(含\))?(?:以上|及以上|以下|及以下|以内|之内|内|之前|前|为止|止|之后|后|起|左右|封顶)
    |^\s*[/／／](?:人|户|月|年|次|亩|件|天|日|台|辆|平方米|吨|[/／·])+"
);

/// Words that make a ceiling of an amount or a share.
const CEILINGS: &[&str] = &["最高", "不超过", "不得超过", "不高于", "不得高于", "最多", "封顶", "上限", "以内"];

/// Characters at which the words that belong to a value begin.
const BORDERS: &[char] = &['。', '；', ';', '：', ':', '\n', '|', '，', ',', '、', '（', '）', '(', ')'];

/// The words of scope around a value: in `before`, back to the last border, and right after it.
pub(super) fn around(before: &str, after: &str) -> Vec<String> {
    let from = before.rfind(BORDERS).map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let own = before.get(from..).unwrap_or(before);
    let words = BEFORE.find_iter(own).map(|found| found.as_str().to_owned());
    words.chain(AFTER.find(after).map(|found| found.as_str().trim().to_owned())).collect()
}

/// Whether these words make a ceiling of it.
pub(super) fn is_ceiling(scope: &[String]) -> bool {
    scope.iter().any(|word| CEILINGS.contains(&word.as_str()))
}
