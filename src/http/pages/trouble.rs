//! The page for a problem: what is wrong and what to do.

use askama::Template;
use axum::response::Response;

use super::super::problem::Problem;
use super::chrome::{Chrome, Here, page};

/// The page.
#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage<'p> {
    chrome: Chrome,
    status: u16,
    title: &'p str,
    detail: &'p str,
}

/// A problem as a page.
pub(in super::super) fn problem_page(problem: &Problem) -> Response {
    let template = ProblemPage {
        chrome: Chrome::new(Here::Elsewhere),
        status: problem.status().as_u16(),
        title: problem.title(),
        detail: problem.detail(),
    };
    page(problem.status(), &template)
}
