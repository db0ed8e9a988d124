//! What the numbers of a date column count, settled over the whole column.

use super::timestamp::{FROM_1900_TO_1904, Magnitude, NumberDate, WINDOW, civil_from_days};

/// The numbers of one size in a column.
#[derive(Clone, Debug)]
pub struct Numbers {
    /// How many.
    pub count: u64,
    /// Least and largest, in seconds since 1970; spreadsheet days in the system of 1900.
    pub range: (i64, i64),
    /// First row with one, as a spreadsheet counts, and its text.
    pub first: (u64, String),
}

/// All sizes, in the order in which they are kept.
const MAGNITUDES: [Magnitude; 4] =
    [Magnitude::Days, Magnitude::Seconds, Magnitude::Milliseconds, Magnitude::Microseconds];

/// What all numbers of a column say about what they count.
#[derive(Clone, Debug, Default)]
pub struct NumberEvidence {
    seen: [Option<Box<Numbers>>; MAGNITUDES.len()],
}

/// What the column's own values settle.
#[derive(Clone, Debug, PartialEq)]
pub enum NumberVerdict {
    /// There is no number.
    NotNeeded,
    /// Settled, with the reason.
    Settled(NumberDate, String),
    /// One of these.
    Open(Vec<NumberDate>),
}

impl NumberDate {
    /// Whether a number of this size is counted so.
    pub fn counts(self, magnitude: Magnitude) -> bool {
        matches!(
            (self, magnitude),
            (Self::EpochSeconds, Magnitude::Seconds)
                | (Self::EpochMilliseconds, Magnitude::Milliseconds)
                | (Self::EpochMicroseconds, Magnitude::Microseconds)
                | (Self::Excel1900 | Self::Excel1904, Magnitude::Days)
        )
    }

    /// What to add to a value that was read in the system of 1900.
    pub fn shift(self) -> i64 {
        if self == Self::Excel1904 { FROM_1900_TO_1904 } else { 0 }
    }
}

impl NumberEvidence {
    /// Takes one number into account.
    pub fn note(&mut self, magnitude: Magnitude, seconds: i64, row: u64, text: impl FnOnce() -> String) {
        let at = MAGNITUDES.iter().position(|m| *m == magnitude);
        let Some(slot) = at.and_then(|at| self.seen.get_mut(at)) else { return };
        let seen =
            slot.get_or_insert_with(|| Box::new(Numbers { count: 0, range: (seconds, seconds), first: (row, text()) }));
        seen.count += 1;
        seen.range = (seen.range.0.min(seconds), seen.range.1.max(seconds));
    }

    /// The numbers of one size.
    pub fn of(&self, magnitude: Magnitude) -> Option<&Numbers> {
        MAGNITUDES.iter().zip(&self.seen).find(|(m, _)| **m == magnitude).and_then(|(_, seen)| seen.as_deref())
    }

    /// All that there are, by size.
    pub fn present(&self) -> impl Iterator<Item = (Magnitude, &Numbers)> {
        MAGNITUDES.iter().zip(&self.seen).filter_map(|(m, seen)| Some((*m, seen.as_deref()?)))
    }

    /// What the numbers alone settle: all of one size, all in the years in which tickets are written.
    pub fn verdict(&self) -> NumberVerdict {
        let possible = |magnitude: Magnitude| {
            [
                NumberDate::EpochSeconds,
                NumberDate::EpochMilliseconds,
                NumberDate::EpochMicroseconds,
                NumberDate::Excel1900,
                NumberDate::Excel1904,
            ]
            .into_iter()
            .filter(move |system| system.counts(magnitude))
        };
        let present: Vec<(Magnitude, &Numbers)> = self.present().collect();
        match present.as_slice() {
            [] => NumberVerdict::NotNeeded,
            [(magnitude, numbers)] => {
                let inside = |system: &NumberDate| numbers.within(*system);
                let plausible: Vec<NumberDate> = possible(*magnitude).filter(inside).collect();
                match plausible.as_slice() {
                    [system] => NumberVerdict::Settled(*system, numbers.words(*system)),
                    [] => NumberVerdict::Open(possible(*magnitude).collect()),
                    _ => NumberVerdict::Open(plausible),
                }
            }
            several => NumberVerdict::Open(several.iter().flat_map(|(magnitude, _)| possible(*magnitude)).collect()),
        }
    }
}

impl Numbers {
    fn within(&self, system: NumberDate) -> bool {
        let (least, most) = self.span(system);
        WINDOW.contains(&least) && WINDOW.contains(&most)
    }

    /// First and last instant where the numbers are counted so.
    pub fn span(&self, system: NumberDate) -> (i64, i64) {
        (self.range.0 + system.shift(), self.range.1 + system.shift())
    }

    /// For people: "seconds since 1970: 12 numbers between 2024-01-02 and 2025-03-01".
    pub fn words(&self, system: NumberDate) -> String {
        let (least, most) = self.span(system);
        let numbers = if self.count == 1 { "1 number" } else { &format!("{} numbers", self.count) };
        format!("{}: {numbers} between {} and {}", system.words(), day(least), day(most))
    }
}

/// The date of an instant: `2025-03-01`.
pub fn day(seconds: i64) -> String {
    let (year, month, day) = civil_from_days(seconds.div_euclid(86_400));
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::super::timestamp::number;
    use super::*;

    fn verdict(values: &[&str]) -> NumberVerdict {
        let mut evidence = NumberEvidence::default();
        for (row, value) in (2..).zip(values) {
            let n = number(value.as_bytes()).unwrap();
            evidence.note(n.magnitude, n.seconds, row, || (*value).to_owned());
        }
        evidence.verdict()
    }

    #[test]
    fn a_column_is_settled_as_a_whole() {
        use NumberDate::{EpochMilliseconds, EpochSeconds, Excel1900, Excel1904};
        assert_eq!(verdict(&[]), NumberVerdict::NotNeeded);
        assert_eq!(
            verdict(&["1735689600", "1738368000"]),
            NumberVerdict::Settled(
                EpochSeconds,
                "seconds since 1970: 2 numbers between 2025-01-01 and 2025-02-01".into()
            )
        );
        assert!(matches!(verdict(&["1735689600000"]), NumberVerdict::Settled(EpochMilliseconds, _)));
        // 1904 and 1900 are four years apart: both are years in which tickets are written.
        assert_eq!(verdict(&["45658.5", "45660"]), NumberVerdict::Open(vec![Excel1900, Excel1904]));
        // 1988 is none.
        assert!(matches!(verdict(&["32500"]), NumberVerdict::Settled(Excel1904, _)));
        assert_eq!(
            verdict(&["1735689600", "1735689600000"]),
            NumberVerdict::Open(vec![EpochSeconds, EpochMilliseconds])
        );
        assert_eq!(verdict(&["300000000"]), NumberVerdict::Open(vec![EpochSeconds]));
    }
}
