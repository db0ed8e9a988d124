//! Durations, counts and instants as people read them. Plain ASCII, English, the same everywhere.

use chrono::{DateTime, SecondsFormat};

const MINUTE: f64 = 60.0;
const HOUR: f64 = 3600.0;
const DAY: f64 = 86_400.0;
/// A Julian year.
const YEAR: f64 = 365.25 * DAY;

/// A duration in the largest unit of which there is at least one, to a tenth where it is below 100 of it.
///
/// ```
/// use flowgauge::words::duration;
/// assert_eq!(duration(45.0), "45 s");
/// assert_eq!(duration(720.0), "12 min");
/// assert_eq!(duration(12_600.0), "3.5 h");
/// assert_eq!(duration(92_700.0), "1.1 days");
/// assert_eq!(duration(37_869_120.0), "1.2 years");
/// ```
pub fn duration(seconds: f64) -> String {
    if seconds < 0.0 {
        return format!("-{}", duration(-seconds));
    }
    // The bound is where rounding would show a full larger unit: 59.97 min is "1 h", not "60 min".
    if seconds < 59.5 {
        format!("{seconds:.0} s")
    } else if seconds < 59.95 * MINUTE {
        format!("{} min", tenths(seconds / MINUTE))
    } else if seconds < 23.95 * HOUR {
        format!("{} h", tenths(seconds / HOUR))
    } else if seconds < YEAR {
        let days = tenths(seconds / DAY);
        format!("{days} {}", if days == "1" { "day" } else { "days" })
    } else {
        let years = tenths(seconds / YEAR);
        format!("{years} {}", if years == "1" { "year" } else { "years" })
    }
}

/// The same in hours at most, for time on a clock whose days do not have 24.
///
/// ```
/// assert_eq!(flowgauge::words::hours(98_514.0), "27.4 h");
/// ```
pub fn hours(seconds: f64) -> String {
    if seconds < 59.95 * MINUTE { duration(seconds) } else { format!("{} h", tenths(seconds / HOUR)) }
}

/// With one decimal below 100, unless that is 0; else whole, in groups of three.
fn tenths(value: f64) -> String {
    if value < 99.95 {
        let text = format!("{value:.1}");
        text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
    } else {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "positive; saturates beyond 2^64")]
        count(value.round() as u64)
    }
}

/// A count with a comma between thousands.
///
/// ```
/// assert_eq!(flowgauge::words::count(24_918), "24,918");
/// ```
pub fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A count and its noun.
pub fn plural(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(n), if n == 1 { one } else { many })
}

/// A ratio: whole from 10 up, else to a tenth without a trailing 0.
pub fn ratio(value: f64) -> String {
    if value >= 9.95 { tenths(value.round()) } else { tenths(value) }
}

/// A share as a percentage: to a tenth below 10 %.
///
/// ```
/// use flowgauge::words::percent;
/// assert_eq!((percent(0.456), percent(0.0434), percent(-0.02)), ("46 %".into(), "4.3 %".into(), "-2.0 %".into()));
/// ```
pub fn percent(share: f64) -> String {
    let digits = usize::from(share.abs() < 0.0995);
    format!("{:.digits$} %", share * 100.0)
}

/// A change as a percentage with its sign; less than half of what is shown is none, and has no sign.
///
/// ```
/// use flowgauge::words::signed_percent;
/// assert_eq!([signed_percent(0.123), signed_percent(-0.0204), signed_percent(-0.0004)], ["+12 %", "-2.0 %", "0.0 %"]);
/// ```
pub fn signed_percent(share: f64) -> String {
    if share.abs() < 5e-4 {
        return percent(0.0);
    }
    let text = percent(share);
    if share > 0.0 { format!("+{text}") } else { text }
}

/// A number that need not be whole: to a hundredth below 10, to a tenth below 100, without trailing zeros.
///
/// ```
/// use flowgauge::words::decimal;
/// assert_eq!((decimal(0.766), decimal(34.26), decimal(-3.0)), ("0.77".into(), "34.3".into(), "-3".into()));
/// assert_eq!(decimal(24_917.6), "24,918");
/// ```
pub fn decimal(value: f64) -> String {
    if value < 0.0 {
        let text = decimal(-value);
        return if text == "0" { text } else { format!("-{text}") };
    }
    if value < 9.995 {
        let text = format!("{value:.2}");
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        tenths(value)
    }
}

/// The place of a thing in a row: 1st, 2nd, 12th.
pub fn ordinal(n: u64) -> String {
    let ending = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{}{ending}", count(n))
}

/// The local date of an instant as people say it: 18 February 2017.
pub fn date(seconds: i64, zone: chrono_tz::Tz) -> String {
    let local = DateTime::from_timestamp(seconds, 0).unwrap_or_default().with_timezone(&zone);
    local.format("%-d %B %Y").to_string()
}

/// An instant as RFC 3339 in UTC, to the second.
///
/// ```
/// assert_eq!(flowgauge::words::instant(0), "1970-01-01T00:00:00Z");
/// ```
pub fn instant(seconds: i64) -> String {
    DateTime::from_timestamp(seconds, 0).unwrap_or_default().to_rfc3339_opts(SecondsFormat::Secs, true)
}

#[cfg(test)]
mod tests {
    use super::{count, duration, plural, ratio};

    #[test]
    fn durations_read_well() {
        for (seconds, text) in [
            (0.0, "0 s"),
            (59.4, "59 s"),
            (59.5, "1 min"),
            (90.0, "1.5 min"),
            (3597.0, "1 h"),
            (3600.0, "1 h"),
            (5400.0, "1.5 h"),
            (86_399.0, "1 day"),
            (86_400.0, "1 day"),
            (966_927.0, "11.2 days"),
            (8_640_000.0, "100 days"),
            (31_557_600.0, "1 year"),
            (-45.0, "-45 s"),
            (31_557_600.0 * 1234.0, "1,234 years"),
        ] {
            assert_eq!(duration(seconds), text, "{seconds}");
        }
    }

    #[test]
    fn places_and_dates_read_well() {
        let places: Vec<String> = [1, 2, 3, 4, 11, 12, 21, 1002].into_iter().map(super::ordinal).collect();
        assert_eq!(places, ["1st", "2nd", "3rd", "4th", "11th", "12th", "21st", "1,002nd"]);
        let new_year = 1_735_689_600;
        assert_eq!(super::date(new_year, chrono_tz::Tz::UTC), "1 January 2025");
        assert_eq!(super::date(new_year, chrono_tz::Tz::America__New_York), "31 December 2024");
    }

    #[test]
    fn counts_and_ratios_read_well() {
        assert_eq!((count(0), count(999), count(1000)), ("0".into(), "999".into(), "1,000".into()));
        assert_eq!(count(1_234_567), "1,234,567");
        assert_eq!((plural(1, "week", "weeks"), plural(2, "week", "weeks")), ("1 week".into(), "2 weeks".into()));
        assert_eq!((ratio(1.25), ratio(6.02), ratio(12.4)), ("1.2".into(), "6".into(), "12".into()));
    }
}
