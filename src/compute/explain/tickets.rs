//! The tickets behind a figure.

use crate::metrics::context::Context;
use crate::metrics::figures::{Figure, Kind, Sample};
use crate::metrics::scope::{Cancelled, Finished, Open, Scope};

/// Tickets that are asked together whether any of them counts: where few do, most are passed over in blocks.
const BLOCK: usize = 64;

/// Ids of the tickets behind a figure, the longest first, at most `most`. For a time and for ages: all that it was taken of,
/// by that time. For a rate: those counted; for a mean number: those with any; by how long they took, or have been open.
pub fn ids(sample: &Sample<'_>, figure: &Figure, most: u32) -> Vec<String> {
    let most = most as usize;
    let cx = &sample.cx;
    let chosen = match figure.kind {
        Kind::Percentile(time, _) | Kind::Mean(time) => {
            sample.times(time).map_or(Vec::new(), |m| m.times.tickets.iter().rev().copied().collect())
        }
        Kind::Ratio(of) => {
            let all = Selected::new(cx);
            let counts = |tickets: &[u32]| {
                let some = all.only(tickets);
                of(&Sample::new(Context { scope: &some, ..*cx })).is_ok_and(|ratio| ratio.sum > 0.0)
            };
            let mut found = Vec::new();
            for block in longest_first(cx, |_| true).chunks(BLOCK) {
                search(block, &counts, most, &mut found);
            }
            found
        }
        Kind::Stock(..) if figure.id.starts_with("wip") && figure.id != "wip.average" => {
            longest_first(cx, |stage| stage == Stage::Open)
        }
        Kind::Stock(..) if figure.id.starts_with("open") => {
            let limit = sample.percentile(crate::metrics::figures::Time::Lead, 85.0).map_or(f64::MAX, |v| v.value);
            let open = longest_first(cx, |stage| stage == Stage::Open).into_iter();
            open.take_while(|&t| {
                cx.log.opened.get(t as usize).is_some_and(|o| f64::from(cx.clock.between(t, o, cx.scope.as_of)) > limit)
            })
            .collect()
        }
        Kind::Stock(..) if figure.id == "wip.average" => longest_first(cx, |_| true),
        Kind::Stock(..) => longest_first(cx, |stage| stage == Stage::Finished),
        Kind::Flow(_) if figure.id.starts_with("throughput") => longest_first(cx, |stage| stage == Stage::Finished),
        Kind::Flow(_) => longest_first(cx, |_| true),
    };
    chosen.into_iter().take(most).map(|ticket| cx.log.ids.get(ticket as usize).to_owned()).collect()
}

/// How a ticket stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Stage {
    Finished,
    Open,
    Cancelled,
}

/// Selected tickets by how long they took, or have been open, on the clock of the query.
fn longest_first(cx: &Context<'_>, keep: impl Fn(Stage) -> bool) -> Vec<u32> {
    let scope = cx.scope;
    let finished = scope.finished.iter().map(|t| (Stage::Finished, t.ticket, t.opened(), t.resolved()));
    let open = scope.open.iter().map(|t| (Stage::Open, t.ticket, t.opened(), scope.as_of));
    let cancelled =
        scope.cancelled.iter().map(|t| (Stage::Cancelled, t.ticket, t.opened, t.left.unwrap_or(scope.as_of)));
    let all = finished.chain(open).chain(cancelled).filter(|(stage, ..)| keep(*stage));
    let mut timed: Vec<(u32, u32)> = all.map(|(_, t, from, to)| (cx.clock.between(t, from, to), t)).collect();
    timed.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    timed.into_iter().map(|(_, ticket)| ticket).collect()
}

/// The selected tickets by their number, to make small selections of.
struct Selected {
    none: Scope,
    tickets: Vec<Option<Ticket>>,
}

enum Ticket {
    Finished(Finished),
    Open(Open),
    Cancelled(Cancelled),
}

impl Selected {
    fn new(cx: &Context<'_>) -> Self {
        // Sums over tickets need no days, and these would be copied each time.
        let mut none = cx.scope.without_tickets();
        none.days = None;
        let mut tickets: Vec<Option<Ticket>> = (0..cx.log.len()).map(|_| None).collect();
        let finished = cx.scope.finished.iter().map(|t| (t.ticket, Ticket::Finished(*t)));
        let open = cx.scope.open.iter().map(|t| (t.ticket, Ticket::Open(*t)));
        let cancelled = cx.scope.cancelled.iter().map(|t| (t.ticket, Ticket::Cancelled(*t)));
        for (number, ticket) in finished.chain(open).chain(cancelled) {
            if let Some(slot) = tickets.get_mut(number as usize) {
                *slot = Some(ticket);
            }
        }
        Self { none, tickets }
    }

    /// A selection of these alone.
    fn only(&self, tickets: &[u32]) -> Scope {
        let mut scope = self.none.without_tickets();
        for number in tickets {
            match self.tickets.get(*number as usize).and_then(Option::as_ref) {
                Some(Ticket::Finished(ticket)) => scope.finished.push(*ticket),
                Some(Ticket::Open(ticket)) => scope.open.push(*ticket),
                Some(Ticket::Cancelled(ticket)) => scope.cancelled.push(*ticket),
                None => {}
            }
        }
        scope
    }
}

/// Those that count, by halves, until there are enough.
fn search(tickets: &[u32], counts: &impl Fn(&[u32]) -> bool, most: usize, found: &mut Vec<u32>) {
    if found.len() >= most || !counts(tickets) {
        return;
    }
    match tickets {
        [] => {}
        [one] => found.push(*one),
        several => {
            let (first, second) = several.split_at(several.len() / 2);
            search(first, counts, most, found);
            search(second, counts, most, found);
        }
    }
}
