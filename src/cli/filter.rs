//! Filters by which documents are chosen on the command line.

use clap::Args;
use jiff::civil::Date;

use super::Failure;
use crate::consultation::{Desk, DocumentFilter};
use crate::policy::RegionCode;

/// 筛选.
#[derive(Debug, Args)]
pub(super) struct FilterArgs {
    /// 地区：行政区划代码或名称
    #[arg(long)]
    region: Option<String>,
    /// 文种，如 行政规范性文件
    #[arg(long)]
    kind: Option<String>,
    /// 主题
    #[arg(long)]
    theme: Option<String>,
    /// 发文机关（部分名称）
    #[arg(long)]
    issuer: Option<String>,
    /// 效力：in_force、expired、repealed、not_yet_effective、draft、unknown
    #[arg(long)]
    validity: Option<String>,
    /// 成文不早于
    #[arg(long, value_parser = crate::policy::parse_day)]
    from: Option<Date>,
    /// 成文不晚于
    #[arg(long, value_parser = crate::policy::parse_day)]
    to: Option<Date>,
    /// 效力按哪一天计算；缺省为今天
    #[arg(long, value_parser = crate::policy::parse_day)]
    as_of: Option<Date>,
}

impl FilterArgs {
    /// The filter, its place found in the library.
    pub(super) fn filter(&self, desk: &Desk) -> Result<DocumentFilter, Failure> {
        Ok(DocumentFilter {
            region: self.region.as_deref().map(|name| region_of(desk, name)).transpose()?,
            kind: self.kind.clone(),
            theme: self.theme.clone(),
            issuer: self.issuer.clone(),
            validity: self.validity.clone(),
            from: self.from,
            to: self.to,
        })
    }

    /// The day for which validity is computed.
    pub(super) fn as_of(&self) -> Date {
        self.as_of.unwrap_or_else(super::today)
    }
}

/// A region by code or name.
pub(super) fn region_of(desk: &Desk, name: &str) -> Result<RegionCode, Failure> {
    let library = desk.library();
    let gazetteer = library.generation().gazetteer();
    let by_code = RegionCode::parse(name).filter(|code| gazetteer.get(code).is_some());
    by_code
        .or_else(|| gazetteer.named(name).next().map(|region| region.code.clone()))
        .ok_or_else(|| Failure::input(format!("不认识地区“{name}”；请用行政区划代码（如 341825）或全称（如 旌德县）")))
}
