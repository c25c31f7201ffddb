//! Serving.

use std::net::{IpAddr, SocketAddr};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;

use super::{Failure, Places, library};
use crate::casework::Ledger;
use crate::http::{self, EmbedHosts, Limits, Listener, ServeOptions};

/// 启动服务.
#[derive(Debug, Clone, Args)]
pub(super) struct ServeArgs {
    /// 监听地址；[::] 同时接受 IPv4
    #[arg(long, env = "ZHENGDA_LISTEN", default_value = "[::]:8080")]
    listen: SocketAddr,
    /// 管理页（/admin/library）对所有人开放；只在前面有网关把守时使用
    #[arg(long, env = "ZHENGDA_ADMIN_OPEN")]
    admin_open: bool,
    /// 坐席工作台（/agent，含内部提示）对所有人开放；只在前面有网关验证坐席身份时使用
    #[arg(long, env = "ZHENGDA_AGENT_OPEN")]
    agent_open: bool,
    /// 可以嵌入咨询窗口、跨站调用接口的网站，如 https://www.example.gov.cn；可写多次，环境变量里用逗号分开
    #[arg(long = "embed-host", value_name = "网站", env = "ZHENGDA_EMBED_HOSTS", value_delimiter = ',')]
    embed_hosts: Vec<String>,
    /// 前置代理的地址：来自它的请求按 X-Forwarded-For 识别来源；本机的代理不必写
    #[arg(long = "trusted-proxy", value_name = "地址", env = "ZHENGDA_TRUSTED_PROXIES", value_delimiter = ',')]
    trusted_proxies: Vec<IpAddr>,
    /// 日志级别：error、warn、info、debug
    #[arg(long, env = "ZHENGDA_LOG", default_value = "warn")]
    log: String,
}

impl Default for ServeArgs {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([0_u16; 8], 8080)),
            admin_open: false,
            agent_open: false,
            embed_hosts: Vec::new(),
            trusted_proxies: Vec::new(),
            log: "warn".to_owned(),
        }
    }
}

pub(super) fn run(places: &Places, args: &ServeArgs) -> Result<ExitCode, Failure> {
    // Log lines hold request id, route, status and time, never a question.
    let filter = tracing_subscriber::EnvFilter::try_new(&args.log).map_err(Failure::input)?;
    let _ = tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).try_init();
    let embed = EmbedHosts::parse(&args.embed_hosts).map_err(Failure::input)?;
    let listener = Listener::bind(args.listen).map_err(Failure::system)?;
    let desk = library::open_fresh(places)?;
    let limits = Limits { admin_open: args.admin_open, agent_open: args.agent_open, ..Limits::default() };
    let options = ServeOptions {
        listen: args.listen,
        corpus: places.corpus.clone(),
        var: places.var.clone(),
        embed,
        proxies: args.trusted_proxies.clone(),
        limits,
    };
    // Answers do not need the ledger: the operator is told, and the service begins.
    if let Err(why) = Ledger::at(&places.var).ready() {
        eprintln!("zhengda：评价和转办问题暂时不能保存：{why}");
    }
    say!("政答已启动：http://{}", reachable(listener.address()));
    http::serve_until_signal(listener, Arc::new(desk), options).map_err(Failure::system)?;
    Ok(ExitCode::SUCCESS)
}

/// An address that can be opened in a browser on this machine.
fn reachable(address: SocketAddr) -> String {
    if address.ip().is_unspecified() { format!("localhost:{}", address.port()) } else { address.to_string() }
}
