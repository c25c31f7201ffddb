//! Pushing (推送): news sent to a platform that the operator named, signed after the Standard Webhooks specification
//! (standardwebhooks.com, version 1.0.0), so that the platform can tell who sent it and that nothing was changed.

use std::net::IpAddr;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use url::{Host, Url};

use super::robots::AGENT;

/// Longest wait for the platform, all in all.
const DEADLINE: Duration = Duration::from_secs(30);
/// Shortest secret, in bytes: the specification asks for 24 to 64.
const LEAST_SECRET: usize = 24;
/// Longest secret.
const MOST_SECRET: usize = 64;
/// What stands before a secret in a file.
const SECRET_PREFIX: &str = "whsec_";

/// A secret shared with the platform (签名密钥); never printed.
pub struct PushSecret(Vec<u8>);

/// A message to a platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushMessage {
    /// The same for the same message: a platform that has it already may drop it.
    pub id: String,
    /// Seconds since 1970.
    pub timestamp: i64,
    /// JSON.
    pub body: String,
}

/// Why nothing was pushed.
#[derive(Debug, thiserror::Error)]
pub enum Unpushed {
    /// Not an address to which we push.
    #[error("推送地址“{0}”不合规；请写 https:// 开头的完整地址（本机可以用 http://）")]
    Address(String),
    /// Not a secret.
    #[error("签名密钥不合规；请写 whsec_ 加 24 至 64 字节的 Base64，例如 openssl rand -base64 32 的输出")]
    Secret,
    /// The platform could not be reached.
    #[error("推送到 {0} 失败：{1}；没有记为已推送，下次会再推")]
    Unreached(Url, String),
    /// The platform refused.
    #[error("{0} 回答 {1}，没有收下；没有记为已推送，下次会再推")]
    Refused(Url, u16),
}

impl PushSecret {
    /// Reads the words of a secret file.
    pub fn parse(words: &str) -> Result<Self, Unpushed> {
        let words = words.trim();
        let bytes =
            STANDARD.decode(words.strip_prefix(SECRET_PREFIX).unwrap_or(words)).map_err(|_| Unpushed::Secret)?;
        if (LEAST_SECRET..=MOST_SECRET).contains(&bytes.len()) { Ok(Self(bytes)) } else { Err(Unpushed::Secret) }
    }

    /// The signature of a message.
    #[must_use]
    pub fn sign(&self, message: &PushMessage) -> String {
        // A key of any length is taken; the other arm cannot be reached.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return String::new() };
        mac.update(format!("{}.{}.{}", message.id, message.timestamp, message.body).as_bytes());
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }
}

/// An address to which we push: encrypted, or on this machine.
pub fn push_address(words: &str) -> Result<Url, Unpushed> {
    let wrong = || Unpushed::Address(words.chars().filter(|c| !c.is_control()).take(80).collect());
    let url = Url::parse(words).map_err(|_| wrong())?;
    let here = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => IpAddr::from(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::from(address).is_loopback(),
        None => return Err(wrong()),
    };
    let plain = url.username().is_empty() && url.password().is_none();
    (plain && (url.scheme() == "https" || url.scheme() == "http" && here)).then_some(url).ok_or_else(wrong)
}

/// Pushes a message; a redirect is not followed.
pub fn push(url: &Url, secret: &PushSecret, message: &PushMessage) -> Result<(), Unpushed> {
    let config = ureq::Agent::config_builder()
        .timeout_global(Some(DEADLINE))
        .max_redirects(0)
        .http_status_as_error(false)
        .user_agent(AGENT)
        .build();
    let answer = ureq::Agent::from(config)
        .post(url.as_str())
        .header("content-type", "application/json")
        .header("webhook-id", &message.id)
        .header("webhook-timestamp", message.timestamp.to_string())
        .header("webhook-signature", secret.sign(message))
        .send(&message.body)
        .map_err(|error| Unpushed::Unreached(url.clone(), error.to_string()))?;
    let status = answer.status();
    if status.is_success() { Ok(()) } else { Err(Unpushed::Refused(url.clone(), status.as_u16())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_that_of_the_specification() {
        // The example of the specification's own libraries.
        let secret = PushSecret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let message = PushMessage {
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek".to_owned(),
            timestamp: 1_614_265_330,
            body: r#"{"test": 2432232314}"#.to_owned(),
        };
        assert_eq!(secret.sign(&message), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        for wrong in ["", "whsec_", "whsec_AAAA", "密钥", &"A".repeat(200)] {
            assert!(PushSecret::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn only_encrypted_addresses_and_this_machine() {
        for right in ["https://example.gov.cn/hook", "http://127.0.0.1:9/x", "http://[::1]/x", "http://localhost/x"] {
            assert!(push_address(right).is_ok(), "{right}");
        }
        for wrong in ["http://example.gov.cn/", "ftp://a/", "https://user:p@a/", "x", "", "file:///etc/passwd"] {
            assert!(push_address(wrong).is_err(), "{wrong}");
        }
    }
}
