//! Transfers of tickets between teams, and what waits after them.

mod prices;
pub mod walk;

use super::context::Context;
use super::holders::{Holders, Level};
use super::waits::Waits;
use super::{Computed, unavailable};
use crate::report::{Handoffs, HolderLead};
use crate::stats;

const DEFINITION: &str = "A handoff is a consecutive change of holder in a ticket's history up to as-of, where names are \
    compared without regard to case and space, moments without a holder are passed over and nobody hands over to himself. A \
    ticket ping-pongs where it comes back to an earlier holder. Queued is the time from a handoff until somebody holds the \
    ticket in a state that is not a queue, without hold, at most until the next handoff, the resolution or as-of. A handoff \
    bounces where the receiver's next handoff of the ticket goes straight back to the sender. The share of lead time is the \
    time queued after the handoffs of finished tickets over all lead time of finished tickets, both on the same clock. The \
    interval is that of the mean time queued, 95 %: 1,000 draws of ISO weeks with replacement (block bootstrap, K\u{fc}nsch \
    1989), by the week of the handoff, for the 100 most frequent pairs and from 8 weeks with a handoff on. Tickets that are \
    handed over differ from others in difficulty too: an association, no cause.";

/// Measures transfers over all selected tickets.
///
/// # Errors
/// Where the input has no history that names groups or people, or no ticket is selected.
pub fn compute(cx: &Context<'_>) -> Computed<Handoffs> {
    let (log, scope) = (cx.log, cx.scope);
    let Some(holders) = Holders::new(log) else {
        return Err(unavailable(
            "The input says who holds each ticket now, but not who held it before.",
            "Add an export of changes: a row per update with ticket, time and assignment group or assignee.",
        ));
    };
    let days = scope.days()?;
    let waits = Waits::new(log);
    let tally = walk::tally(cx, &holders, waits, days);
    // Between people, the next one holds the ticket at once: only states could say that it waits.
    let timed = waits.states || (waits.people && holders.level == Level::Group);
    let edges = prices::edges(cx, &holders, &tally, timed);
    let by_holders = tally.leads.into_iter().zip(1..).filter_map(|(mut leads, holders)| {
        stats::sort_seconds(&mut leads);
        Some(HolderLead { holders, n: leads.len() as u64, median_seconds: stats::type7(&leads, 0.5)? })
    });
    Ok(Handoffs {
        definition: DEFINITION.to_owned(),
        clock: cx.stretch_clock().to_owned(),
        level: holders.level.name().to_owned(),
        total: tally.total,
        tickets: tally.tickets,
        ping_pong_tickets: tally.ping_pong,
        max_per_ticket: tally.most,
        by_holders: by_holders.collect(),
        edges,
    })
}
