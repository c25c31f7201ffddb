//! What an agent says where the library gives nothing to read out: fixed phrases. Those of the answer itself send people
//! to the hotline, and the hotline is who speaks here.

use crate::contract::{AnswerJson, Status};

/// The phrase for an answer that states nothing; none where quotes are read out.
pub(super) fn instead(answer: &AnswerJson, unit: Option<&str>) -> Option<String> {
    let unit = unit.unwrap_or("承办单位");
    let registered = format!("我为您登记，转{unit}核实后回复您。");
    let said = match answer.status {
        Status::NotFound => format!("您问的事项，在现有政策文件中没有查到明确规定。{registered}"),
        Status::ElsewhereOnly => {
            format!("没有查到您所在地区的规定，其他地区的规定不能作为您那里的依据。{registered}")
        }
        Status::LapsedOnly => format!("查到的规定在所问日期不具效力，不能作为现行依据。{registered}"),
        Status::Refused => match answer.reason.as_deref() {
            Some("personal_data") => {
                "个人信息不能在电话里查询。请本人持有效身份证件到经办窗口查询，或登录政务服务平台实名查询。".to_owned()
            }
            Some("individual_case") => format!("具体事项的办理进度和结果由经办部门答复。我为您登记，转{unit}。"),
            Some("opinion") => "我只能告诉您文件是怎么规定的，不作评价和推荐。您想了解哪一项规定？".to_owned(),
            Some("prediction") => "今后的政策变化我无法答复，现行有效的规定可以为您查。".to_owned(),
            Some("unlawful") => "这方面的要求不能提供。合法的办理条件和材料可以为您查。".to_owned(),
            _ => "这不属于政策咨询。如需反映问题，我可以为您登记转办。".to_owned(),
        },
        _ => return None,
    };
    Some(said)
}

/// Instead of a list too long to be read out: its beginning, and what to tell.
pub(super) fn cases(lead: &str, items: usize) -> String {
    format!("{lead}共{items}项。请说一下您的具体情况，我为您读出相应的一项。")
}

/// What is done with the call, by how the question ended.
pub(super) fn handling(status: Status) -> &'static str {
    match status {
        Status::Answered => "已按现行规定原文答复来电人。",
        Status::Partial => "已就有依据的部分答复；未写明的部分转承办单位核实后回复。",
        Status::ElsewhereOnly => "库中无来电人所在地的规定，转承办单位核实后回复。",
        Status::LapsedOnly => "库中只有所问日期不具效力的规定，转承办单位核实后回复。",
        Status::NeedsFact => "须先向来电人核实上述事项。",
        Status::NotFound => "库中未查到规定，转承办单位核实后回复。",
        Status::Refused => "不属于政策解答，按热线工作规程处理。",
        Status::Emergency => "紧急情形，已告知先拨打上述电话，并按应急规程报告。",
        Status::Unavailable => "系统暂不可用，登记后回复。",
    }
}
