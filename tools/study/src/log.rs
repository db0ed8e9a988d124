//! What the desk's tool would have written down: an audit log of assignments, without a word on who worked when; waits for
//! others are in it where the desk has a state for them.

use std::fmt::Write as _;

use crate::desk::Ticket;
use crate::floor::Stay;

/// 2024-01-01 00:00:00 UTC, a Monday.
pub const START: i64 = 1_704_067_200;

const GROUPS: [&str; 3] = ["First line", "Second line", "Third line"];

/// A row per change: ticket, group and person from then on. `until` is when the log breaks off; `holds` says whether it tells waits for somebody outside.
pub fn audit(tickets: &[Ticket], stays: &[Vec<Stay>], until: i64, holds: bool) -> String {
    let mut rows: Vec<(i64, usize, String)> = Vec::new();
    for (n, (ticket, stays)) in tickets.iter().zip(stays).enumerate() {
        let mut row = |at: i64, state: &str, group: usize, person: Option<usize>| {
            if at >= until {
                return;
            }
            let person = person.map_or_else(String::new, |p| format!("Person {}", p + 1));
            let group = GROUPS.get(group).copied().unwrap_or_default();
            let text = format!(
                "INC{n:07},{state},{},{},{},{group},{person}",
                stamp(ticket.opened),
                stamp(at),
                ticket.priority
            );
            rows.push((at, n, text));
        };
        let last = stays.len().saturating_sub(1);
        for (v, (visit, stay)) in ticket.visits.iter().zip(stays).enumerate() {
            if stay.assigned > stay.entered {
                row(stay.entered, "New", visit.tier, None);
            }
            row(stay.assigned, "Assigned", visit.tier, Some(stay.person));
            let (from, to) = stay.outside;
            if holds && from < to {
                row(from, "On Hold", visit.tier, Some(stay.person));
                row(to, "Assigned", visit.tier, Some(stay.person));
            }
            if v == last {
                row(stay.left, "Resolved", visit.tier, Some(stay.person));
            }
        }
    }
    rows.sort_by_key(|(at, n, _)| (*at, *n));
    let mut csv = String::from("number,state,opened_at,sys_updated_at,priority,assignment_group,assigned_to\n");
    for (_, _, row) in &rows {
        let _ = writeln!(csv, "{row}");
    }
    csv
}

/// An instant in ISO 8601, UTC.
fn stamp(seconds: i64) -> String {
    flowgauge::words::instant(START + seconds)
}
