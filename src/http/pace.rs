//! The pace (节制): how often one client may write, so that nobody buries what others say.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::http::HeaderMap;

use super::problem::Problem;

/// Things one client may send at once; then one every [`REFILL`].
const AT_ONCE: u32 = 15;
/// Fifteen a minute: an office behind one address rates its answers, a script does not fill the ledger.
const REFILL: Duration = Duration::from_secs(4);
/// Clients remembered; a client that was silent for a minute is forgotten first. Each costs some 60 bytes.
const CLIENTS: usize = 20_000;

/// How much every client has sent lately. Kept in memory only, and only for a minute.
#[derive(Debug, Default)]
pub(super) struct Pace(Mutex<HashMap<IpAddr, Bucket>>);

#[derive(Debug, Clone, Copy)]
struct Bucket {
    left: u32,
    since: Instant,
}

impl Bucket {
    /// What is left after the time that passed.
    fn refilled(self, now: Instant) -> Self {
        let passed = now.saturating_duration_since(self.since);
        let gained = u32::try_from(passed.as_millis() / REFILL.as_millis()).unwrap_or(AT_ONCE);
        if gained == 0 {
            return self;
        }
        Self { left: self.left.saturating_add(gained).min(AT_ONCE), since: now }
    }
}

impl Pace {
    /// Counts one thing sent; a problem when it was too many.
    pub(super) fn admit(&self, client: IpAddr, now: Instant) -> Result<(), Problem> {
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= CLIENTS && !buckets.contains_key(&client) {
            buckets.retain(|_, bucket| bucket.refilled(now).left < AT_ONCE);
            if buckets.len() >= CLIENTS {
                return Err(Problem::too_many(REFILL.as_secs()));
            }
        }
        let bucket = buckets.entry(client).or_insert(Bucket { left: AT_ONCE, since: now });
        *bucket = bucket.refilled(now);
        if bucket.left == 0 {
            return Err(Problem::too_many(REFILL.as_secs()));
        }
        bucket.left -= 1;
        Ok(())
    }
}

/// Who sends: the other end of the connection, or, where that is a proxy we trust, whom the proxy names. Of a chain the
/// last address that is no trusted proxy counts: what stands before it anybody may have written.
pub(super) fn sender(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    let is_proxy = |address: &IpAddr| address.is_loopback() || trusted.contains(address);
    let peer = peer.to_canonical();
    if !is_proxy(&peer) {
        return network(peer);
    }
    let chain = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let chain: Vec<&str> = chain.flat_map(|value| value.split(',')).collect();
    for hop in chain.iter().rev() {
        match hop.trim().parse::<IpAddr>().map(|address| address.to_canonical()) {
            Ok(address) if is_proxy(&address) => {}
            Ok(address) => return network(address),
            // Something no proxy writes: nothing before it can be believed.
            Err(_) => return network(peer),
        }
    }
    network(peer)
}

/// An IPv4 address, or the /64 of an IPv6 address, which is one household or office.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_that_sends_too_much_waits_and_others_do_not() {
        let (pace, now) = (Pace::default(), Instant::now());
        let (one, other) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
        for _ in 0..AT_ONCE {
            pace.admit(one, now).unwrap();
        }
        assert_eq!(pace.admit(one, now).unwrap_err().status().as_u16(), 429);
        assert!(pace.admit(other, now).is_ok());
        assert!(pace.admit(one, now + REFILL).is_ok());
        assert!(pace.admit(one, now + REFILL).is_err());
    }

    #[test]
    fn only_a_trusted_proxy_may_name_the_sender() {
        let forwarded =
            |value: &str| HeaderMap::from_iter([("x-forwarded-for".parse().unwrap(), value.parse().unwrap())]);
        let address = |text: &str| text.parse::<IpAddr>().unwrap();
        let proxy = address("10.0.0.7");
        let named = |peer: &str, value: &str| sender(address(peer), &forwarded(value), &[proxy]).to_string();
        assert_eq!(named("203.0.113.9", "1.1.1.1"), "203.0.113.9");
        assert_eq!(named("127.0.0.1", "6.6.6.6, 198.51.100.4"), "198.51.100.4");
        assert_eq!(named("10.0.0.7", "6.6.6.6, 198.51.100.4, 127.0.0.1"), "198.51.100.4");
        assert_eq!(named("127.0.0.1", "198.51.100.4, nonsense"), "127.0.0.1");
        assert_eq!(named("::1", ""), "::");
        assert_eq!(named("2001:db8:1:2:3::9", ""), "2001:db8:1:2::");
    }
}
