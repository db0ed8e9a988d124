//! Settles, per column and over the whole file, whether the day or the month comes first.

use super::DateOrder;
use super::timestamp::OrderHint;

/// What all values of a column say about the order of day and month.
#[derive(Clone, Debug, Default)]
pub struct OrderEvidence {
    /// Values that read either way.
    pub open: u64,
    /// Values that are dates only day first, and the first row with one.
    pub day_first: u64,
    /// First row (as a spreadsheet counts) that proves day first, with its text.
    pub day_first_row: Option<(u64, String)>,
    /// Values that are dates only month first.
    pub month_first: u64,
    /// First row that proves month first, with its text.
    pub month_first_row: Option<(u64, String)>,
    /// Up to three open values.
    pub samples: Vec<String>,
}

/// What is settled for a column.
#[derive(Clone, Debug, PartialEq)]
pub enum OrderVerdict {
    /// No value needs an order.
    NotNeeded,
    /// Settled, with the reason.
    Settled(DateOrder, String),
    /// Proofs for both orders stand in the column.
    Conflict,
    /// Every value reads either way.
    Open,
}

impl OrderEvidence {
    /// Takes one value into account. `text` is only called where the value is kept as a sample or proof.
    pub fn note(&mut self, hint: OrderHint, row: u64, text: impl FnOnce() -> String) {
        match hint {
            OrderHint::Free => {}
            OrderHint::Open => {
                self.open += 1;
                if self.samples.len() < 3 {
                    let text = text();
                    if !self.samples.contains(&text) {
                        self.samples.push(text);
                    }
                }
            }
            OrderHint::DayFirst => {
                self.day_first += 1;
                if self.day_first_row.is_none() {
                    self.day_first_row = Some((row, text()));
                }
            }
            OrderHint::MonthFirst => {
                self.month_first += 1;
                if self.month_first_row.is_none() {
                    self.month_first_row = Some((row, text()));
                }
            }
        }
    }

    /// What the column's own values settle.
    pub fn verdict(&self) -> OrderVerdict {
        let proof = |row: &Option<(u64, String)>| {
            row.as_ref().map_or_else(String::new, |(row, text)| format!("row {row} reads \"{text}\""))
        };
        match (self.day_first, self.month_first, self.open) {
            (0, 0, 0) => OrderVerdict::NotNeeded,
            (0, 0, _) => OrderVerdict::Open,
            (n, 0, _) => OrderVerdict::Settled(
                DateOrder::DayFirst,
                format!("day first: {n} values prove it, {}", proof(&self.day_first_row)),
            ),
            (0, n, _) => OrderVerdict::Settled(
                DateOrder::MonthFirst,
                format!("month first: {n} values prove it, {}", proof(&self.month_first_row)),
            ),
            _ => OrderVerdict::Conflict,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::timestamp::parse;
    use super::*;

    fn verdict(values: &[&str]) -> OrderVerdict {
        let mut evidence = OrderEvidence::default();
        for (row, value) in (2..).zip(values) {
            evidence.note(parse(value.as_bytes()).unwrap().hint, row, || (*value).to_owned());
        }
        evidence.verdict()
    }

    #[test]
    fn one_proof_settles_the_column() {
        assert!(matches!(
            verdict(&["5/3/2016 12:00", "29/2/2016 01:16"]),
            OrderVerdict::Settled(DateOrder::DayFirst, reason) if reason.contains("row 3 reads \"29/2/2016 01:16\"")
        ));
        assert!(matches!(verdict(&["5/3/2016", "2/29/2016"]), OrderVerdict::Settled(DateOrder::MonthFirst, _)));
        assert_eq!(verdict(&["5/3/2016", "4/2/2016"]), OrderVerdict::Open);
        assert_eq!(verdict(&["29/2/2016", "2/29/2016"]), OrderVerdict::Conflict);
        assert_eq!(verdict(&["2016-02-29", "4/4/2016"]), OrderVerdict::NotNeeded);
    }
}
