//! What stands around every page, and how a template becomes a response.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

use super::super::assets;
use super::super::catalogue::Place;
use super::super::problem::Problem;

/// Which entry of the navigation a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Here {
    /// Asking.
    Ask,
    /// Searching.
    Search,
    /// Matching programmes.
    Match,
    /// The agents' console.
    Agent,
    /// The library.
    Documents,
    /// The description of the interface.
    Docs,
    /// None of them.
    Elsewhere,
}

/// What stands around every page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chrome {
    here: Here,
}

impl Chrome {
    /// The chrome of a page.
    pub(super) fn new(here: Here) -> Self {
        Self { here }
    }

    /// The address of an asset by its plain name.
    pub(super) fn asset(&self, name: &str) -> &'static str {
        let url = assets::url(name);
        debug_assert!(url.is_some(), "no asset {name}");
        url.unwrap_or_default()
    }

    /// Marks the current entry of the navigation.
    pub(super) fn current(&self, entry: &str) -> &'static str {
        let here = match self.here {
            Here::Ask => "ask",
            Here::Search => "search",
            Here::Match => "match",
            Here::Agent => "agent",
            Here::Documents => "documents",
            Here::Docs => "docs",
            Here::Elsewhere => "",
        };
        if here == entry { "page" } else { "false" }
    }
}

/// A choice of a select.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) selected: bool,
}

impl Choice {
    /// The places as choices; `asked` may be a code or a name.
    pub(super) fn places(places: &[Place], asked: Option<&str>) -> Vec<Self> {
        places
            .iter()
            .map(|place| Self {
                value: place.code.clone(),
                label: place.name.clone(),
                selected: asked == Some(&place.code) || asked == Some(&place.name),
            })
            .collect()
    }
}

/// Renders a template as a response.
pub(super) fn page(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, "网页模板渲染失败");
            // Plain JSON: the page for problems may be the one that failed.
            Problem::internal().into_response()
        }
    }
}
