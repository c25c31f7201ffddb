//! The rules of refusal: patterns of asking, with the words that make the question an ordinary one.

use std::sync::LazyLock;

use regex::Regex;

use super::Refusal;

/// A rule: what is asked, and what makes it a question of the law after all.
struct Rule {
    refusal: Refusal,
    asks: LazyLock<Regex>,
    unless: Option<&'static LazyLock<Regex>>,
    /// Whether it taints the whole question, so that nothing of it is answered.
    whole: bool,
}

macro_rules! rule {
    ($refusal:ident, $asks:expr, $unless:expr) => {
        rule!($refusal, $asks, $unless, false)
    };
    ($refusal:ident, $asks:expr, $unless:expr, $whole:expr) => {
        Rule {
            refusal: Refusal::$refusal,
            asks: LazyLock::new(|| Regex::new($asks).unwrap()),
            unless: $unless,
            whole: $whole,
        }
    };
}

// Asking what the law does about a wrong is not asking to do it.
pattern!(
    ABOUT_THE_LAW,
    "处罚|怎么罚|罚款|责任|犯罪|犯法|违法|构成|判|举报|投诉|后果|坐牢|维权|追究|处理|防止|识别|查处|打击|被查|被抓|会怎样|会怎么样"
);

// Who complains of a decision asks where and how, not for the decision.
pattern!(REMEDY, "投诉|举报|复议|起诉|诉讼|申诉|复核|救济|维权|向谁|向哪|找谁|怎么办|咋办|规定|多久|几天|时限");

