//! Persons: a question for what only somebody's file or account holds.

/// Kin and other persons whose data are not the asker's; the longer before the shorter.
const KIN: &[&str] = &[
    "我妈妈",
    "我爸爸",
    "我爷爷",
    "我奶奶",
    "我外婆",
    "我外公",
    "我姥姥",
    "我姥爷",
    "我老公",
    "我老婆",
    "我丈夫",
    "我妻子",
    "我儿子",
    "我女儿",
    "我邻居",
    "我同事",
    "我朋友",
    "我哥",
    "我姐",
    "我弟",
    "我妹",
    "我叔",
    "我姨",
    "我舅",
    "我姑",
    "我妈",
    "我爸",
    "我爷",
    "我奶",
    "他叫",
    "她叫",
];

/// The hundred commonest family names, enough to notice a name after a kinship word.
const FAMILY_NAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";

/// Characters that end a kinship word's phrase rather than begin or continue a name.
const NO_NAME: &str = "的了能有是在想办要今年多岁级以上龄中血考残退没不和跟";

// What somebody's file or account holds.
pattern!(ACCOUNT, "低保|养老金|退休金|公积金|社保|医保|账户|余额|补贴|津贴|救助|申请|工资|失业金|贷款|档案|户口");

// Asking for it.
pattern!(ASKS, "多少|几|查|批|到账|进度|住哪|电话");

// A masked number is to be looked up: whose it is, or what stands behind it.
pattern!(LOOKS_UP, "查|是谁|哪里人|归属|余额|批了|批下|到账|进度|住哪|我的|有没有问题|能不能看");

/// Whether a question with a personal number wants something looked up by it, or says nothing else.
pub(super) fn looks_up(question: &str) -> bool {
    LOOKS_UP.is_match(question) || !super::matter::is_named(&question.replace(super::super::privacy::MASK, " "))
}

/// 我妈王桂兰一个月养老金多少: a kinship word, a name, and a question for what only an account holds.
pub(super) fn names_another(question: &str) -> bool {
    let named = |part: &str| {
        KIN.iter().any(|kin| part.match_indices(kin).any(|(at, _)| begins_with_name(&part[at + kin.len()..])))
    };
    super::parts(question).any(|part| ACCOUNT.is_match(part) && ASKS.is_match(part) && named(part))
}

/// Whether a text begins with a family name and one or two characters more.
fn begins_with_name(text: &str) -> bool {
    let mut chars = text.chars();
    let family = chars.next().is_some_and(|first| FAMILY_NAMES.contains(first));
    let given: Vec<char> = chars.take(2).collect();
    // 高龄, 高血压, 金额, 万元: words that begin like names.
    family && given.len() == 2 && given.iter().all(|c| !NO_NAME.contains(*c) && ('\u{4e00}'..='\u{9fff}').contains(c))
}
