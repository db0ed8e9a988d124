//! Settles, per column and over the whole file, whether the day or the month comes first.

use super::DateOrder;
use super::timestamp::{OrderHint, Separator};

/// Rows kept as proof of one order.
const ROWS: usize = 10;

/// The values that are dates in one order only.
#[derive(Clone, Debug, Default)]
pub struct Proof {
    /// How many.
    pub count: u64,
    /// Text of the first.
    pub first: String,
    /// The first rows with one, as a spreadsheet counts.
    pub rows: Vec<u64>,
}

impl Proof {
    fn note(&mut self, row: u64, text: impl FnOnce() -> String) {
        if self.count == 0 {
            self.first = text();
        }
        self.count += 1;
        if self.rows.len() < ROWS {
            self.rows.push(row);
        }
    }

    fn add(&mut self, other: &Self) {
        if self.count == 0 || (other.count > 0 && other.rows.first() < self.rows.first()) {
            self.first.clone_from(&other.first);
        }
        self.count += other.count;
        self.rows.extend(&other.rows);
        self.rows.sort_unstable();
        self.rows.truncate(ROWS);
    }

    /// For people: "3 values prove it, row 3 reads "29/2/2016"".
    fn words(&self) -> String {
        let values = if self.count == 1 { "1 value proves it" } else { &format!("{} values prove it", self.count) };
        format!("{values}, {}", self.shown())
    }

    /// The first row with its text.
    pub fn shown(&self) -> String {
        self.rows.first().map_or_else(String::new, |row| format!("row {row} reads \"{}\"", self.first))
    }
}

/// What the values with one separator say.
#[derive(Clone, Debug, Default)]
struct Style {
    open: u64,
    day_first: Proof,
    month_first: Proof,
}

/// What all values of a column say about the order of day and month.
#[derive(Clone, Debug, Default)]
pub struct OrderEvidence {
    styles: [Style; Separator::ALL.len()],
    /// Up to three open values.
    pub samples: Vec<String>,
}

/// The order of the dates of a column, by what stands between their numbers.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Orders([Option<DateOrder>; Separator::ALL.len()]);

impl Orders {
    /// One order for all.
    pub fn all(order: DateOrder) -> Self {
        Self([Some(order); Separator::ALL.len()])
    }

    /// The order of dates with this separator, where settled.
    pub fn of(self, separator: Separator) -> Option<DateOrder> {
        Separator::ALL.iter().zip(self.0).find(|(s, _)| **s == separator).and_then(|(_, order)| order)
    }
}

/// What is settled for a column.
#[derive(Clone, Debug, PartialEq)]
pub enum OrderVerdict {
    /// No value needs an order.
    NotNeeded,
    /// Settled, with the reason.
    Settled(DateOrder, String),
    /// Proofs for both orders stand in the column, but each separator has one of them only.
    ByStyle(Orders, String),
    /// Proofs for both orders stand in the column.
    Conflict,
    /// Every value reads either way.
    Open,
}

impl OrderEvidence {
    /// Takes one value into account. `text` is only called where the value is kept as a sample or proof.
    pub fn note(&mut self, hint: OrderHint, separator: Separator, row: u64, text: impl FnOnce() -> String) {
        if hint == OrderHint::Free {
            return;
        }
        let at = Separator::ALL.iter().position(|s| *s == separator);
        let Some(style) = at.and_then(|at| self.styles.get_mut(at)) else { return };
        match hint {
            OrderHint::Free => {}
            OrderHint::Open => {
                style.open += 1;
                if self.samples.len() < 3 {
                    let text = text();
                    if !self.samples.contains(&text) {
                        self.samples.push(text);
                    }
                }
            }
            OrderHint::DayFirst => style.day_first.note(row, text),
            OrderHint::MonthFirst => style.month_first.note(row, text),
        }
    }

