//! Serving.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;

use super::{Failure, Places, library};
use crate::http::{self, Limits, Listener, ServeOptions};

/// 启动服务.
#[derive(Debug, Clone, Args)]
pub(super) struct ServeArgs {
    /// 监听地址；[::] 同时接受 IPv4
    #[arg(long, env = "ZHENGDA_LISTEN", default_value = "[::]:8080")]
    listen: SocketAddr,
}

impl Default for ServeArgs {
    fn default() -> Self {
        Self { listen: SocketAddr::from(([0_u16; 8], 8080)) }
    }
}

pub(super) fn run(places: &Places, args: &ServeArgs) -> Result<ExitCode, Failure> {
    let listener = Listener::bind(args.listen).map_err(Failure::system)?;
    let desk = library::open_fresh(places)?;
    let options = ServeOptions { listen: args.listen, corpus: places.corpus.clone(), limits: Limits::default() };
    println!("政答已启动：http://{}", reachable(listener.address()));
    http::serve_until_signal(listener, Arc::new(desk), options).map_err(Failure::system)?;
    Ok(ExitCode::SUCCESS)
}

/// An address that can be opened in a browser on this machine.
fn reachable(address: SocketAddr) -> String {
    if address.ip().is_unspecified() { format!("localhost:{}", address.port()) } else { address.to_string() }
}
