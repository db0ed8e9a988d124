//! How time is measured, and how old the tickets are that are asked about.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use flowgauge::query::{AgeSpan, ClockKind, PercentileMethod};

/// Only tickets of an age.
#[derive(Args, Debug)]
pub struct AgeArgs {
    /// At least this old when they ended, or still are: seconds, or a length such as 4h, 3d or 2w.
    #[arg(long, value_name = "AGE", value_parser = parse_age)]
    pub age_min: Option<i64>,
    /// At most this old.
    #[arg(long, value_name = "AGE", value_parser = parse_age)]
    pub age_max: Option<i64>,
}

impl AgeArgs {
    /// The range of ages.
    pub fn age(&self) -> AgeSpan {
        AgeSpan { at_least_seconds: self.age_min, at_most_seconds: self.age_max }
    }
}

/// How time is measured.
#[derive(Args, Debug)]
#[command(next_help_heading = "Measuring time")]
pub struct TimeArgs {
    /// Which seconds count: every one, those of working hours, or whole calendar days [default: elapsed].
    #[arg(long, value_enum, value_name = "CLOCK")]
    pub clock: Option<ClockName>,
    /// Working hours: "Mon-Thu 08:00-12:00, 13:00-17:00; Fri 08:00-14:00" or "24/7" [default: Mon-Fri 09:00-17:00].
    #[arg(long, value_name = "HOURS")]
    pub hours: Option<String>,
    /// Days off as .ics, or working hours by group as JSON; may be given several times.
    #[arg(long = "calendar", value_name = "FILE")]
    pub calendars: Vec<PathBuf>,
    /// How percentiles are taken [default: hyndman-fan-7].
    #[arg(long, value_enum, value_name = "METHOD")]
    pub percentile_method: Option<Method>,
}

/// A clock.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ClockName {
    /// Every second.
    Elapsed,
    /// Those within working hours.
    Business,
    /// Date of the end minus date of the start plus 1.
    Days,
}

impl From<ClockName> for ClockKind {
    fn from(name: ClockName) -> Self {
        match name {
            ClockName::Elapsed => Self::Elapsed,
            ClockName::Business => Self::Business,
            ClockName::Days => Self::Days,
        }
    }
}

/// How percentiles are taken.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Method {
    /// Between two values, as R, `NumPy` and Excel's PERCENTILE.INC take them.
    #[value(name = "hyndman-fan-7", alias = "hyndman_fan_7")]
    HyndmanFan7,
    /// Always a value that occurred.
    #[value(alias = "nearest_rank")]
    NearestRank,
}

impl From<Method> for PercentileMethod {
    fn from(method: Method) -> Self {
        match method {
            Method::HyndmanFan7 => Self::HyndmanFan7,
            Method::NearestRank => Self::NearestRank,
        }
    }
}

/// Seconds of `3600`, `60min`, `4h`, `3d` or `2w`.
pub fn parse_age(text: &str) -> Result<i64, String> {
    let text = text.trim();
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    let unit = match unit.trim() {
        "" | "s" => Some(1),
        "m" | "min" => Some(60),
        "h" => Some(3600),
        "d" => Some(86_400),
        "w" => Some(7 * 86_400),
        _ => None,
    };
    let seconds = number.parse::<i64>().ok().zip(unit).and_then(|(number, unit)| number.checked_mul(unit));
    seconds.ok_or_else(|| "write seconds, or a length such as 30min, 4h, 3d or 2w".to_owned())
}

#[cfg(test)]
mod tests {
    use super::parse_age;

    #[test]
    fn ages_have_units() {
        for (text, seconds) in [("90", 90), ("30min", 1800), ("4h", 14_400), ("3 d", 259_200), ("2w", 1_209_600)] {
            assert_eq!(parse_age(text), Ok(seconds), "{text}");
        }
        for text in ["", "h", "-3d", "3.5d", "3 months", "99999999999999999d"] {
            assert!(parse_age(text).is_err(), "{text}");
        }
    }
}