/// The rules, tried in order; general wording, none written for one question.
static RULES: [Rule; 10] = [
    // 帮我写个假的, 怎么骗取: the deed itself is asked for.
    rule!(
        Unlawful,
        "(?:帮|给我|替我).{0,8}(?:写|弄|办|开|做|搞|造|整|买)(?:一)?(?:个|份|张|套|本|点)?假(?:[^期日设如装山肢牙发体]|$)|(?:写|弄|办|开|做|搞|整|买)(?:一)?(?:个|份|张|套|本)假(?:[^期日设如装山肢牙发体]|$)|代开假|(?:哪里|哪儿|在哪|去哪).{0,4}(?:办|买|开|做)假|帮.{0,4}(?:伪造|造假|作假)|(?:怎么|如何|咋|怎样)(?:才能)?(?:去)?(?:伪造|骗取|骗补|骗到|骗|套取|冒领|偷税|逃税|逃避|行贿|造假|作假|虚报)",
        Some(&ABOUT_THE_LAW)
    ),
    // 帮我查…: what only an account or a file holds.
    rule!(
        PersonalData,
        "(?:帮我|给我|帮忙|替我)查.{0,12}(?:低保|养老金|退休金|公积金|社保|医保|账户|余额|补贴|津贴|救助|申请|工资|失业金|贷款|档案)|查(?:询)?(?:一下|下|一查)?我(?:的|们家|家|妈|爸|爷|奶)?.{0,8}(?:低保|养老金|退休金|公积金|社保|医保|账户|余额|补贴|津贴|救助|申请|工资|失业金|贷款|档案)",
        Some(&HOW_TO_LOOK)
    ),
    // 批了没, 办到哪一步: how one case stands.
    rule!(
        IndividualCase,
        "批了没|批下来(?:了)?(?:没|吗)|批下来没|审(?:核)?(?:通)?过了?没|到账了?没|(?:怎么|咋|为什么|为啥).{0,4}还(?:没|不)(?:有)?(?:给我|批|到账|办下来|审|打款|发)|(?:凭啥|凭什么|为什么|为啥)不(?:给我|批我)|(?:我的|我家的?|我那个).{0,8}(?:办到哪|审到哪|进度|到哪(?:一)?步|结果出来)|(?:办|审|走)到哪一?步",
        Some(&REMEDY)
    ),
    // 明年还有没有, 以后会不会: what nobody can know from a text.
    rule!(
        Prediction,
        "(?:明年|后年|下一年|下半年|下个月|明后年).{0,14}(?:还?有没有|会不会|还会|会涨|会降|会取消|会变|涨不涨|降不降|取消不|还发不|还给不|还搞不|还有吗|继续吗|能涨|要涨|涨多少|涨到|调整吗|出台)",
        None
    ),
    rule!(
        Prediction,
        "(?:^|[，。！？\\s]|政策|补贴|补助|津贴|养老金|奖励|标准|低保|医保|社保|学区)(?:以后|今后|未来|将来|往后)(?:还)?(?:会不会|有没有|还有没有|还会有吗|还有吗|会(?:再)?(?:涨|降|取消|调整|提高|停).{0,2}吗)",
        None
    ),
    // 推荐, 哪个好: a judgement.
    rule!(
        Opinion,
        "你(?:来)?(?:推荐|觉得|认为|看好|建议我)|推荐(?:我|一下|个|哪)|(?:给|帮)我?推荐|求推荐|有(?:什么|啥)推荐|(?:哪个|哪种|哪家|哪边|哪里|哪儿)(?:县|市|省|地方|区)?(?:的)?(?:政策)?(?:更|最|比较)?(?:好|划算|合算|值得|强|靠谱)|划不划算|划算[不吗]|合不合算|值不值得?|(?:该|应该|建议)选(?:哪|谁)",
        None
    ),
    // The machine itself, and texts that want to be taken for documents.
    rule!(
        OutOfScope,
        "系统提示词|提示词是|(?:输出|打印|告诉我|显示|泄露|说出).{0,8}(?:提示词|密码|密钥|口令|源代码|你的指令|你的设定)|(?i:system prompt|ignore (?:all |the )?(?:previous|above)|jailbreak)|(?:忽略|无视|忘记|忘掉|不要管|抛开).{0,4}(?:以上|之前|前面|上面|上述|先前|所有).{0,6}(?:指令|指示|规则|要求|设定|提示|限制|内容)|(?:你现在是|从现在起你|从现在开始你|假装你是|你来扮演|请你?扮演)",
        None
    ),
    rule!(
        OutOfScope,
        "(?:把|将|按|以|拿)(?:下面|以下|下列|这|我|上面|如下).{0,8}(?:当成|当作|当做|作为|视为|视作|当)(?:是)?(?:政策|文件|规定|依据|条款|标准|原文)",
        None,
        true
    ),
    // Everything that a documents' desk is not for.
    rule!(
        OutOfScope,
        "天气预报|(?:今天|明天|后天).{0,4}天气|写(?:一)?首|写(?:一)?篇(?:作文|小说)|讲(?:个|一个)?(?:笑话|故事)|彩票(?:号|开奖)|(?:买|荐|推荐)(?:哪|什么)(?:只|支)?(?:股票|基金)|(?:怎么|如何)炒股|荐股|星座|算命|看手相|写(?:个|一个|段)?(?:代码|程序|脚本)|翻译成|(?:世界杯|比赛|球赛).{0,6}(?:谁|几比几|赢)|电影推荐|菜谱|怎么做菜",
        None
    ),
    // An illness is for a doctor.
    rule!(
        OutOfScope,
        "(?:是|得了?|算)(?:不是)?(?:啥|什么|哪种)病(?:$|[，。？！\\s呀啊])|吃(?:啥|什么)药(?:$|[，。？！\\s好])|怎么治(?:$|[，。？！\\s])",
        None
    ),
];

// Who asks how to look something up wants the way, not the data.
pattern!(
    HOW_TO_LOOK,
    "怎么查|咋查|如何查|在哪查|哪里查|哪查|去哪|怎样查|查询方式|查询渠道|标准|政策|文件|规定|条件|流程|材料|名额"
);

/// Why a text must not be answered from the library, by its words; and whether that taints the whole of it.
pub(super) fn refusal(text: &str) -> Option<(Refusal, bool)> {
    RULES
        .iter()
        .find(|rule| rule.asks.is_match(text) && !rule.unless.is_some_and(|unless| unless.is_match(text)))
        .map(|rule| (rule.refusal, rule.whole))
}
