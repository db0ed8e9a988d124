//! One column of recorded lengths of time as it streams in, and once its unit is settled.

use super::segments::Segments;
use super::settle::MISSING;
use crate::mapping::{DurationUnit, Length, is_null, parse_duration};

/// A column of lengths of time.
#[derive(Clone, Debug, Default)]
pub struct RawLengths {
    /// What plain numbers count, where it was known before reading.
    pub unit: Option<DurationUnit>,
    /// Seconds; [`MISSING`] where there is none, and for numbers whose unit is open.
    pub seconds: Segments<u32>,
    /// Numbers whose unit is open, by row; empty while there are none.
    plain: Segments<f64>,
    /// Cells with a value.
    pub filled: u64,
    /// Of these, plain numbers.
    pub numbers: u64,
    /// Of these, unreadable ones, negative ones included.
    pub unreadable: u64,
    /// The first unreadable one: row and text.
    pub first_unreadable: Option<(u64, String)>,
    /// The first plain number: its text.
    pub sample: String,
}

impl RawLengths {
    /// A column whose plain numbers count this.
    pub fn new(unit: Option<DurationUnit>) -> Self {
        Self { unit, ..Self::default() }
    }

    /// Takes the next cell.
    pub fn take(&mut self, cell: &[u8], row: u64) {
        let mut seconds = MISSING;
        if !is_null(cell) {
            self.filled += 1;
            let text = || String::from_utf8_lossy(cell).chars().take(40).collect::<String>();
            let read = match (parse_duration(cell), self.unit) {
                (Some(Length::Seconds(value)), _) => u32::try_from(value).ok(),
                (Some(Length::Plain(value)), unit) => {
                    if self.numbers == 0 {
                        self.sample = text();
                    }
                    self.numbers += 1;
                    if let Some(unit) = unit {
                        whole(value, unit)
                    } else {
                        while self.plain.len() < self.seconds.len() {
                            self.plain.push(f64::NAN);
                        }
                        self.plain.push(value);
                        Some(MISSING)
                    }
                }
                (None, _) => None,
            };
            seconds = read.unwrap_or(MISSING);
            if read.is_none() {
                self.unreadable += 1;
                if self.first_unreadable.is_none() {
                    self.first_unreadable = Some((row, text()));
                }
            }
        }
        self.seconds.push(seconds);
    }

    /// The number of a row whose unit is open.
    pub fn open(&self, row: usize) -> Option<f64> {
        self.plain.get(row).filter(|v| !v.is_nan())
    }

    /// Whether numbers of an open unit are there.
    pub fn is_open(&self) -> bool {
        !self.plain.is_empty()
    }

    /// Settles the unit of the numbers that left it open.
    pub fn settle(&mut self, unit: DurationUnit) {
        self.unit = Some(unit);
        for (row, value) in self.plain.iter().enumerate().filter(|(_, v)| !v.is_nan()) {
            if let Some(slot) = self.seconds.get_mut(row) {
                *slot = whole(value, unit).unwrap_or(MISSING);
            }
        }
        self.plain = Segments::new();
    }
}

/// A number of units in whole seconds; `None` beyond 136 years.
fn whole(value: f64, unit: DurationUnit) -> Option<u32> {
    let seconds = unit.of(value).round();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to fit")]
    (seconds >= 0.0 && seconds < f64::from(MISSING)).then_some(seconds as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_wait_for_their_unit_and_texts_do_not() {
        let mut open = RawLengths::new(None);
        let mut minutes = RawLengths::new(Some(DurationUnit::Minutes));
        let mut thousandths = RawLengths::new(Some(DurationUnit::Milliseconds));
        // 540,400 thousandths are 540.4 s.
        thousandths.take(b"540400", 2);
        assert_eq!(thousandths.seconds.get(0), Some(540));
        for (row, cell) in (2..).zip(["1:30:00", "1.5", "", "-3", "2 h", "999999999999"]) {
            open.take(cell.as_bytes(), row);
            minutes.take(cell.as_bytes(), row);
        }
        assert_eq!(minutes.seconds.iter().collect::<Vec<_>>(), [5400, 90, MISSING, MISSING, 7200, MISSING]);
        assert_eq!((minutes.filled, minutes.numbers, minutes.unreadable), (5, 2, 2));
        assert_eq!((open.open(1), open.open(0), open.is_open()), (Some(1.5), None, true));
        assert_eq!(open.seconds.get(1), Some(MISSING));
        open.settle(DurationUnit::Hours);
        assert_eq!(open.seconds.iter().collect::<Vec<_>>(), [5400, 5400, MISSING, MISSING, 7200, MISSING]);
    }
}
