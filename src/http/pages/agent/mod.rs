//! `/agent`: the console (坐席工作台) of those who answer the hotline. A caller is on the line: the words to read out, the
//! clause, who is responsible, what to write down. Whole without scripts; with them the result is put in place.

mod asking;
mod beside;
mod message;
mod order;
mod paper;
mod phrases;
mod reading;
mod speech;
mod unit;
mod view;
mod words;

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use super::super::asked::{Asked, stated};
use super::super::door::Client;
use super::super::inspecting::is_here;
use super::super::posted::PostedForm;
use super::super::problem::Problem;
use super::super::reception::Reception;
use super::chrome::{Choice, Chrome, Here, page};
use super::labels;
use super::prose::Piece;
use crate::consultation::{DocumentFilter, Library, ListOrder};
use crate::policy::DocumentKind;
use asking::AgentQuery;
use view::ConsoleView;

/// Where the console is.
pub(super) const PATH: &str = "/agent";
/// Offices offered as filter; others can be typed.
const OFFICES: usize = 200;

/// The page.
#[derive(Template)]
#[template(path = "agent/page.html")]
struct AgentPage {
    chrome: Chrome,
    query: AgentQuery,
    after: String,
    places: Vec<Choice>,
    offices: Vec<String>,
    kinds: Vec<Choice>,
    validities: Vec<Choice>,
    view: Option<ConsoleView>,
}

/// The result alone, for the script.
#[derive(Template)]
#[template(path = "agent/answer.html")]
struct AgentAnswer {
    view: ConsoleView,
}

/// Shows the console, and the result when there is a question.
pub(super) async fn agent(
    State(reception): State<Reception>,
    client: Option<Extension<Client>>,
    headers: HeaderMap,
    Asked(query): Asked<AgentQuery>,
) -> Result<Response, Problem> {
    admit(&reception, client, &headers)?;
    let shared = reception.clone();
    let template = reception
        .work(move |library| {
            let view = match stated(query.q.as_ref()) {
                Some(_) => Some(view::console(library, shared.corpus(), &query)?),
                None => None,
            };
            let catalogue = shared.catalogue();
            let after = view.as_ref().map_or_else(String::new, |view| view.after.clone());
            Ok(AgentPage {
                chrome: Chrome::new(Here::Agent),
                after,
                places: Choice::places(catalogue.places(), stated(query.region.as_ref())),
                offices: offices(library, &query)?,
                kinds: kinds(stated(query.kind.as_ref())),
                validities: validities(stated(query.validity.as_ref())),
                view,
                query,
            })
        })
        .await?;
    Ok(page(StatusCode::OK, &template))
}

/// Gives the result alone.
pub(super) async fn answer(
    State(reception): State<Reception>,
    client: Option<Extension<Client>>,
    headers: HeaderMap,
    PostedForm(query): PostedForm<AgentQuery>,
) -> Result<Response, Problem> {
    admit(&reception, client, &headers)?;
    let shared = reception.clone();
    let view = reception.work(move |library| view::console(library, shared.corpus(), &query)).await?;
    Ok(page(StatusCode::OK, &AgentAnswer { view }))
}

/// The console is for this machine, unless a gateway guards it: it shows internal notes, and there are no accounts yet.
fn admit(reception: &Reception, client: Option<Extension<Client>>, headers: &HeaderMap) -> Result<(), Problem> {
    if reception.limits().agent_open || is_here(client.map(|client| client.0.0), headers) {
        return Ok(());
    }
    Err(Problem::closed(
        "坐席工作台含有内部提示，只对本机开放：请在服务器上用 http://localhost 打开；由网关验证坐席身份时，可用 --agent-open 启动。群众咨询请从首页提问。",
    ))
}

/// Names of the offices that issued documents, the busiest first.
fn offices(library: &Library, query: &AgentQuery) -> Result<Vec<String>, Problem> {
    let list = library.list(&DocumentFilter::default(), ListOrder::default(), query.day()?, 1, 1);
    let issuers = list.facets.into_iter().filter(|facet| facet.field == "issuer");
    Ok(issuers.take(OFFICES).map(|facet| facet.label).collect())
}

fn kinds(asked: Option<&str>) -> Vec<Choice> {
    let choice = |kind: DocumentKind| Choice {
        value: kind.name().to_owned(),
        label: kind.name().to_owned(),
        selected: asked == Some(kind.name()),
    };
    DocumentKind::ALL.into_iter().map(choice).collect()
}

fn validities(asked: Option<&str>) -> Vec<Choice> {
    let choice = |(value, label): (&str, &str)| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        selected: asked == Some(value),
    };
    labels::validities().map(choice).collect()
}
