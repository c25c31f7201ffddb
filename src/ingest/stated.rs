//! What a source states (载明) about a document beside its text.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::parse_date;
use crate::policy::{
    Attachment, Audience, Disclosure, DocumentId, DocumentKind, DocumentNumber, Level, Metadata, Place, RegionCode,
    Relation,
};

/// Fields a source gives; empty where it gives none.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Stated {
    /// Id in the source's own catalogue, as it stands there.
    pub id: Option<String>,
    /// 标题.
    pub title: Option<String>,
    /// 发文字号.
    pub number: Option<DocumentNumber>,
    /// 索引号.
    pub index_number: Option<String>,
    /// 发文机关.
    pub issuers: Vec<String>,
    /// The department whose site published it; an issuer only when nothing better is known.
    pub publisher: Option<String>,
    /// 行政区划代码.
    pub region: Option<RegionCode>,
    /// 层级.
    pub level: Option<Level>,
    /// 文种.
    pub kind: Option<DocumentKind>,
    /// The source's own words for the kind or the column it stood in.
    pub category: String,
    /// 主题分类.
    pub themes: Vec<String>,
    /// 适用对象.
    pub audience: Vec<Audience>,
    /// 成文日期.
    pub written: Option<Date>,
    /// 发布日期.
    pub published: Option<Date>,
    /// 施行日期.
    pub effective: Option<Date>,
    /// 有效期至.
    pub expires: Option<Date>,
    /// 公开属性.
    pub disclosure: Option<Disclosure>,
    /// Files published with it.
    pub attachments: Vec<Attachment>,
    /// Address of the page.
    pub url: Option<String>,
    /// Relations.
    pub relations: Vec<Relation>,
    /// 抄送机关.
    pub copied_to: Vec<String>,
    /// Where the source keeps these values; none: properties of the file.
    pub place: Option<Place>,
    /// Where those values stand that stand elsewhere, by field.
    pub places: Vec<(String, Place)>,
    /// What other parts of the source say about the same fields.
    pub others: Vec<(String, String, Place)>,
}

impl From<Metadata> for Stated {
    fn from(meta: Metadata) -> Self {
        Self {
            id: Some(meta.id.to_string()),
            title: Some(meta.title),
            number: meta.number,
            index_number: meta.index_number,
            issuers: meta.issuers,
            publisher: None,
            region: meta.region,
            level: meta.level,
            kind: Some(meta.kind),
            category: String::new(),
            themes: meta.themes,
            audience: meta.audience,
            written: meta.dates.written,
            published: meta.dates.published,
            effective: meta.dates.effective,
            expires: meta.dates.expires,
            disclosure: (meta.disclosure != Disclosure::Unstated).then_some(meta.disclosure),
            attachments: meta.attachments,
            url: None,
            relations: meta.relations,
            copied_to: meta.copied_to,
            place: Some(Place::FileHead),
            ..Self::default()
        }
    }
}

impl Stated {
    /// Reads the fields of a record by the names collections give them; a `metadata` object counts as part of the record.
    #[must_use]
    pub fn from_record(record: &Map<String, Value>) -> Self {
        let inner = record.get("metadata").and_then(Value::as_object);
        let get = |names: &[&str]| -> Option<String> {
            names.iter().find_map(|name| {
                let value = record.get(*name).or_else(|| inner.and_then(|inner| inner.get(*name)))?;
                scalar(value).filter(|text| !text.trim().is_empty())
            })
        };
        let list = |names: &[&str]| -> Vec<String> {
            let value = names.iter().find_map(|name| record.get(*name).or_else(|| inner.and_then(|i| i.get(*name))));
            match value {
                Some(Value::Array(values)) => values.iter().filter_map(scalar).collect(),
                Some(value) => scalar(value).map(|text| names_in(&text)).unwrap_or_default(),
                None => Vec::new(),
            }
        };
        let date = |names: &[&str]| get(names).and_then(|text| parse_date(&text));
        let kind = get(&["kind", "文种"]);
        Self {
            id: get(&["id", "_id"]),
            title: get(&["title", "标题"]),
            number: get(&["number", "document_number", "发文字号", "文号"])
                .and_then(|text| DocumentNumber::parse(&text)),
            index_number: get(&["index_number", "索引号"]),
            issuers: list(&["issuers", "issuer", "发文机关"]),
            publisher: get(&["dept", "department", "publisher", "来源"]),
            region: get(&["region", "行政区划代码"]).and_then(|text| RegionCode::parse(&text)),
            level: None,
            kind: kind.as_deref().and_then(DocumentKind::from_name),
            category: [kind, get(&["category", "栏目", "column"])].into_iter().flatten().collect::<Vec<_>>().join(" "),
            themes: list(&["themes", "theme", "主题分类"]),
            audience: Vec::new(),
            written: date(&["written", "成文日期"]),
            published: date(&["published", "date", "发布日期"]),
            effective: date(&["effective", "施行日期"]),
            expires: date(&["expires", "有效期至"]),
            disclosure: get(&["disclosure", "公开属性"]).and_then(|text| disclosure(&text)),
            attachments: attachments(record.get("attachments").or_else(|| record.get("附件"))),
            url: get(&["url", "link"]),
            place: Some(Place::Record),
            ..Self::default()
        }
    }

    /// Where the value of a field stands.
    #[must_use]
    pub fn place_of(&self, field: &str) -> Place {
        let elsewhere = self.places.iter().find(|(name, _)| name == field).map(|(_, place)| *place);
        elsewhere.or(self.place).unwrap_or(Place::Properties)
    }

    /// The id, when it can be one of the library's.
    #[must_use]
    pub fn document_id(&self) -> Option<DocumentId> {
        self.id.as_deref().and_then(|id| DocumentId::parse(id).ok())
    }
}

/// The disclosure (公开属性) a phrase names.
pub(super) fn disclosure(text: &str) -> Option<Disclosure> {
    if text.contains("依申请") {
        Some(Disclosure::OnRequest)
    } else if text.contains("不予公开") || text.contains("不公开") {
        Some(Disclosure::Withheld)
    } else if text.contains("主动公开") || text.contains("公开发布") {
        Some(Disclosure::Proactive)
    } else {
        None
    }
}

/// Names of authorities joined by 、 or white space.
pub(super) fn names_in(text: &str) -> Vec<String> {
    text.split(['、', ' ', '\u{3000}', ',', '，', ';', '；', '\n'])
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Attachments of a record: addresses, or objects with a name and an address.
fn attachments(value: Option<&Value>) -> Vec<Attachment> {
    let Some(Value::Array(values)) = value else { return Vec::new() };
    let found = values.iter().filter_map(|value| match value {
        Value::Object(fields) => {
            let get = |names: [&str; 3]| names.iter().find_map(|name| fields.get(*name).and_then(scalar));
            let location = get(["url", "href", "location"]);
            let title = get(["title", "name", "标题"]).or_else(|| location.clone())?;
            Some(Attachment { title, location })
        }
        value => scalar(value).map(|address| Attachment {
            title: address.rsplit('/').next().unwrap_or(&address).to_owned(),
            location: Some(address),
        }),
    });
    found.collect()
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
