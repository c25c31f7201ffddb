//! The clock: what day it is for those who ask.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};

/// Beijing time, all year round since 1991; a fixed offset needs no time zone files on the machine.
const BEIJING: Offset = Offset::constant(8);

/// Now.
#[expect(clippy::disallowed_methods, reason = "the doors are where the clock is read, once a request")]
pub(super) fn now() -> Timestamp {
    Timestamp::now()
}

/// A moment as people in China read it: `2026-11-21 16:30`.
pub(super) fn shown(moment: Timestamp) -> String {
    moment.to_zoned(TimeZone::fixed(BEIJING)).strftime("%Y-%m-%d %H:%M").to_string()
}

/// Today in China.
#[expect(clippy::disallowed_methods, reason = "the doors are where the clock is read, once a request")]
pub(super) fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::fixed(BEIJING)).date()
}
