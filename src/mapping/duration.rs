//! Reads one recorded length of time: "2h 30m", "6 dias 6 horas", "1 day, 3:04:05", `PT5H`, a plain number.

use serde::{Deserialize, Serialize};

use super::timestamp::cursor::Cursor;

/// What a plain number of a column counts.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(hashmap_as_object, missing_as_null))]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DurationUnit {
    /// Thousandths of a second: programs count them, people do not.
    Milliseconds,
    /// Seconds.
    Seconds,
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// Days of 24 hours.
    Days,
}

impl DurationUnit {
    /// Those in which people write lengths, the shortest first.
    pub const ALL: [Self; 4] = [Self::Seconds, Self::Minutes, Self::Hours, Self::Days];

    /// Its length in whole seconds: a millisecond has none.
    pub fn seconds(self) -> u32 {
        match self {
            Self::Milliseconds => 0,
            Self::Seconds => 1,
            Self::Minutes => 60,
            Self::Hours => 3600,
            Self::Days => 86_400,
        }
    }

    /// So many of them, in seconds.
    pub fn of(self, value: f64) -> f64 {
        if self == Self::Milliseconds { value / 1000.0 } else { value * f64::from(self.seconds()) }
    }

    /// Its name, for people and in mappings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Milliseconds => "milliseconds",
            Self::Seconds => "seconds",
            Self::Minutes => "minutes",
            Self::Hours => "hours",
            Self::Days => "days",
        }
    }

    /// The unit that a header names: "in minutes", "(in hrs)", `calendar_stc`.
    pub fn of_header(header: &str) -> Option<Self> {
        let mut words = header.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        words.find_map(|word| {
            let word = word.to_lowercase();
            // ServiceNow: "calendar seconds to close".
            if word == "stc" {
                return Some(Self::Seconds);
            }
            // One letter names no unit: "T" is also a half of "SLA (T)".
            let letters: Vec<u8> = word.bytes().filter(u8::is_ascii).collect();
            let unit = unit(&letters).filter(|_| letters.len() > 2)?;
            // "Second response", "minute" and "hour" alone say no more than "time".
            if matches!(word.as_str(), "second" | "seconde" | "segundo" | "secondo") {
                return None;
            }
            Self::ALL.into_iter().find(|u| u64::from(u.seconds()) == unit)
        })
    }
}

/// What a cell says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Length {
    /// A length of time, in seconds.
    Seconds(u64),
    /// A number without a unit.
    Plain(f64),
}

const MINUTE: u64 = 60;
const HOUR: u64 = 3600;
const DAY: u64 = 86_400;
const WEEK: u64 = 604_800;

/// Names of units in seven languages, without accents as [`super::timestamp`] drops them; sorted. Months and years are
/// not among them: they have no fixed length.
const UNITS: [(&[u8], u64); 81] = [
    (b"d", DAY),
    (b"da", DAY),
    (b"dag", DAY),
    (b"dagen", DAY),
    (b"das", DAY),
    (b"day", DAY),
    (b"days", DAY),
    (b"dia", DAY),
    (b"dias", DAY),
    (b"g", DAY),
    (b"gg", DAY),
    (b"giorni", DAY),
    (b"giorno", DAY),
    (b"h", HOUR),
    (b"heure", HOUR),
    (b"heures", HOUR),
    (b"hora", HOUR),
    (b"horas", HOUR),
    (b"hour", HOUR),
    (b"hours", HOUR),
    (b"hr", HOUR),
    (b"hrs", HOUR),
    (b"hs", HOUR),
    (b"j", DAY),
    (b"jour", DAY),
    (b"jours", DAY),
    (b"m", MINUTE),
    (b"min", MINUTE),
    (b"mins", MINUTE),
    (b"minute", MINUTE),
    (b"minuten", MINUTE),
    (b"minutes", MINUTE),
    (b"minuti", MINUTE),
    (b"minuto", MINUTE),
    (b"minutos", MINUTE),
    (b"minuut", MINUTE),
    (b"mn", MINUTE),
    (b"ora", HOUR),
    (b"ore", HOUR),
    (b"s", 1),
    (b"sec", 1),
    (b"second", 1),
    (b"seconde", 1),
    (b"seconden", 1),
    (b"secondes", 1),
    (b"secondi", 1),
    (b"secondo", 1),
    (b"seconds", 1),
    (b"secs", 1),
    (b"seg", 1),
    (b"segs", 1),
    (b"segundo", 1),
    (b"segundos", 1),
    (b"sek", 1),
    (b"sekunde", 1),
    (b"sekunden", 1),
    (b"sem", WEEK),
    (b"semaine", WEEK),
    (b"semaines", WEEK),
    (b"semana", WEEK),
    (b"semanas", WEEK),
    (b"settimana", WEEK),
    (b"settimane", WEEK),
    (b"std", HOUR),
    (b"stdn", HOUR),
    (b"stunde", HOUR),
    (b"stunden", HOUR),
    (b"tag", DAY),
    (b"tage", DAY),
    (b"tagen", DAY),
    (b"u", HOUR),
    (b"uren", HOUR),
    (b"uur", HOUR),
    (b"w", WEEK),
    (b"week", WEEK),
    (b"weeks", WEEK),
    (b"weken", WEEK),
    (b"wk", WEEK),
    (b"wks", WEEK),
    (b"woche", WEEK),
    (b"wochen", WEEK),
];

