//! The theme (主题色): the colour a site gives the widget, as a style sheet that stays legible.

use std::fmt;

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::asked::{Asked, shown, stated};
use super::problem::Problem;

/// Contrast of text to its ground (WCAG 2.2, 1.4.3).
const CONTRAST: f64 = 4.5;
/// The ground of light pages, the darker of paper and card.
const PAPER: Colour = Colour([0xfa, 0xf8, 0xf4]);
/// The ground of dark pages, the lighter of paper and card.
const NIGHT: Colour = Colour([0x1c, 0x1f, 0x24]);

/// A colour (颜色) of 24 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colour([u8; 3]);

impl Colour {
    /// A colour as sites write it: `#9b1c1c`, `9b1c1c`, `#91c`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let digits = text.trim().trim_start_matches('#');
        let value = |part: &str| u8::from_str_radix(part, 16).ok();
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let part = |at: usize| match digits.len() {
            3 => value(digits.get(at..=at)?).map(|digit| digit * 17),
            6 => value(digits.get(at * 2..at * 2 + 2)?),
            _ => None,
        };
        Some(Self([part(0)?, part(1)?, part(2)?]))
    }

    /// Relative luminance (WCAG 2.2).
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let value = f64::from(part) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn contrast(self, ground: Self) -> f64 {
        let (one, other) = (self.luminance(), ground.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// The same hue, moved step by step to `end` until it can be read on `ground`.
    fn legible(self, ground: Self, end: u8) -> Self {
        /// Steps from a colour to black or white.
        const STEPS: u32 = 40;
        let step = |at: u32| {
            let mix = |part: u8| {
                let moved = (u32::from(part) * (STEPS - at) + u32::from(end) * at) / STEPS;
                u8::try_from(moved).unwrap_or(end)
            };
            Self(self.0.map(mix))
        };
        (0..=STEPS).map(step).find(|colour| colour.contrast(ground) >= CONTRAST).unwrap_or(Self([end; 3]))
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// Which colour is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct ThemeQuery {
    color: Option<String>,
}

/// `GET /widget/theme.css`: the colour for light and dark pages, darkened or lightened where it could not be read.
pub(super) async fn theme(Asked(query): Asked<ThemeQuery>) -> Result<Response, Problem> {
    let text = stated(query.color.as_ref()).unwrap_or_default();
    let colour = Colour::parse(text).ok_or_else(|| {
        Problem::invalid(format!("color “{}” 不是颜色；请写成 9b1c1c 的样子（六位十六进制）。", shown(text)))
    })?;
    let kept = [(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "public, max-age=86400")];
    Ok((kept, sheet(colour)).into_response())
}

/// The style sheet.
fn sheet(colour: Colour) -> String {
    let (light, dark) = (colour.legible(PAPER, 0), colour.legible(NIGHT, 255));
    let day = format!("--brand: {light}; --on-brand: #fff;");
    let night = format!("--brand: {dark}; --on-brand: #101216;");
    format!(
        ":root {{ {day} }}\n@media (prefers-color-scheme: dark) {{ :root:not([data-theme=light]) {{ {night} }} }}\n\
         :root[data-theme=dark] {{ {night} }}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_colour_becomes_legible_on_both_grounds() {
        for text in ["#9b1c1c", "ffff00", "fff", "#000", "0f0", "#87cefa", "777777"] {
            let colour = Colour::parse(text).unwrap();
            assert!(colour.legible(PAPER, 0).contrast(PAPER) >= CONTRAST, "{text}");
            assert!(colour.legible(NIGHT, 255).contrast(NIGHT) >= CONTRAST, "{text}");
        }
        assert_eq!(Colour::parse("#9b1c1c").unwrap().legible(PAPER, 0).to_string(), "#9b1c1c");
        for wrong in ["", "red", "#12345", "12345g", "#fff;}*{display:none", "１２３"] {
            assert_eq!(Colour::parse(wrong), None, "{wrong}");
        }
    }
}
