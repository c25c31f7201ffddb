//! Admission (准入): how many connections there may be, in all and of one client.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::super::limits::{Limits, SPARE_DESCRIPTORS};

/// Connections by client.
type Clients = Arc<Mutex<HashMap<IpAddr, usize>>>;

/// Counts connections.
#[derive(Debug, Clone)]
pub(crate) struct Admission {
    places: Arc<Semaphore>,
    clients: Clients,
    per_client: usize,
    exempt_loopback: bool,
}

/// A place in the room, held as long as its connection lives.
#[derive(Debug)]
pub(crate) struct Place {
    _permit: OwnedSemaphorePermit,
    client: Option<(IpAddr, Clients)>,
}

impl Admission {
    /// Admission under these limits, and under the number of files this process may open.
    pub(crate) fn new(limits: &Limits) -> Self {
        let descriptors = descriptor_limit().unwrap_or(usize::MAX);
        let places = limits.connections.min(descriptors.saturating_sub(SPARE_DESCRIPTORS)).max(1);
        Self {
            places: Arc::new(Semaphore::new(places.min(Semaphore::MAX_PERMITS))),
            clients: Arc::default(),
            per_client: limits.per_client,
            exempt_loopback: limits.exempt_loopback,
        }
    }

    /// Waits until there is room for one more connection.
    pub(crate) async fn room(&self) -> Option<OwnedSemaphorePermit> {
        self.places.clone().acquire_owned().await.ok()
    }

    /// Admits a client to a place; none when the client has too many already.
    pub(crate) fn admit(&self, address: IpAddr, permit: OwnedSemaphorePermit) -> Option<Place> {
        if self.exempt_loopback && address.to_canonical().is_loopback() {
            return Some(Place { _permit: permit, client: None });
        }
        let client = client_of(address);
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        let count = clients.entry(client).or_insert(0);
        if *count >= self.per_client {
            return None;
        }
        *count += 1;
        Some(Place { _permit: permit, client: Some((client, self.clients.clone())) })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some((client, clients)) = &self.client else { return };
        let mut clients = clients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Entry::Occupied(mut entry) = clients.entry(*client) {
            *entry.get_mut() -= 1;
            if *entry.get() == 0 {
                entry.remove();
            }
        }
    }
}

/// Who is one client: an IPv4 address, or the /64 of an IPv6 address, which is one household or office.
fn client_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        v4 @ IpAddr::V4(_) => v4,
    }
}

/// How many files this process may open, where the system says so.
fn descriptor_limit() -> Option<usize> {
    let limits = std::fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_network_of_64_bits_is_one_client() {
        let limits = Limits { per_client: 2, connections: 10, ..Limits::default() };
        let admission = Admission::new(&limits);
        let mut held = Vec::new();
        let mut knock = async |address: &str| {
            let permit = admission.room().await.unwrap();
            let place = admission.admit(address.parse().unwrap(), permit);
            let admitted = place.is_some();
            held.extend(place);
            admitted
        };
        assert!(knock("2001:db8:1:2::1").await);
        assert!(knock("2001:db8:1:2:ffff::9").await);
        assert!(!knock("2001:db8:1:2::3").await);
        assert!(knock("2001:db8:1:3::3").await);
        assert!(knock("::ffff:192.0.2.7").await);
        assert!(knock("192.0.2.7").await);
        assert!(!knock("192.0.2.7").await);
        held.clear();
        assert!(admission.clients.lock().unwrap().is_empty());
    }
}