/// Words between the parts: "2 hours and 3 minutes".
const AND: [&[u8]; 6] = [b"and", b"und", b"et", b"y", b"e", b"en"];

/// Longest text that can be a length of time.
const LONGEST: usize = 96;

fn unit(letters: &[u8]) -> Option<u64> {
    let at = UNITS.binary_search_by(|(name, _)| (*name).cmp(letters)).ok()?;
    UNITS.get(at).map(|(_, seconds)| *seconds)
}

/// Reads a length of time; `None` where the text is none, or a negative one. Days have 24 hours and weeks seven days, also
/// where a tool means working time: what it recorded is shown as it recorded it.
pub fn parse_duration(cell: &[u8]) -> Option<Length> {
    let text = cell.trim_ascii();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    if let Some(value) = plain(text) {
        return Some(Length::Plain(value));
    }
    let mut c = Cursor { rest: text };
    if matches!(text, [b'P' | b'p', ..]) {
        return iso(&mut c).map(Length::Seconds);
    }
    let mut total = Total::default();
    let mut smallest = u64::MAX;
    while !c.rest.is_empty() {
        c.spaces();
        c.eat(b',');
        c.spaces();
        if c.eat_word(&AND) {
            c.spaces();
        }
        let mut ahead = c;
        if let Some(seconds) = clock(&mut ahead) {
            // "1 day, 3:04:05": a clock ends the text.
            c = ahead;
            total.add(seconds)?;
            break;
        }
        let (whole, fraction) = number(&mut c)?;
        c.spaces();
        let length = match c.word() {
            Some(word) => unit(word.letters())?,
            // "2h30": the unit below the last one.
            None if smallest == HOUR && fraction.is_none() => MINUTE,
            None => return None,
        };
        c.eat(b'.');
        // "3 minutes 2 hours" is no way to say it; "5 5 days" neither.
        (length < smallest).then_some(())?;
        smallest = length;
        total.add(part(whole, fraction, length)?)?;
    }
    c.rest.is_empty().then_some(Length::Seconds(total.0))
}

#[derive(Default)]
struct Total(u64);

impl Total {
    fn add(&mut self, seconds: u64) -> Option<()> {
        self.0 = self.0.checked_add(seconds)?;
        Some(())
    }
}

/// Digits and the digits of a fraction with their scale.
type Number = (u64, Option<(u64, u64)>);

fn number(c: &mut Cursor<'_>) -> Option<Number> {
    let (whole, _) = c.digits(15)?;
    let mut ahead = *c;
    let fraction = if (ahead.eat(b'.') || ahead.eat(b','))
        && let Some((digits, n)) = ahead.digits(9)
    {
        *c = ahead;
        Some((u64::try_from(digits).ok()?, 10_u64.checked_pow(u32::try_from(n).ok()?)?))
    } else {
        None
    };
    Some((u64::try_from(whole).ok()?, fraction))
}

/// A number of units in seconds, to the nearest one.
fn part(whole: u64, fraction: Option<(u64, u64)>, length: u64) -> Option<u64> {
    let more = fraction.map_or(0, |(digits, scale)| (digits * length + scale / 2) / scale);
    whole.checked_mul(length)?.checked_add(more)
}

