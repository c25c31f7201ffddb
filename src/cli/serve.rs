//! Serving.

use std::net::SocketAddr;
use std::process::ExitCode;

use clap::Args;

use super::{Failure, Places, library};

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
    let _ = (places, args, library::open_fresh);
    Ok(ExitCode::SUCCESS)
}