    /// All proofs of an order, whatever their separator.
    pub fn proof(&self, order: DateOrder) -> Proof {
        let mut all = Proof::default();
        for style in &self.styles {
            all.add(match order {
                DateOrder::DayFirst => &style.day_first,
                DateOrder::MonthFirst => &style.month_first,
            });
        }
        all
    }

    /// What the column's own values settle.
    pub fn verdict(&self) -> OrderVerdict {
        let open: u64 = self.styles.iter().map(|s| s.open).sum();
        let (day, month) = (self.proof(DateOrder::DayFirst), self.proof(DateOrder::MonthFirst));
        match (day.count, month.count, open) {
            (0, 0, 0) => OrderVerdict::NotNeeded,
            (0, 0, _) => OrderVerdict::Open,
            (_, 0, _) => OrderVerdict::Settled(DateOrder::DayFirst, format!("day first: {}", day.words())),
            (0, ..) => OrderVerdict::Settled(DateOrder::MonthFirst, format!("month first: {}", month.words())),
            _ => self.by_style().unwrap_or(OrderVerdict::Conflict),
        }
    }

    /// Two writers of one column, told apart by their separators; every separator in use needs a proof of its own.
    fn by_style(&self) -> Option<OrderVerdict> {
        let mut orders = Orders::default();
        let mut reasons = Vec::new();
        for ((separator, style), slot) in Separator::ALL.iter().zip(&self.styles).zip(&mut orders.0) {
            let (order, words, proof) = match (style.day_first.count, style.month_first.count) {
                (0, 0) if style.open == 0 => continue,
                (0, 0) => return None,
                (_, 0) => (DateOrder::DayFirst, "day first", &style.day_first),
                (0, _) => (DateOrder::MonthFirst, "month first", &style.month_first),
                _ => return None,
            };
            *slot = Some(order);
            reasons.push(format!("dates with \"{}\" {words}: {}", separator.text(), proof.words()));
        }
        Some(OrderVerdict::ByStyle(orders, reasons.join("; ")))
    }
}

#[cfg(test)]
mod tests {
    use super::super::timestamp::parse;
    use super::*;

    fn evidence(values: &[&str]) -> OrderEvidence {
        let mut evidence = OrderEvidence::default();
        for (row, value) in (2..).zip(values) {
            let stamp = parse(value.as_bytes()).unwrap();
            evidence.note(stamp.hint, stamp.separator, row, || (*value).to_owned());
        }
        evidence
    }

    fn verdict(values: &[&str]) -> OrderVerdict {
        evidence(values).verdict()
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

    #[test]
    fn separators_tell_two_writers_apart_where_each_has_a_proof() {
        let OrderVerdict::ByStyle(orders, reason) = verdict(&["2/29/2016", "29-02-2016", "5-3-2016"]) else { panic!() };
        assert_eq!(orders.of(Separator::Slash), Some(DateOrder::MonthFirst));
        assert_eq!(orders.of(Separator::Dash), Some(DateOrder::DayFirst));
        assert!(reason.contains("row 2 reads") && reason.contains("row 3 reads"), "{reason}");
        // Open values with a third separator have no proof of their own: the column is asked about.
        assert_eq!(verdict(&["2/29/2016", "29-02-2016", "5.3.2016"]), OrderVerdict::Conflict);
        assert_eq!(verdict(&["2/29/2016", "29-02-2016", "2-29-2016"]), OrderVerdict::Conflict);
        // One order throughout: the separators do not matter.
        assert!(matches!(verdict(&["29/2/2016", "29-02-2016", "5.3.2016"]), OrderVerdict::Settled(..)));
    }

    #[test]
    fn proofs_keep_their_first_ten_rows() {
        let values: Vec<&str> = std::iter::repeat_n("29/2/2016", 12).chain(["2-29-2016", "29-2-2016"]).collect();
        let proof = evidence(&values).proof(DateOrder::DayFirst);
        assert_eq!((proof.count, proof.rows), (13, (2..12).collect()));
        assert_eq!(evidence(&values).proof(DateOrder::MonthFirst).rows, [14]);
    }
}