/// "3:04", "123:04:05.5", "2:03:04:05" with days, "2.03:04:05" as .NET writes it.
fn clock(c: &mut Cursor<'_>) -> Option<u64> {
    let (first, _) = c.digits(9)?;
    let first = u64::try_from(first).ok()?;
    let mut days = 0;
    let mut hours = first;
    if let [b'.', b'0'..=b'9', b'0'..=b'9', b':', ..] = c.rest {
        c.skip(1);
        (days, hours) = (first, below(c, 24)?);
    }
    c.eat(b':').then_some(())?;
    let second = below(c, 60)?;
    let mut parts = (hours, second, 0);
    if c.eat(b':') {
        parts.2 = below(c, 60)?;
        if c.eat(b':') {
            (days == 0 && second < 24).then_some(())?;
            days = hours;
            parts = (second, parts.2, below(c, 60)?);
        }
        let mut ahead = *c;
        if (ahead.eat(b'.') || ahead.eat(b',')) && ahead.digits(9).is_some() {
            *c = ahead;
        }
    }
    (days * DAY).checked_add(parts.0 * HOUR + parts.1 * MINUTE + parts.2)
}

fn below(c: &mut Cursor<'_>, limit: u64) -> Option<u64> {
    u64::try_from(c.two()?).ok().filter(|v| *v < limit)
}

/// ISO 8601: `P3DT4H5M6.5S`, `P2W`. Years and months have no fixed length and are refused.
fn iso(c: &mut Cursor<'_>) -> Option<u64> {
    c.skip(1);
    let mut total = Total::default();
    let (mut time, mut parts) = (false, 0);
    while !c.rest.is_empty() {
        if !time && (c.eat(b'T') || c.eat(b't')) {
            time = true;
            continue;
        }
        let (whole, fraction) = number(c)?;
        let length = match (c.peek()?.to_ascii_uppercase(), time) {
            (b'W', false) => WEEK,
            (b'D', false) => DAY,
            (b'H', true) => HOUR,
            (b'M', true) => MINUTE,
            (b'S', true) => 1,
            // `P0Y0M1D` is a length all the same.
            (b'Y' | b'M', false) if whole == 0 && fraction.is_none() => 0,
            _ => return None,
        };
        c.skip(1);
        parts += 1;
        total.add(part(whole, fraction, length)?)?;
    }
    (parts > 0).then_some(total.0)
}

/// A plain number: `5400`, `1.5`, `1,5`, `1,234,567.5`, `1.234.567,5`. A single comma with three digits behind it says
/// either, and is none.
fn plain(text: &[u8]) -> Option<f64> {
    let bytes = |b: u8| memchr::memchr_iter(b, text).count();
    if !text.iter().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')) || !text.first()?.is_ascii_digit() {
        return None;
    }
    let (dots, commas) = (bytes(b'.'), bytes(b','));
    let decimal = match (dots, commas) {
        (1, 0) => Some(b'.'),
        (0, 1) if !text.starts_with(b"0") && text.len() > 4 && text.get(text.len() - 4) == Some(&b',') => return None,
        (0, 1) => Some(b','),
        (1, _) if text.iter().rposition(|b| *b == b'.') > text.iter().rposition(|b| *b == b',') => Some(b'.'),
        (_, 1) if dots > 0 => Some(b','),
        _ => None,
    };
    let (whole, fraction) = match decimal.and_then(|d| text.iter().rposition(|b| *b == d)) {
        Some(at) => (text.get(..at)?, text.get(at + 1..)?),
        None => (text, &[][..]),
    };
    let grouped = whole.iter().any(|b| !b.is_ascii_digit());
    if grouped && !groups_of_three(whole) {
        return None;
    }
    let mut number: String = whole.iter().filter(|b| b.is_ascii_digit()).map(|b| char::from(*b)).collect();
    number.push('.');
    number.extend(fraction.iter().map(|b| char::from(*b)));
    number.push('0');
    number.parse().ok().filter(|n: &f64| n.is_finite())
}

