//! A ticket on its way and the row that each change of it writes.

use std::fmt::Write as _;

use chrono::{DateTime, Datelike, Timelike};

use super::hours::{DAY, HOUR};
use super::subject::{CHANNELS, LOCATIONS, PRIORITIES, Subject};

/// The columns, with the field names of a `ServiceNow` export.
pub const HEADER: &str = "\"number\",\"incident_state\",\"reassignment_count\",\"reopen_count\",\"sys_mod_count\",\"made_sla\",\
    \"opened_at\",\"sys_updated_at\",\"contact_type\",\"location\",\"category\",\"priority\",\"assignment_group\",\
    \"assigned_to\",\"business_service\",\"short_description\",\"resolved_at\",\"closed_at\"\n";

/// The first ticket has this number.
const FIRST_NUMBER: u64 = 10_001;
/// Agreed time to resolve, by priority.
const TARGETS: [u64; 4] = [8 * HOUR, DAY, 4 * DAY, 10 * DAY];

/// Where a ticket stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum State {
    /// Nobody has looked at it.
    New,
    /// With a team or a person, waiting.
    Assigned,
    /// Somebody works on it.
    InProgress,
    /// The user has to answer.
    AwaitingUser,
    /// A vendor has to deliver.
    AwaitingVendor,
    /// Done, may be reopened.
    Resolved,
    /// Done for good.
    Closed,
    /// Withdrawn.
    Canceled,
}

impl State {
    /// As it stands in the export.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "New",
            Self::Assigned => "Assigned",
            Self::InProgress => "In Progress",
            Self::AwaitingUser => "Awaiting User Info",
            Self::AwaitingVendor => "Awaiting Vendor",
            Self::Resolved => "Resolved",
            Self::Closed => "Closed",
            Self::Canceled => "Canceled",
        }
    }
}

/// A wait for somebody outside the desk that interrupts a visit.
#[derive(Clone, Copy, Debug)]
pub struct Hold {
    /// For whom.
    pub state: State,
    /// Business seconds until the answer.
    pub wait: u64,
    /// Work left after it.
    pub rest: u64,
}

/// Orders a queue: priority first, then who came first.
pub type Rank = (usize, u64, u32);

/// A ticket that is not closed yet.
#[derive(Clone, Debug)]
pub struct Ticket {
    /// Counts from 0.
    pub number: u32,
    /// When it was opened.
    pub opened: u64,
    /// What it is about.
    pub subject: Subject,
    /// Where it stands.
    pub state: State,
    /// Team that holds it, among all teams of all sites.
    pub team: usize,
    /// Person who holds it.
    pub person: Option<usize>,
    /// Place in the queue it waits in.
    pub rank: Rank,
    /// Seconds of work until the next stop of this visit.
    pub left: u64,
    /// What stops the visit before its end.
    pub hold: Option<Hold>,
    /// Changes of the team.
    pub reassignments: u32,
    /// Reopenings.
    pub reopens: u32,
    /// Rows written.
    pub changes: u32,
    /// When it was last resolved.
    pub resolved: Option<u64>,
    /// When it was closed.
    pub closed: Option<u64>,
}

impl Ticket {
    /// Whether it met its target so far.
    fn made_sla(&self, now: u64) -> bool {
        let target = TARGETS.get(self.subject.priority).copied().unwrap_or(u64::MAX);
        self.resolved.unwrap_or(now) - self.opened <= target
    }

    /// Writes the row of a change; `links` are the last two columns, where the log has them.
    pub fn write(&self, now: u64, group: &str, assignee: &str, links: Option<[String; 2]>, out: &mut String) {
        let text = |list: &[&'static str], n: usize| list.get(n).copied().unwrap_or_default();
        // Writing to a string cannot fail.
        let _ = write!(
            out,
            "\"INC{:07}\",\"{}\",\"{}\",\"{}\",\"{}\",\"{}\",\"",
            FIRST_NUMBER + u64::from(self.number),
            self.state.name(),
            self.reassignments,
            self.reopens,
            self.changes,
            self.made_sla(now),
        );
        write_instant(Some(self.opened), out);
        out.push_str("\",\"");
        write_instant(Some(now), out);
        let service = self.subject.service();
        let _ = write!(
            out,
            "\",\"{}\",\"{}\",\"{}\",\"{}\",\"{group}\",\"{assignee}\",\"{}\",\"",
            text(&CHANNELS, self.subject.channel),
            text(&LOCATIONS, self.subject.location),
            service.map_or("", |service| service.category),
            text(&PRIORITIES, self.subject.priority),
            service.map_or("", |service| service.name),
        );
        let mut description = String::new();
        self.subject.write(&mut description);
        out.push_str(&description.replace('"', "\"\""));
        out.push_str("\",\"");
        write_instant(self.resolved, out);
        out.push_str("\",\"");
        write_instant(self.closed, out);
        out.push('"');
        for link in links.into_iter().flatten() {
            let _ = write!(out, ",\"{link}\"");
        }
        out.push('\n');
    }
}

/// `yyyy-MM-dd HH:mm:ss` in UTC; nothing for no instant.
pub fn write_instant(at: Option<u64>, out: &mut String) {
    let Some(at) = at.and_then(|at| i64::try_from(at).ok()).and_then(|at| DateTime::from_timestamp(at, 0)) else {
        return;
    };
    let _ = write!(
        out,
        "{:04}-{:02}-{:02} {:02}:{:02}:{:02}",
        at.year(),
        at.month(),
        at.day(),
        at.hour(),
        at.minute(),
        at.second()
    );
}
