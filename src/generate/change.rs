//! A change request and its row in the export.

use std::fmt::Write as _;

use super::staff::TEAMS;
use super::subject::SERVICES;
use super::ticket::write_instant;

/// The columns, with the labels of a `ServiceNow` export.
pub const HEADER: &str = "\"Number\",\"Type\",\"State\",\"Opened\",\"Approval\",\"Approval set\",\"Planned start date\",\
    \"Planned end date\",\"Actual start date\",\"Actual end date\",\"Closed\",\"Close code\",\"Risk\",\"Assignment group\",\
    \"Assigned to\",\"Service\",\"Configuration item\",\"Short description\"\n";

/// The first change has this number.
const FIRST_NUMBER: u64 = 30_001;
/// Risks, highest first.
const RISKS: [&str; 3] = ["High", "Moderate", "Low"];
/// What is changed, by service.
const ITEMS: [[&str; 2]; 10] = [
    ["mail-gw-01", "mail-store-02"],
    ["erp-app-01", "erp-app-02"],
    ["portal-web", "portal-api"],
    ["directory", "sso"],
    ["laptop-image", "laptop-agent"],
    ["print-srv-01", "badge-reader"],
    ["vpn-gw-01", "vpn-gw-02"],
    ["core-switch-1", "wifi-ctl"],
    ["warehouse-db", "report-srv"],
    ["file-srv-01", "file-srv-02"],
];
/// What is done.
const WORKS: [&str; 5] = ["release", "security update", "certificate renewal", "move to new hardware", "configuration"];

/// What kind of change it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// Approved beforehand.
    Standard,
    /// Goes to the board.
    Normal,
    /// Repairs what is broken.
    Emergency,
}

/// How it ends.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Fate {
    /// As planned.
    Successful,
    /// In the end.
    Issues,
    /// Not.
    Unsuccessful,
    /// Taken back.
    BackedOut,
    /// Called off after approval.
    Cancelled,
    /// Not approved.
    Rejected,
}

impl Fate {
    /// Whether it is carried out.
    pub fn carried_out(self) -> bool {
        !matches!(self, Self::Cancelled | Self::Rejected)
    }

    fn close_code(self) -> &'static str {
        match self {
            Self::Successful => "Successful",
            Self::Issues => "Successful with issues",
            Self::Unsuccessful => "Unsuccessful",
            Self::BackedOut => "Backed out",
            Self::Cancelled | Self::Rejected => "",
        }
    }
}

/// A change with its whole life, also what of it lies beyond the end of the log.
#[derive(Clone, Debug)]
pub struct Change {
    /// Its kind.
    pub kind: Kind,
    /// Position of its service.
    pub service: usize,
    /// Position of its team.
    pub team: usize,
    /// Position in [`RISKS`].
    pub risk: usize,
    /// When it was requested.
    pub opened: u64,
    /// When it is decided on.
    pub decided: u64,
    /// Planned start and end.
    pub planned: (u64, u64),
    /// Actual start and end, where it is carried out.
    pub actual: (u64, u64),
    /// When it is closed.
    pub closed: u64,
    /// How it ends.
    pub fate: Fate,
    /// Whether somebody fills in how it ended.
    pub told: bool,
    /// The incidents that it causes, by number.
    pub causes: Vec<u32>,
    /// The incident that it repairs.
    pub repairs: Option<u32>,
    /// What is drawn for its texts: person, item, work.
    pub texts: [usize; 3],
}

impl Change {
    /// Its row as it stood at the end of the log.
    pub fn write(&self, number: u32, end: u64, out: &mut String) {
        let by_end = |at: u64| (at <= end).then_some(at);
        let kind = match self.kind {
            Kind::Standard => "Standard",
            Kind::Normal => "Normal",
            Kind::Emergency => "Emergency",
        };
        let carried_out = self.fate.carried_out();
        let closed = by_end(self.closed);
        let decided = by_end(self.decided);
        let (started, finished) =
            (by_end(self.actual.0).filter(|_| carried_out), by_end(self.actual.1).filter(|_| carried_out));
        let state = match (closed, finished, started, decided) {
            (Some(_), ..) if !carried_out => "Canceled",
            (Some(_), ..) => "Closed",
            (None, Some(_), ..) => "Review",
            (None, None, Some(_), _) => "Implement",
            (None, None, None, Some(_)) => "Scheduled",
            _ if self.kind == Kind::Normal => "Assess",
            _ => "Authorize",
        };
        let rejected = self.fate == Fate::Rejected;
        let approval = match decided {
            None => "Requested",
            Some(_) if rejected => "Rejected",
            Some(_) => "Approved",
        };
        let _ = write!(out, "\"{}\",\"{kind}\",\"{state}\",\"", id(number));
        write_instant(Some(self.opened), out);
        let _ = write!(out, "\",\"{approval}\",\"");
        for at in [decided.filter(|_| !rejected), Some(self.planned.0), Some(self.planned.1), started, finished, closed]
        {
            write_instant(at, out);
            out.push_str("\",\"");
        }
        let [person, item, work] = self.texts;
        let team = TEAMS.get(self.team);
        let person = team.and_then(|team| team.members.get(person % team.members.len().max(1)));
        let service = SERVICES.get(self.service).map_or("", |service| service.name);
        let text = |list: &[&'static str], n: usize| list.get(n).copied().unwrap_or_default();
        let item = ITEMS.get(self.service).map_or("", |items| text(items, item));
        let work = if self.kind == Kind::Emergency { "repair" } else { text(&WORKS, work) };
        let _ = writeln!(
            out,
            "{}\",\"{}\",\"{}\",\"{}\",\"{service}\",\"{item}\",\"{service}: {work} on {item}\"",
            if closed.is_some() && self.told { self.fate.close_code() } else { "" },
            text(&RISKS, self.risk),
            team.map_or("", |team| team.side_name),
            person.map_or("", |person| person.name),
        );
    }
}

/// The id of a change, which counts from 0.
pub fn id(number: u32) -> String {
    format!("CHG{:07}", FIRST_NUMBER + u64::from(number))
}
