//! Embedding (嵌入): the sites of others that may show the widget and ask through the interface, named by the operator.

use std::fmt;

use axum::http::HeaderValue;
use url::{Host, Url};

/// The sites that may embed the widget; nobody but ourselves unless the operator says so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EmbedHosts(Vec<String>);

/// Why a site cannot be admitted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("嵌入站点“{given}”不合规：{why}；请写成 https://www.example.gov.cn 的样子，一个站点写一次")]
pub struct EmbedError {
    given: String,
    why: &'static str,
}

impl EmbedHosts {
    /// Reads the sites as an operator names them: scheme, host, and a port where there is one.
    pub fn parse<S: AsRef<str>>(sites: &[S]) -> Result<Self, EmbedError> {
        let mut hosts = Vec::new();
        for site in sites.iter().map(|site| site.as_ref().trim()).filter(|site| !site.is_empty()) {
            let origin = origin(site).map_err(|why| EmbedError { given: site.chars().take(80).collect(), why })?;
            if !hosts.contains(&origin) {
                hosts.push(origin);
            }
        }
        Ok(Self(hosts))
    }

    /// Whether a page of this origin may ask.
    pub(super) fn admits(&self, origin: &HeaderValue) -> bool {
        self.0.iter().any(|host| host.as_bytes() == origin.as_bytes())
    }

    /// Whether nobody is named.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The sites, divided by spaces: as headers and the widget's page list them.
impl fmt::Display for EmbedHosts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(" "))
    }
}

/// The origin of a site, as browsers write it.
fn origin(site: &str) -> Result<String, &'static str> {
    if site.contains('*') {
        return Err("不能用通配符，站点要逐个写出");
    }
    let url = Url::parse(site).map_err(|_| "不是完整的网址，开头要写 https://")?;
    if !matches!(url.scheme(), "https" | "http") {
        return Err("只能是 https 或 http 网站");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("不能带用户名或密码");
    }
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        return Err("只写到域名和端口，不要写路径");
    }
    // Inside headers a name of letters, digits, dots and hyphens cannot end its own directive.
    let plain =
        |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'));
    match url.host() {
        Some(Host::Domain(name)) if plain(name) => Ok(url.origin().ascii_serialization()),
        Some(Host::Ipv4(_) | Host::Ipv6(_)) => Ok(url.origin().ascii_serialization()),
        _ => Err("域名里有不合规的字符"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sites_are_origins_and_nothing_else() {
        let hosts =
            EmbedHosts::parse(&[" https://WWW.Example.gov.cn/ ", "http://[::1]:8080", "https://政务.cn", ""]).unwrap();
        assert_eq!(hosts.to_string(), "https://www.example.gov.cn http://[::1]:8080 https://xn--cnqp42k.cn");
        assert!(hosts.admits(&HeaderValue::from_static("https://www.example.gov.cn")));
        for other in
            ["https://www.example.gov.cn.evil.cn", "http://www.example.gov.cn", "null", "https://example.gov.cn"]
        {
            assert!(!hosts.admits(&HeaderValue::from_static(other)), "{other}");
        }
        for wrong in [
            "www.example.gov.cn",
            "*",
            "https://*.gov.cn",
            "https://a.cn/page",
            "https://a.cn?x",
            "https://u:p@a.cn",
            "javascript:alert(1)",
            "https://a.cn; script-src *",
            "https://a.cn https://b.cn",
            "data:,x",
            "null",
        ] {
            let error = EmbedHosts::parse(&[wrong]).unwrap_err().to_string();
            assert!(error.contains("https://www.example.gov.cn"), "{wrong}: {error}");
        }
    }
}
