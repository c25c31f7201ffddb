//! Addresses (网址与网络地址): which hosts are allowed, and which addresses lie inside a network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// A host the operator allows: `www.example.gov.cn`, `.example.gov.cn` with all below it, either with `:port`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostRule {
    name: String,
    below: bool,
    port: Option<u16>,
}

/// Why a host rule cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” 不是主机名；请写成 www.example.gov.cn，或 .example.gov.cn（含其下全部主机），可加端口 :8080")]
pub struct HostRuleError(String);

impl std::str::FromStr for HostRule {
    type Err = HostRuleError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || HostRuleError(text.chars().take(80).collect());
        let rule = text.trim().trim_start_matches('*');
        let below = rule.starts_with('.');
        let url = Url::parse(&format!("http://{}", rule.trim_start_matches('.'))).map_err(|_| wrong())?;
        let plain = url.path() == "/" && url.query().is_none() && url.username().is_empty();
        let name = url.host_str().filter(|_| plain).ok_or_else(wrong)?.to_owned();
        // A rule such as .cn would allow half the world.
        if below && !name.contains('.') {
            return Err(wrong());
        }
        Ok(Self { name, below, port: url.port() })
    }
}

impl HostRule {
    /// Whether the rule allows this address. Without a port in the rule only the usual ports are meant.
    pub(super) fn allows(&self, url: &Url) -> bool {
        let Some(host) = url.host_str() else { return false };
        let named =
            host == self.name || (self.below && host.strip_suffix(&self.name).is_some_and(|h| h.ends_with('.')));
        named && url.port() == self.port
    }
}

/// What may be asked for at all: http or https, without a name and password in the address.
pub(super) fn is_plain(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
        && url.username().is_empty()
        && url.password().is_none()
        && matches!(url.host(), Some(Host::Domain(_) | Host::Ipv4(_) | Host::Ipv6(_)))
}

/// An address without what does not change the page.
pub(super) fn key(url: &Url) -> String {
    let mut url = url.clone();
    url.set_fragment(None);
    url.to_string()
}

/// Whether an address lies on the same site as another; http and https are one site.
pub(super) fn same_site(url: &Url, start: &Url) -> bool {
    is_plain(url) && url.host_str() == start.host_str() && url.port() == start.port()
}

/// Whether an address belongs to the open internet (IANA special-purpose registries, RFC 6890).
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => match embedded(address) {
            Some(inner) => is_public_v4(inner),
            None => is_public_v6(address),
        },
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_documentation()
        || address.is_multicast()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b)) // carriers' own networks
        || (a == 192 && b == 0 && c == 0) // protocol assignments
        || (a == 198 && (18..20).contains(&b)); // benchmarks
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let first = address.segments()[0];
    let documentation = first == 0x2001 && address.segments()[1] == 0x0db8;
    // Global unicast is 2000::/3; all else is local, multicast or unassigned.
    (0x2000..0x4000).contains(&first) && !documentation
}

/// The IPv4 address that an IPv6 address carries: mapped, NAT64 and 6to4 ones lead to it.
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let [a, b, .., y, z] = address.segments();
    let join = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        Ipv4Addr::new(a, b, c, d)
    };
    match (a, b) {
        (0x0064, 0xff9b) => Some(join(y, z)),
        (0x2002, _) => Some(join(b, address.segments()[2])),
        _ => address.to_ipv4_mapped(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_inside_a_network_are_told() {
        for inside in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
            "ff02::1",
            "2001:db8::1",
        ] {
            assert!(!is_public(inside.parse().unwrap()), "{inside}");
        }
        for outside in ["114.114.114.114", "8.8.8.8", "240e:1::1", "2002:0808:0808::1"] {
            assert!(is_public(outside.parse().unwrap()), "{outside}");
        }
    }

    #[test]
    fn rules_allow_what_they_name() {
        let allows = |rule: &str, url: &str| rule.parse::<HostRule>().unwrap().allows(&Url::parse(url).unwrap());
        assert!(allows("www.x.gov.cn", "https://www.x.gov.cn/a"));
        assert!(!allows("www.x.gov.cn", "https://x.gov.cn/a"));
        assert!(!allows("www.x.gov.cn", "https://www.x.gov.cn:8080/a"));
        assert!(allows(".x.gov.cn", "https://www.x.gov.cn/a"));
        assert!(allows("*.x.gov.cn", "https://x.gov.cn/a"));
        assert!(!allows(".x.gov.cn", "https://evilx.gov.cn/a"));
        assert!(!allows("www.x.gov.cn", "https://www.x.gov.cn.evil.com/a"));
        assert!(allows("127.0.0.1:8080", "http://127.0.0.1:8080/a"));
        assert!("http://x/".parse::<HostRule>().is_err());
        assert!(".cn".parse::<HostRule>().is_err());
    }
}
