//! Danger (紧急情形): told apart from questions about it.

use crate::policy::{Directory, EmergencyReply};

/// A longer text is a letter that tells of something; who is in danger writes a line.
const LONGEST_CRY: usize = 80;

// Words of somebody who speaks of the law, of what could be, or of what is long past.
pattern!(
    ABOUT,
    concat!(
        "责任|赔偿|赔付|赔钱|犯罪|构成|判刑|判几年|量刑|处罚|怎么罚|罚款|起诉|诉讼|立案|法律|规定|条例|预案|演练|预防|防范|防止|防治|避免|",
        "隐患|风险|危险源|如果|假如|万一|一旦|倘若|假设|可能|容易|严禁|情况下|的话|警告|险(?:种|金|怎么)|保险|理赔|遗嘱|遗产|继承|工伤|",
        "认定|鉴定|补助|补贴|津贴|救助金|报销比例|怎么算|算不算|是否|属于|离婚|合同|责令|标准|统计|宣传|教育活动|培训|考试|器材|设施|设备|",
        "验收|报警器|检测|条款|政策|文件|以前|去年|曾经|多年前|当年|纠纷|抓起来|能告|告他|法院|律师|定罪|坐牢|谁负责|担责|仲裁",
    )
);

// Words that make a thing a present one.
pattern!(
    PRESENT,
    "正在|现在|刚才|刚刚|刚|马上|快要|快来|快点|救命|救救|怎么救|紧急|我要|我想|想要|准备|打算|有人|不行了|了$|了[，。！!？? ]|着$|怎么办$|咋办$|[！!]"
);

/// The reply that a question needs before anything else.
pub(super) fn emergency<'d>(question: &str, directory: &'d Directory) -> Option<&'d EmergencyReply> {
    directory.emergencies.iter().find(|reply| sounds_like(question, reply))
}

/// Whether a part of a question speaks of this danger at all.
pub(super) fn speaks_of(part: &str, reply: &EmergencyReply) -> bool {
    reply.patterns.iter().chain(&reply.named).any(|word| part.contains(word.as_str()))
}

fn sounds_like(question: &str, reply: &EmergencyReply) -> bool {
    let cry = question.chars().count() <= LONGEST_CRY;
    let says = |words: &[String], part: &str| words.iter().any(|word| part.contains(word.as_str()));
    // What only somebody in danger says counts in any company; the mere name of a danger needs a sign of its presence.
    super::parts(question).any(|part| says(&reply.patterns, part) && (cry || reply.always) && !is_about(part, reply))
        || cry && says(&reply.named, question) && PRESENT.is_match(question) && !ABOUT.is_match(question)
}

/// Whether a part speaks about the danger rather than out of it; nobody who says 我不想活了 does.
fn is_about(part: &str, reply: &EmergencyReply) -> bool {
    !reply.always && ABOUT.is_match(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(patterns: &[&str], named: &[&str], always: bool) -> EmergencyReply {
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        EmergencyReply {
            situation: "示例".to_owned(),
            patterns: owned(patterns),
            named: owned(named),
            always,
            then_answers: false,
            numbers: Vec::new(),
            reply: "请拨打".to_owned(),
        }
    }

    #[test]
    fn danger_is_told_from_questions_about_it() {
        let life = reply(&["不想活", "我想死"], &["自杀", "跳楼"], true);
        let fire = reply(&["着火了", "闻到煤气味"], &["火灾", "起火"], false);
        let directory = Directory { emergencies: vec![life, fire], ..Directory::default() };
        for (question, expected) in [
            ("补贴一直不给 我不想活了", true),
            ("我想自杀", true),
            ("楼上有人要跳楼", true),
            ("家里着火了怎么办", true),
            ("隔壁起火了！快来", true),
            ("买保险后自杀，保险公司赔不赔", false),
            ("租的房子发生火灾烧坏了，谁承担责任", false),
            ("员工宿舍跳楼自杀算不算工伤", false),
            ("电动车起火了，厂家要赔偿吗", false),
            ("教唆他人自杀怎么判", false),
            ("小区没有消防设施，着火了谁负责赔偿", false),
        ] {
            assert_eq!(emergency(question, &directory).is_some(), expected, "{question}");
        }
    }
}
