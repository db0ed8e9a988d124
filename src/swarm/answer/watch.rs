//! Which seconds of a lead time count.

use crate::metrics::clock::Clock;
use crate::query::ClockKind;

/// The clock on which simulated and observed lead times are measured: business time where the query asks for it, else every second.
#[derive(Debug)]
pub struct Watch<'a> {
    business: Option<&'a Clock>,
    /// Which ticket of the log each of the case is.
    tickets: &'a [u32],
}

impl<'a> Watch<'a> {
    /// From the clock of a query.
    pub fn new(clock: &'a Clock, tickets: &'a [u32]) -> Self {
        Self { business: Some(clock).filter(|clock| clock.kind() == ClockKind::Business), tickets }
    }

    /// Its name.
    pub fn name(&self) -> &'static str {
        if self.business.is_some() { ClockKind::Business.name() } else { ClockKind::Elapsed.name() }
    }

    /// What counts, in words.
    pub fn words(&self) -> String {
        self.business.map_or_else(
            || "Every second counts; people work all day on the days on which they were seen.".to_owned(),
            |clock| format!("The {} count; people work in them on the days on which they were seen.", clock.words()),
        )
    }

    /// Seconds that count between two instants of a ticket of the case.
    #[inline]
    pub fn between(&self, ticket: usize, from: i64, to: i64) -> u32 {
        match (self.business, self.tickets.get(ticket)) {
            (Some(clock), Some(&ticket)) => clock.between(ticket, from, to),
            _ => u32::try_from((to - from).max(0)).unwrap_or(u32::MAX),
        }
    }
}
