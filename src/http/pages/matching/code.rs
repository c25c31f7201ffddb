//! The code (代码) by which a case is handed to an agent: the case itself, with a check digit; the server keeps nothing.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::policy::sha256_hex;

/// What a code begins with: our name and the version of its form.
const PREFIX: &str = "ZD1";
/// Hexadecimal digits of the check: one slip in 65,536 goes unseen.
const CHECK: usize = 4;
/// Longest code that is read: beyond any case a form can tell.
const LONGEST: usize = 20_000;

/// The code of a profile.
pub(super) fn write(profile: &str) -> String {
    let body = URL_SAFE_NO_PAD.encode(profile);
    format!("{PREFIX}.{}.{body}", &sha256_hex(profile.as_bytes())[..CHECK])
}

/// The profile of a code.
pub(super) fn read(code: &str) -> Result<String, String> {
    let wrong = || "这不是完整的代码；请让对方重新复制，从 ZD1 开始到末尾。".to_owned();
    if code.len() > LONGEST {
        return Err(wrong());
    }
    let plain: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let (check, body) =
        plain.strip_prefix(PREFIX).and_then(|rest| rest.strip_prefix('.')?.split_once('.')).ok_or_else(wrong)?;
    let bytes = URL_SAFE_NO_PAD.decode(body).map_err(|_| wrong())?;
    let profile = String::from_utf8(bytes).map_err(|_| wrong())?;
    (sha256_hex(profile.as_bytes())[..CHECK] == *check).then_some(profile).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_comes_back_and_a_slip_is_seen() {
        let code = write(r#"{"subject":"企业","facts":{"staff":"35"}}"#);
        assert_eq!(
            read(&format!(" {}\n{}", &code[..20], &code[20..])).unwrap(),
            r#"{"subject":"企业","facts":{"staff":"35"}}"#
        );
        let slip = code.replace("c3RhZmY", "c3RhZmg");
        assert_ne!(slip, code);
        for wrong in [slip.as_str(), "", "ZD1", "ZD1..", "ZD2.aaaa.bbbb", "密钥"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
