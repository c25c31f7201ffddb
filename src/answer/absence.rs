//! What a text cannot say (不能推断): what follows from its silence, and what became of an office it names.

use crate::query::InformationNeed;

use super::{Quoted, phrases};

patterns! {
    // 文件没写截止日期: the asker says himself what is not there.
    SILENT = r"(?:文件|条款|政策|通知|办法|方案|里面|上面|文中|原文|条文)(?:里|中|上)?(?:面)?(?:也|都|又)?(?:没有?|未)(?:写明|写清|写|说明|说清|说|规定|明确|注明|提到|提及|标明)(?:清楚|了)?(\p{Han}{2,8}?)(?:$|[^\p{Han}]|能|可|是|算|就|怎|咋|该|要|的)";
    // 现在找谁, 现在叫啥: what became of it.
    BECAME = r"现在(?:该|应该|要|又|还)?(?:找谁|找哪|叫什么|叫啥|归谁|归哪|是谁|是哪个|改叫|改成|由谁|属于谁)|(?:改|并|合并|划)(?:到|成|给)(?:哪|什么|谁)";
    // The words of a text that tells of it.
    CHANGE = r"更名|变更为|改称|改为|划转|划入|划归|并入|合并|承担|承接|组建|撤销|不再保留|加挂|重新组建";
}

/// What is asked and can stand in no quote, or stands in none of these.
pub(super) fn of(need: &InformationNeed, quotes: &[Quoted]) -> Vec<String> {
    let silent =
        SILENT.captures(&need.question).and_then(|found| found.get(1)).map(|what| phrases::silent(what.as_str()));
    let told = quotes.iter().any(|quoted| CHANGE.is_match(quoted.citation.quote()));
    let became = (BECAME.is_match(&need.question) && !told).then(|| phrases::SUCCESSOR_MISSING.to_owned());
    silent.into_iter().chain(became).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_and_successors_are_noticed() {
        let what = |text: &str| SILENT.captures(text).map(|found| found[1].to_owned());
        assert_eq!(what("通知没规定办理时限 能说当天办吗").as_deref(), Some("办理时限"));
        assert_eq!(what("没写申请表怎么办"), None);
        assert!(BECAME.is_match("文件写的老龄办 现在找谁") && !BECAME.is_match("现在高龄津贴找谁办"));
    }
}
