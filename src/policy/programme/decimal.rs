//! Exact decimal numbers (小数): money, rates and counts without binary fractions that drift.

use std::fmt;

use serde::de::{Error as _, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A decimal number with six places (小数): 0.055, 12000000, 0.015.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Decimal(i128);

/// Units of the last place in one: six places hold rates down to one in a million.
const SCALE: i128 = 1_000_000;
/// Units of the last place in one fen.
const FEN: i128 = SCALE / 100;
/// Digits before the point that are read: beyond 10^15 nobody counts yuan.
const MOST_WHOLE_DIGITS: usize = 15;
/// Digits after the point.
const PLACES: usize = 6;

impl Decimal {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// A whole number.
    #[must_use]
    pub const fn whole(value: i64) -> Self {
        Self(value as i128 * SCALE)
    }

    /// Reads digits with an optional sign and point; none when it is anything else or does not fit.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let ok = !whole.is_empty()
            && whole.len() <= MOST_WHOLE_DIGITS
            && part.len() <= PLACES
            && !(digits.contains('.') && part.is_empty())
            && whole.bytes().chain(part.bytes()).all(|byte| byte.is_ascii_digit());
        if !ok {
            return None;
        }
        let whole: i128 = whole.parse().ok()?;
        let part: i128 = format!("{part:0<6}").parse().ok()?;
        let value = whole * SCALE + part;
        Some(Self(if negative { -value } else { value }))
    }

    /// The sum.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// The difference.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// The product, its last place rounded half up.
    #[must_use]
    pub const fn times(self, other: Self) -> Self {
        Self(rounded(self.0.saturating_mul(other.0), SCALE))
    }

    /// The quotient, its last place rounded half up; none by zero.
    #[must_use]
    pub fn over(self, other: Self) -> Option<Self> {
        (other.0 != 0).then(|| {
            let (above, below) = if other.0 < 0 { (-self.0, -other.0) } else { (self.0, other.0) };
            Self(rounded(above.saturating_mul(SCALE), below))
        })
    }

    /// Rounded half up to fen (分).
    #[must_use]
    pub const fn to_fen(self) -> Self {
        Self(rounded(self.0, FEN) * FEN)
    }

    /// In fen (分), rounded half up.
    #[must_use]
    pub fn fen(self) -> i64 {
        i64::try_from(rounded(self.0, FEN)).unwrap_or(i64::MAX)
    }

    /// Whether it is a whole number.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        self.0 % SCALE == 0
    }

    /// The whole part.
    #[must_use]
    pub fn trunc(self) -> i64 {
        i64::try_from(self.0 / SCALE).unwrap_or(i64::MAX)
    }

    /// Money in the words of documents: 50万元, 1.25亿元, 1500元.
    #[must_use]
    pub fn as_money(self) -> String {
        const HUNDRED_MILLION: i128 = 100_000_000 * SCALE;
        const TEN_THOUSAND: i128 = 10_000 * SCALE;
        let size = self.0.abs();
        if size >= HUNDRED_MILLION && size % (HUNDRED_MILLION / 10_000) == 0 {
            return format!("{}亿元", Self(self.0 / 100_000_000));
        }
        if size >= TEN_THOUSAND && size % (TEN_THOUSAND / 10_000) == 0 {
            return format!("{}万元", Self(self.0 / 10_000));
        }
        format!("{self}元")
    }

    /// A rate in per cent: 10%, 5.5%, 0.15%.
    #[must_use]
    pub fn as_percent(self) -> String {
        format!("{}%", Self(self.0.saturating_mul(100)))
    }
}

/// `value / unit`, rounded half away from zero.
const fn rounded(value: i128, unit: i128) -> i128 {
    let half = unit / 2;
    if value >= 0 { value.saturating_add(half) / unit } else { value.saturating_sub(half) / unit }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.0.unsigned_abs();
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) = (size / SCALE.unsigned_abs(), size % SCALE.unsigned_abs());
        if part == 0 {
            return write!(f, "{sign}{whole}");
        }
        let part = format!("{part:06}");
        write!(f, "{sign}{whole}.{}", part.trim_end_matches('0'))
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match i64::try_from(self.0 / SCALE) {
            Ok(whole) if self.is_whole() => serializer.serialize_i64(whole),
            // The shortest decimal of a double gives the written digits back up to fifteen of them.
            _ => serializer.serialize_f64(self.to_string().parse().unwrap_or(0.0)),
        }
    }
}

struct AnyNumber;

impl Visitor<'_> for AnyNumber {
    type Value = Decimal;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("数字，最多六位小数")
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Decimal, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Decimal, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Decimal, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Decimal, E> {
        Decimal::parse(value).ok_or_else(|| E::custom(format!("“{value}”不是数字；写成 300000 或 0.055，最多六位小数")))
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyNumber).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn money_and_rates_are_exact() {
        let of = |text| Decimal::parse(text).unwrap();
        assert_eq!(of("5000000").times(of("0.1")), of("500000"));
        assert_eq!(of("0.1").plus(of("0.2")), of("0.3"));
        assert_eq!(of("100").over(of("3")).unwrap().to_fen(), of("33.33"));
        assert_eq!(of("1250000").as_money(), "125万元");
        assert_eq!(of("12345").as_money(), "1.2345万元");
        assert_eq!(of("123000000").as_money(), "1.23亿元");
        assert_eq!(of("1500").as_money(), "1500元");
        assert_eq!(of("0.055").as_percent(), "5.5%");
        assert!(Decimal::parse("1e9").is_none() && Decimal::parse("").is_none() && Decimal::parse("1.").is_none());
        let json: Decimal = serde_json::from_str("0.055").unwrap();
        assert_eq!(serde_json::to_string(&json).unwrap(), "0.055");
    }
}