fn groups_of_three(whole: &[u8]) -> bool {
    let mut groups = whole.split(|b| !b.is_ascii_digit());
    groups.next().is_some_and(|g| (1..=3).contains(&g.len())) && groups.all(|g| g.len() == 3)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn seconds(text: &str) -> Option<u64> {
        match parse_duration(text.as_bytes()) {
            Some(Length::Seconds(seconds)) => Some(seconds),
            _ => None,
        }
    }

    /// Sources: ISO 8601-1:2019 durations (Wikipedia), Python's `str(timedelta)`, .NET's `TimeSpan`, and the exports of
    /// GLPI, OTRS, Jira, Freshdesk.
    #[test]
    fn lengths_as_tools_write_them() {
        for (text, expected) in [
            ("0:05", 300),
            ("12:34", 45_240),
            ("123:04", 442_800 + 240),
            ("01:02:03", 3_723),
            ("100:00:00", 360_000),
            ("26:03:04.5", 93_784),
            ("1 day, 3:04:05", 97_445),
            ("2 days, 0:00:00", 172_800),
            ("2.03:04:05", 183_845),
            ("2:03:04:05", 183_845),
            ("2 days 03:04", 183_840),
            ("5 days 3 hours", 442_800),
            ("6 dias 6 horas 35 minutos", 542_100),
            ("27 d 19 h", 2_401_200),
            ("53 segundos", 53),
            ("3 Tage 4 Std. 5 Min.", 273_900),
            ("3 Tage, 4 Stunden und 5 Minuten", 273_900),
            ("2 jours 3 heures", 183_600),
            ("1 giorno 2 ore", 93_600),
            ("1 giorno e 2 ore", 93_600),
            ("3 dagen 4 uur", 273_600),
            ("2 días y 3 horas", 183_600),
            ("1 semana 2 dias", 777_600),
            ("2h 30m", 9_000),
            ("2h30m", 9_000),
            ("2h30", 9_000),
            ("2 h 30 min", 9_000),
            ("1w 2d", 777_600),
            ("1,5 Stunden", 5_400),
            ("1.5 hours", 5_400),
            ("90 min", 5_400),
            ("PT5H", 18_000),
            ("P3DT4H5M6S", 273_906),
            ("P2W", 1_209_600),
            ("PT0.5S", 1),
            ("PT36H", 129_600),
            ("P0Y0M1D", 86_400),
            ("P1DT", 86_400),
        ] {
            assert_eq!(seconds(text), Some(expected), "{text}");
        }
        assert_eq!(parse_duration(b"2 d\xEDas"), Some(Length::Seconds(172_800)));
    }

    #[test]
    fn plain_numbers_wait_for_their_unit() {
        for (text, expected) in [
            ("0", 0.0),
            ("5400", 5400.0),
            ("1.5", 1.5),
            ("1,25", 1.25),
            ("0,125", 0.125),
            ("1.234", 1.234),
            ("1,234,567", 1_234_567.0),
            ("1.234.567,5", 1_234_567.5),
            ("1,234.5", 1234.5),
        ] {
            assert_eq!(parse_duration(text.as_bytes()), Some(Length::Plain(expected)), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_length() {
        for text in [
            "",
            "-5",
            "-1:00",
            "- 2 h",
            "soon",
            "2 months",
            "3 hours 2 days",
            "2 hours 2 hours",
            "5 5 days",
            "1,234",
            "1.2.3",
            "12:60",
            "1:2",
            "P1Y",
            "P",
            "PT",
            "2025-01-01",
            "2025-01-01 10:00:00",
            "10:00 AM",
            "12 incidents",
            "99999999999999999999 d",
            "999999999999999 w",
        ] {
            assert_eq!(parse_duration(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn units_of_headers() {
        use DurationUnit::{Days, Hours, Minutes, Seconds};
        assert!(UNITS.is_sorted_by(|a, b| a.0 < b.0));
        for (header, unit) in [
            ("First reply time in minutes", Some(Minutes)),
            ("Resolution time (in hrs)", Some(Hours)),
            ("calendar_stc", Some(Seconds)),
            ("Time in status (minutes)", Some(Minutes)),
            ("Duration [days]", Some(Days)),
            ("Bearbeitungszeit (Stunden)", Some(Hours)),
            ("Resolution time", None),
            ("Second response", None),
            ("SLA (T)", None),
        ] {
            assert_eq!(DurationUnit::of_header(header), unit, "{header}");
        }
    }

    proptest! {
        #[test]
        fn any_length_in_any_style_reads_back(total in 0..10_000_000_u64, style in 0..6_usize) {
            let (d, h, m, s) = (total / DAY, total / HOUR % 24, total / 60 % 60, total % 60);
            let text = match style {
                0 => format!("{}:{m:02}:{s:02}", total / HOUR),
                1 => format!("{d} days, {h}:{m:02}:{s:02}"),
                2 => format!("P{d}DT{h}H{m}M{s}S"),
                3 => format!("{d} Tage {h} Std. {m} Min. {s} Sek."),
                4 => format!("{d}d {h}h {m}m {s}s"),
                _ => format!("{d} dias, {h} horas, {m} minutos e {s} segundos"),
            };
            prop_assert_eq!(seconds(&text), Some(total), "{}", text);
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..120)) {
            let _ = parse_duration(&bytes);
        }

        #[test]
        fn no_text_near_a_length_makes_it_panic(text in "[0-9PTHMSD:.,dhm ]{0,40}") {
            let _ = parse_duration(text.as_bytes());
        }
    }
}
