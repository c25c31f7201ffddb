//! Question words (疑问词) and the kinds of answer they want: general wording, dialect included.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::AnswerType;

/// The kinds from the one that tells most of the answer's form to the one that tells least: the first of several leads.
pub(super) const ORDER: &[AnswerType] = &[
    AnswerType::Comparison,
    AnswerType::Original,
    AnswerType::Telephone,
    AnswerType::Rate,
    AnswerType::Amount,
    AnswerType::Duration,
    AnswerType::Deadline,
    AnswerType::Count,
    AnswerType::Material,
    AnswerType::Department,
    AnswerType::Place,
    AnswerType::Procedure,
    AnswerType::Condition,
    AnswerType::Definition,
    AnswerType::List,
    AnswerType::YesNo,
];

/// The words of each kind, separated by spaces.
const WORDS: &[(AnswerType, &str)] = &[
    (
        AnswerType::Comparison,
        "对比 比较一下 比一比 哪个算数 哪个为准 以哪个为准 以谁为准 有啥区别 有什么区别 有什么不同 有啥不同 啥区别 什么区别 \
         区别是 谁大 哪个高 哪个多 跟哪个走 是一回事 一样不 一样吗",
    ),
    (
        AnswerType::Original,
        "原文 第几条 哪一条 哪条 哪份文件 哪个文件 什么文件 啥文件 哪个政策文件 哪条规定 哪部法 全文 文件依据 法律依据 政策依据 \
         依据是什么 链接 下载 怎么写的 调一下 调出 念一下 贴出来 发我 怎么规定的 咋规定的 咋写的 出处",
    ),
    (
        AnswerType::Telephone,
        "电话 联系方式 打哪个号 热线号码 咨询方式是 打几号 手机号是多少 号码是多少 号码多少 怎么联系 咋联系 如何联系",
    ),
    (
        AnswerType::Rate,
        "比例 百分之几 百分之多少 几个点 多少个点 几成 费率 利率 权重 返还多少 返多少 返几 退几成 几折 几倍 多少倍 税率 点数 \
         多少利息 利息多少 利息是多少 利息怎么算 几厘 几分利 打几折 打多少折 多少折 \
         报销多少 报百分之 占多少 退多少 降多少",
    ),
    (
        AnswerType::Amount,
        "多少钱 几个钱 几分钱 几毛 几多钱 好多钱 多少元 多少块 几块钱 几块 几百 几千 几万 给多少 给好多 给几多 补多少 补好多 补几多 奖多少 奖几 领多少 领好多 领几多 \
         拿多少 拿好多 发多少 发好多 报多少 交多少 交几多 缴多少 交好多 最高多少 最多多少 至多多少 上限 封顶 补贴多少 补助多少 奖励多少 津贴多少 \
         减多少 罚多少 赔多少 扣多少 免多少 贷多少 金额 给几 什么标准 啥标准 标准多少 标准是 多少标准 补贴标准 补助标准 收费标准 \
         缴费标准 发放标准 奖励标准 贵不 收费多少 收多少 多少一个月 多少一年 多少一亩 一亩多少 一个月多少 每月多少 每年多少 一年多少 一次多少 \
         一天多少 够多少 花多少 要多少 出多少 掏多少 涨多少 底薪 几多 好多 省多少 能多少 少交多少 少多少 额度",
    ),
    (
        AnswerType::Duration,
        "多久 多长时间 好久 几天 几个月 几年 多少天 多少个月 多少年 多少个工作日 多长 几个工作日 时限几天 几天内 几日内 几小时 几个小时 \
         多少小时 几个钟头 几周 几个星期 多少日 几日 有效期",
    ),
    (
        AnswerType::Deadline,
        "什么时候 什么时间 啥时候 啥时间 啥时 何时 几时 多会儿 几号 几月几号 哪天 哪一天 哪日 截止 截至 到哪年 哪年 哪一年 哪个月 \
         时间节点 期限 最晚 最迟 几月 几点 时限 时间表 完成时间 到期时间 什么日子 办公时间 上班时间 何日 到几月",
    ),
    (
        AnswerType::Count,
        "几件 几次 多少个 几个 几项 几家 几人 几个人 多少人 多少家 多少户 几户 几名 多少名 多少件 多少次 多少项 多少条 几条 几类 几种 多少种 \
         几套 几处 不低于多少 不少于多少 哪几个号 几份 多少份 多少分 几分 几门 几亩 多少亩 多大面积 多少平 几平 几胎 几岁 多大年纪 多大岁数 \
         多大年龄 多少岁 几本 几张",
    ),
    (
        AnswerType::Material,
        "材料 资料 要带 带什么 带啥 带哪些 证件 啥证 什么证 哪些证 手续 交啥材料 交什么 交啥 证明材料 提供什么 提供啥 提供哪些 \
         准备什么 准备啥 准备哪些 填什么表 填啥表 什么表 要啥 要什么东西 需要什么证",
    ),
    (
        AnswerType::Department,
        "谁负责 谁来负责 由谁 是谁 哪个部门 哪些部门 什么部门 啥部门 哪个单位 哪些单位 什么单位 啥单位 责任单位 牵头单位 主管单位 牵头 找谁 找哪个 \
         找哪里 归谁 归哪 哪个办 谁保证 谁来 谁管 哪管 哪个局 哪个科 哪个股 责任部门 主管部门 受理部门 谁审 谁批 谁发 谁出 谁监督 \
         谁牵头 谁落实 谁办 哪家单位 向谁 跟谁 问谁 责任人 谁说了算 哪个管",
    ),
    (
        AnswerType::Place,
        "哪里 哪儿 在哪 入口 地址 哪看 地点 去哪 到哪里 到哪儿 哪个学校 哪个小学 哪个中学 哪所学校 哪能 上哪 往哪 啥地方 什么地方 \
         哪个地方 哪个窗口 几号窗口 哪个网站 什么网站 啥网站 哪个平台 什么平台 哪些平台 哪个网 什么渠道 哪些渠道 哪个app 哪查 哪办 在哪儿 去哪儿 搁哪",
    ),
    (
        AnswerType::Procedure,
        "怎么申请 怎样申请 咋申 咋申请 咋个申请 怎个申请 流程 程序 如何办理 步骤 咋弄 怎么办理 怎样办理 怎么弄 如何申请 怎么申报 如何申报 怎么报 \
         咋报 咋办 咋个办 怎么办 怎么处理 如何处理 咋处理 咋整 怎么整 啷个 怎么领 咋领 怎么交 咋交 怎么缴 怎么查 咋查 如何 怎样 怎么 咋样 咋个 \
         怎个 咋 点样 办理方式 申请方式 报名方式 咋搞 怎么搞 往后咋 该咋",
    ),
    (
        AnswerType::Condition,
        "条件 资格 谁能 谁可以 谁有资格 什么人 啥人 哪些人 哪些对象 什么情况 啥情况 哪些情况 哪些情形 什么情形 符合 门槛 什么要求 啥要求 有何要求 要求是 哪些要求 要求有 适用对象 适用范围 \
         对象是 哪种人 够不够 满足什么 哪类人",
    ),
    (
        AnswerType::Definition,
        "什么意思 啥意思 是什么 指什么 指啥 指的什么 怎么算 咋算 怎么计算 如何计算 咋计算 怎么定义 怎么认定 如何认定 咋认定 何谓 什么是 啥叫 \
         什么叫 叫啥 叫什么 是啥 怎么理解 如何理解 怎么划分 怎么解释",
    ),
    (
        AnswerType::List,
        "哪些 哪几 有什么 清单给 列清单 什么清单 清单是 清单有 列一下 列出来 列举 有啥 什么内容 啥内容 都有 包括什么 包括啥 哪类 哪种 什么活动 什么措施 什么政策 啥政策 能报啥 能享受什么",
    ),
    (
        AnswerType::YesNo,
        "吗 么 嘛 能不能 可不可以 是不是 有没有 要不要 会不会 是否 算不 算不算 还是 对吧 对不对 对不 行不 行不行 可以不 能否 可否 用不用 需不需要 \
         该不该 管不管 给不给 发不发 免不免 交不交 收不收 补不补 报不报 得不得 成不 有无 犯法不 违不违法 算数不 还能不 还给不 叠不叠加 够不够格",
    ),
];

struct Table {
    words: HashMap<&'static str, AnswerType>,
    longest: usize,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for (kind, list) in WORDS {
        for word in list.split_whitespace() {
            words.entry(word).or_insert(*kind);
        }
    }
    // A bare 多少 asks for a number of whatever stands beside it.
    words.entry("多少").or_insert(AnswerType::Amount);
    let longest = words.keys().map(|word| word.chars().count()).max().unwrap_or(0);
    Table { words, longest }
});

/// The longest question word that a text begins with, and its kind.
pub(super) fn at(text: &str) -> Option<(&'static str, AnswerType)> {
    let table = &*TABLE;
    let mut ends = [0; 16];
    let mut count = 0;
    for (at, c) in text.char_indices().take(table.longest.min(ends.len())) {
        ends[count] = at + c.len_utf8();
        count += 1;
    }
    ends[..count]
        .iter()
        .rev()
        .find_map(|&end| table.words.get_key_value(&text[..end]))
        .map(|(word, kind)| (*word, *kind))
}

/// All question words, for reading pinyin.
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    TABLE.words.keys().copied()
}
