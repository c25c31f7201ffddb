use super::*;

#[test]
fn every_writing_is_the_same_number() {
    let number = DocumentNumber::parse("会政办发〔2021〕85号").unwrap();
    for text in [
        "会政办发[2021]85号",
        "会政办发(2021) 85 号",
        "会政办发（２０２１）８５号",
        "会政办发2021 85",
        "会政办发〔2021〕85 号",
        "会政办发2021年第85号",
    ] {
        assert_eq!(DocumentNumber::parse(text), Some(number.clone()), "{text}");
    }
    assert_eq!(number.to_string(), "会政办发〔2021〕85号");
    assert_eq!(DocumentNumber::from_key(&number.key()), Some(number));
    assert_eq!(DocumentNumber::parse("国发[1998]字3号"), DocumentNumber::parse("国发〔1998〕3号"));
    assert_eq!(DocumentNumber::parse("国 办 发\n〔２０１８〕\n123 号"), DocumentNumber::parse("国办发〔2018〕123号"));
}

#[test]
fn orders_and_announcements_keep_their_form() {
    for (text, shown) in [
        ("国务院令第706号", "国务院令第706号"),
        ("国令第706号", "国令第706号"),
        ("国务院令（第七〇六号）", ""),
        ("国务院令 第七百零六号", "国务院令第706号"),
        ("省政府令〔2020〕第3号", "省政府令〔2020〕第3号"),
        ("江澜省人民政府令[2020]3号", "江澜省人民政府令〔2020〕第3号"),
        ("财政部 税务总局公告2020年第3号", "财政部税务总局公告2020年第3号"),
        ("通告 2020年第3号", "通告2020年第3号"),
        ("公告第十二号", "公告第12号"),
        ("住房和城乡建设部令第5号", "住房和城乡建设部令第5号"),
        ("国经贸〔2000〕1号", "国经贸〔2000〕1号"),
        ("太原市人民政府令第5号", "太原市人民政府令第5号"),
        ("工信部联规〔2020〕1号", "工信部联规〔2020〕1号"),
    ] {
        let number = DocumentNumber::parse(text);
        assert_eq!(number.as_ref().map(ToString::to_string).unwrap_or_default(), shown, "{text}");
        let Some(number) = number else { continue };
        assert_eq!(DocumentNumber::parse(&number.to_string()).as_ref(), Some(&number), "{text}");
        assert_eq!(DocumentNumber::from_key(&number.stored()).as_ref(), Some(&number), "{text}");
    }
    let order = DocumentNumber::parse("国令第706号").unwrap();
    assert_eq!(order.key(), DocumentNumber::parse("国务院令第706号").unwrap().key());
    let mentions = DocumentNumber::mentions("依照《某某条例》（中华人民共和国国务院令第706号）执行");
    assert!(mentions[0].matches(&order) && mentions.len() == 1, "{mentions:?}");
    assert_eq!(DocumentNumber::parse("第三条"), None);
    assert_eq!(DocumentNumber::parse("85号文"), None);
}

#[test]
fn partial_mentions_match() {
    let number = DocumentNumber::parse("旌政办〔2021〕74号").unwrap();
    for text in ["政办[2021]74号 哪几个号不并进来", "74号文是啥", "2021 74号说了什么", "〔2021〕74号"]
    {
        let mentions = DocumentNumber::mentions(text);
        assert!(mentions.iter().any(|m| m.matches(&number)), "{text}: {mentions:?}");
    }
    assert!(DocumentNumber::mentions("2021年8月27日印发").is_empty());
    assert!(DocumentNumber::mentions("拨打12345").is_empty());
}

#[test]
fn words_of_the_sentence_are_not_agency() {
    let mentions = DocumentNumber::mentions("根据国办发〔2020〕17号和甘政办发〔2020〕83号精神");
    let agencies: Vec<_> = mentions.iter().map(|m| m.agency.as_str()).collect();
    assert_eq!(agencies, ["国办发", "甘政办发"]);
}
