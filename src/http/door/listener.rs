//! The listening socket: one for IPv6 and IPv4 where the machine has both.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};

use socket2::{Domain, Protocol, Socket, Type};

use super::super::ServeError;

/// Connections the kernel holds until they are accepted.
const BACKLOG: i32 = 1024;

/// A bound socket that does not answer yet (监听套接字).
#[derive(Debug)]
pub struct Listener {
    socket: TcpListener,
    address: SocketAddr,
}

impl Listener {
    /// Binds the address; `[::]` takes IPv4 too, and falls back to `0.0.0.0` on a machine without IPv6.
    pub fn bind(listen: SocketAddr) -> Result<Self, ServeError> {
        let bound = match open(listen) {
            Err(error) if listen.ip().is_ipv6() && listen.ip().is_unspecified() && lacks_ipv6(&error) => {
                open(SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), listen.port()))
            }
            other => other,
        };
        let socket = bound.map_err(|source| refused(listen, source))?;
        let address = socket.local_addr().map_err(|source| refused(listen, source))?;
        Ok(Self { socket, address })
    }

    /// The address it is bound to, with the port the system chose when 0 was asked for.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn into_socket(self) -> TcpListener {
        self.socket
    }
}

fn refused(listen: SocketAddr, source: io::Error) -> ServeError {
    if source.kind() == io::ErrorKind::AddrInUse {
        ServeError::Busy(listen)
    } else {
        ServeError::Bind { listen, source }
    }
}

fn open(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    if address.ip().is_ipv6() {
        // The default depends on the machine (net.ipv6.bindv6only); only the unspecified address can take IPv4 too.
        socket.set_only_v6(!address.ip().is_unspecified())?;
    }
    // A restart must not wait for old connections in TIME_WAIT; on Unix this does not share a port in use.
    #[cfg(unix)]
    socket.set_reuse_address(true)?;
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}

/// Whether the machine, rather than the port, is the reason.
fn lacks_ipv6(error: &io::Error) -> bool {
    /// EAFNOSUPPORT on Linux: the kernel has no IPv6.
    const NO_FAMILY: i32 = 97;
    matches!(error.kind(), io::ErrorKind::AddrNotAvailable | io::ErrorKind::Unsupported)
        || error.raw_os_error() == Some(NO_FAMILY)
}
