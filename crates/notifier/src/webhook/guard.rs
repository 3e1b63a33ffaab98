//! Where the feed may go: over TLS to a public address, or to this machine where the settings name it outright. A name is
//! looked at again whenever it is resolved, so that it cannot come to mean something inside later.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Where an endpoint is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Somewhere outside.
    Public,
    /// On this machine, as the settings say.
    Local,
}

impl Reach {
    /// Where an address leads; nothing where it must not lead.
    pub(super) fn of(url: &Url) -> Option<Self> {
        let host = url.host_str()?;
        let ip: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
        let local = host == "localhost" || ip.is_some_and(|ip| ip.is_loopback());
        match url.scheme() {
            "https" | "http" if local => Some(Self::Local),
            "https" if ip.is_none_or(is_public) => Some(Self::Public),
            _ => None,
        }
    }

    fn admits(self, ip: IpAddr) -> bool {
        match self {
            Self::Public => is_public(ip),
            Self::Local => ip.is_loopback(),
        }
    }
}

/// Whether an address belongs to the internet, and to nobody's inside (RFC 6890).
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            let shared = a == 100 && (64..128).contains(&b);
            let odd = a == 0 || a >= 224 || (a, b, c) == (192, 0, 0) || (a == 198 && (b == 18 || b == 19));
            let ours = v4.is_private() || v4.is_loopback() || v4.is_link_local();
            !(ours || shared || odd || v4.is_documentation())
        }
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

/// Only the range that is given out (2000::/3), less examples and what wraps an address of the other kind.
fn is_public_v6(v6: Ipv6Addr) -> bool {
    if let Some(v4) = v6.to_ipv4_mapped() {
        return is_public(IpAddr::V4(v4));
    }
    let [first, second, ..] = v6.segments();
    let wraps = first == 0x2002 || (first == 0x2001 && second == 0);
    (first & 0xe000) == 0x2000 && !wraps && (first, second) != (0x2001, 0x0db8)
}

impl Resolve for Reach {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = *self;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let good: Vec<SocketAddr> = found.filter(|address| reach.admits(address.ip())).collect();
            if good.is_empty() {
                return Err("the name leads nowhere that may be told".into());
            }
            let addresses: Addrs = Box::new(good.into_iter());
            Ok(addresses)
        })
    }
}

#[cfg(test)]
#[path = "guard_tests.rs"]
mod tests;
