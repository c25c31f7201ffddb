//! What passes between us and other sites?
//!
//! Pages, list pages, site maps and feeds are fetched for an import: only from hosts the operator allowed, never from
//! addresses inside a network, politely, as robots.txt says. Nothing here decides what a page means. What is new is
//! pushed, signed, to the platform the operator named.

mod address;
mod fetch;
mod links;
mod push;
mod robots;
#[cfg(test)]
mod tests;

use std::collections::{HashSet, VecDeque};
use std::net::IpAddr;
use std::time::Duration;

use url::Url;

pub use address::HostRule;
use fetch::Fetcher;
pub use push::{PushMessage, PushSecret, Unpushed, push, push_address};

/// Listings that lead to further listings (a site map of site maps, the next page of a list): deeper ones are loops.
const MAX_LISTINGS: usize = 500;

/// What the operator allows.
#[derive(Debug, Clone, Default)]
pub struct Reach {
    /// Hosts that may be asked; none means that nothing is fetched.
    pub hosts: Vec<HostRule>,
    /// Addresses that may be asked although they lie inside a network.
    pub addresses: Vec<IpAddr>,
    /// Whether the links of a list page are followed.
    pub follow: bool,
    /// Most documents fetched.
    pub limit: usize,
    /// Pause between two requests.
    pub pause: Duration,
}

/// A page or file as it was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Where it came from, after redirects.
    pub url: Url,
    /// The ending of its format, in lower case.
    pub extension: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Why something was not fetched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{url}：{reason}")]
pub struct Unfetched {
    /// The address.
    pub url: String,
    /// Why, and what to do.
    pub reason: String,
}

/// Fetches a document, or with [`Reach::follow`] or from a site map or feed all documents it lists, one after another.
pub fn gather(start: &str, reach: &Reach, take: &mut dyn FnMut(Result<Fetched, Unfetched>)) {
    let refused = |reason: String| Unfetched { url: start.to_owned(), reason };
    match Url::parse(start) {
        Ok(url) => Journey::new(reach, url.clone()).run(url, take),
        Err(error) => take(Err(refused(format!("不是合法的网址：{error}")))),
    }
}

/// One source being gathered.
struct Journey<'r> {
    reach: &'r Reach,
    fetcher: Fetcher<'r>,
    start: Url,
    listings: VecDeque<Url>,
    documents: VecDeque<Url>,
    known: HashSet<String>,
    taken: usize,
}

impl<'r> Journey<'r> {
    fn new(reach: &'r Reach, start: Url) -> Self {
        let known = HashSet::from([address::key(&start)]);
        Self {
            reach,
            fetcher: Fetcher::new(reach),
            start,
            listings: VecDeque::new(),
            documents: VecDeque::new(),
            known,
            taken: 0,
        }
    }

    fn run(&mut self, start: Url, take: &mut dyn FnMut(Result<Fetched, Unfetched>)) {
        self.listing(start, true, take);
        let mut listings = 1;
        loop {
            if let Some(url) = self.documents.pop_front() {
                if self.taken == self.reach.limit {
                    take(Err(self.full(&url)));
                    return;
                }
                self.document(&url, take);
            } else if let Some(url) = self.listings.pop_front().filter(|_| listings < MAX_LISTINGS) {
                listings += 1;
                self.listing(url, false, take);
            } else {
                return;
            }
        }
    }

    fn full(&self, next: &Url) -> Unfetched {
        let left = self.documents.len() + 1;
        let reason = format!("已取 {} 份，到了上限，还有至少 {left} 份未取；请用 --limit 提高上限", self.taken);
        Unfetched { url: next.to_string(), reason }
    }

    fn document(&mut self, url: &Url, take: &mut dyn FnMut(Result<Fetched, Unfetched>)) {
        let fetched = self.fetcher.fetch(url);
        self.taken += 1;
        take(fetched);
    }

    /// Fetches what may be a listing; the first page is a document when it is none.
    fn listing(&mut self, url: Url, first: bool, take: &mut dyn FnMut(Result<Fetched, Unfetched>)) {
        let fetched = match self.fetcher.fetch(&url) {
            Ok(fetched) => fetched,
            Err(unfetched) => return take(Err(unfetched)),
        };
        let found = if fetched.extension == fetch::XML {
            match links::listed(&fetched.bytes, &fetched.url) {
                Ok(found) => found,
                Err(reason) => return take(Err(Unfetched { url: url.to_string(), reason })),
            }
        } else if self.reach.follow && fetched.extension == fetch::HTML {
            links::linked(&fetched.bytes, &fetched.url)
        } else {
            links::Links::default()
        };
        let none = found.documents.is_empty() && found.listings.is_empty();
        for link in found.documents.into_iter().filter(|link| address::same_site(link, &self.start)) {
            if self.known.insert(address::key(&link)) {
                self.documents.push_back(link);
            }
        }
        for link in found.listings.into_iter().filter(|link| address::same_site(link, &self.start)) {
            if self.known.insert(address::key(&link)) {
                self.listings.push_back(link);
            }
        }
        if first && none && fetched.extension != fetch::XML {
            self.taken += 1;
            take(Ok(fetched));
        } else if first && none {
            let reason = "站点地图或订阅源里没有可取的网址".to_owned();
            take(Err(Unfetched { url: url.to_string(), reason }));
        }
    }
}
