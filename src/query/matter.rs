//! Whether a question names a matter (事项) at all: 低保怎么申请 does, 公司注册不到一年能报不 does not.
//!
//! A question names none when nothing is left of it after its words of asking, of dealing with offices, and of the
//! asker's own circumstances.

use std::sync::LazyLock;

use regex::Regex;

/// The asker's circumstances: they decide a case, and say nothing of which.
static CIRCUMSTANCES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?:我|他|她|孩子|娃|老人|家里)?(?:的)?(?:户口|户籍)(?:本)?(?:还)?(?:不在|不是|没在|在|是|落在|迁到)(?:了)?(?:外地|外省|外县|本地|本省|本县|本市|农村|城里|县里|市里|老家|这里|这儿|这边|当地)|",
        r"(?:外地|外省|本地|农村|非本地|本县)(?:的)?(?:户口|户籍)(?:的)?|",
        r"(?:公司|企业|厂|店|我们|单位)(?:才|刚|是)?(?:注册|成立|开业|开|办)(?:了)?(?:还)?(?:不到|不足|不满|没到|未满|刚满|满|超过|有|才)?[0-9一二两三四五六七八九十半]+(?:个)?(?:年|月)(?:多)?|",
        r"(?:今年|虚岁|周岁|满|刚满|快)*[0-9一二三四五六七八九十]+(?:周|多)?岁(?:了|半)?|",
        r"(?:我|我们)(?:在|是)(?:外地|外省|本地|农村|城里|乡下)(?:的)?(?:人)?|",
        r"(?:去年|前年|今年|上个月|以前|之前)?(?:已经|都)?(?:领|报|办|申请|申报|享受|交|拿|补)过(?:了|的)?(?:一次|一回)?",
    ))
});

/// Words of asking and of dealing with offices, which any matter shares; the longer before the shorter.
static SHARED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        // kin and persons
        r"母亲|父亲|祖母|祖父|奶奶|爷爷|妈妈|爸爸|丈夫|妻子|老公|老婆|儿子|女儿|孩子|家里人|家人|别人|本人|自己|咱们|我们|你们|他们|我家|我妈|我爸|我奶|我爷|",
        // asking
        r"请问|麻烦|告诉|问一下|一下|想知道|想问|谁知道|帮我|给我|发我|看看|说说|什么时候|啥时候|啥时|什么|怎么样|怎么|怎样|如何|咋个|咋办|咋弄|咋|啥|哪些|哪个|哪里|哪儿|哪天|哪|谁|多少钱|多少|多久|多长时间|几天|几号|几年|几个月|几点|几个|几|",
        r"能不能|可不可以|可以|能否|可否|是不是|有没有|会不会|要不要|行不行|给不给|还能|也能|都能|能|会|行|吗|呢|吧|啊|呀|嘛|么|不|没有|没|否|是否|为什么|为啥|凭啥|凭什么|",
        r"那么|那个|那些|那|这个|这些|这种|这项|这条|这份|这|它们|它|该|此|上述|上面|前面|刚才|刚刚|还有|另外|然后|接着|再|还|也|都|就|只|又|最近的|最近|最新|现在|目前|一般|大概|具体|今年|去年|明年|后年|前年|以后|今后|将来|本年|这里|这边|那边|我们这|",
        // dealing with offices
        r"办理|办下来|办|申请|申报|申领|领取|领到|领|报名|报销|报|上交|缴纳|缴费|缴|交|提交|提供|需要|需|要|带|拿|给|发放|发|享受|算|查询|查|找|联系|咨询|打款|打|到账|批准|批|审核|负责|调出来|调|管|牵头|归|处理|弄|搞|整|下载|打印|看|写|怎么说|说|讲|完成|工作日|办结|办完|生效|施行|实施|执行|批下来|发下来|到位|已遮蔽|开始|截止是|截止|结束|到期|续|",
        r"补贴|补助|津贴|奖励|奖补|资金|钱|政策|规定|文件|办法|通知|方案|措施|细则|条款|条件|资格|材料|资料|手续|证件|证明|清单|流程|步骤|程序|方式|入口|窗口|地址|地点|地方|电话|号码|热线|部门|单位|责任|牵头单位|责任单位|责任部门|时间|期限|时限|日期|标准|金额|数额|额度|比例|要求|原文|全文|依据|链接|解读|内容|事项|项目|事情|事|东西|名单|范围|对象|待遇|",
        // places and function words
        r"省里|市里|县里|区里|镇上|乡里|村里|省|市|县人民政府|县|第[0-9一二三四五六七八九十百]+[条款项章节]|[的了着过完地得在到去来和跟与或把被对向从为是有人年月日号元块个条份项种次回家我你他她您咱请想该应让用以上下里外中内前后所之其]|百分之|千分之|[0-9一二三四五六七八九十百千万亿零两]*分之[0-9一二三四五六七八九十百千万亿零两]*|[0-9.%,]+",
    ))
});

fn pattern(text: &str) -> Regex {
    #[expect(clippy::unwrap_used, reason = "constant patterns, compiled in every test run")]
    Regex::new(text).unwrap()
}

/// Whether a text names a matter.
pub(super) fn is_named(text: &str) -> bool {
    letters(text) > 0
}

/// How many letters of a text name a matter: one may be a stray, two are a word.
pub(super) fn letters(text: &str) -> usize {
    let bare = CIRCUMSTANCES.replace_all(text, " ");
    SHARED.replace_all(&bare, "").chars().filter(|c| c.is_alphanumeric()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matter_is_told_from_circumstances_and_dealings() {
        for question in [
            "低保怎么申请",
            "居住证办下来要几天",
            "户口怎么迁",
            "展位费报多少",
            "稳岗补贴要不要申请",
            "同一项目省里给了县里还给不给",
            "厂在开发区 注册在镇上 按哪个政策",
            "新农合今年交多少",
            "公司注册要什么材料",
            "残联电话",
            "老人钱一个月多少",
            "试行的文件几年失效",
        ] {
            assert!(is_named(question), "{question}");
        }
        for question in [
            "公司注册不到一年能报不",
            "去年领过今年还能领不",
            "那谁负责的",
            "要交啥",
            "多久",
            "我妈户口在外地能不能办",
            "明年还有没有这个补贴",
            "调一下县里那个的第三条第二款",
            "怎么申请 要什么材料",
            "那最近的截止是几号",
            "电话多少",
        ] {
            assert!(!is_named(question), "{question}");
        }
    }
}
