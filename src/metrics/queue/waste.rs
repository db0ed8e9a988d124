//! Where the lead time of finished tickets went, by what it was, by dimension and by way between groups.

use std::collections::{BTreeMap, BTreeSet};

use super::super::context::Context;
use super::super::time_metric::{NONE, OTHER};
use super::pieces::{For, Kind, Piece};
use super::touch;
use crate::query::ClockKind;
use crate::report::{QueueWaste, TouchEstimate, WasteEdge, WasteParts, WasteRow};
use crate::worklog::{Dictionary, NO_CODE};

const DEFINITION: &str = "Every second between opened and resolved is one of these: waiting for a group (nobody has it), waiting \
    for the person who has it, work, on hold (for the customer, a supplier, anything else; resolved-then-reopened too), outside \
    working hours. The share is waiting for a group or a person over all but what is outside working hours: a ratio of sums.";
const STATES: &str = "Measured: work is the time in states that say that somebody works, with somebody assigned.";
const SINGLE: &str = "Estimated: each person takes one ticket at a time, in the order in which they are done with them (Chapela-Campa & \
    Dumas 2022).";
const EQUAL: &str = "Estimated: each person works all the time on all the tickets that they have, in equal shares (processor \
    sharing). It is also the most that can have been work, so that its share is the least.";

/// Where a ticket comes from before its first group.
const OPENED: &str = "(opened)";
/// Most rows of a dimension, and most ways.
const MOST_ROWS: usize = 30;
/// From this share of people's time on, held time cannot be work.
const FULL: f64 = 0.9;

impl WasteParts {
    const NOTHING: Self =
        Self { queue_group: 0, queue_person: 0, touch: 0, hold_customer: 0, hold_vendor: 0, hold_other: 0, off: 0 };

    fn waiting(&self) -> i64 {
        self.queue_group + self.queue_person
    }

    /// All but what is outside working hours.
    fn counted(&self) -> i64 {
        self.waiting() + self.touch + self.hold_customer + self.hold_vendor + self.hold_other
    }

    fn add(&mut self, other: &Self) {
        self.queue_group += other.queue_group;
        self.queue_person += other.queue_person;
        self.touch += other.touch;
        self.hold_customer += other.hold_customer;
        self.hold_vendor += other.hold_vendor;
        self.hold_other += other.hold_other;
        self.off += other.off;
    }

    fn share(&self) -> Option<f64> {
        (self.counted() > 0).then(|| self.waiting() as f64 / self.counted() as f64)
    }
}

/// The pieces with what each of them was.
pub struct Waste<'a> {
    cx: &'a Context<'a>,
    pieces: &'a [Piece],
    /// By piece.
    parts: Vec<WasteParts>,
    total: WasteParts,
    level: &'a str,
}

impl<'a> Waste<'a> {
    /// Tells apart what each piece was. `level` is that of the evidence.
    pub fn new(cx: &'a Context<'a>, pieces: &'a [Piece], level: &'a str) -> Self {
        let starts = touch::single_tasking(pieces);
        let part = |(piece, start): (&Piece, u32)| {
            let between = |from: u32, to: u32| i64::from(cx.stretch(piece.ticket, from.into(), to.into()));
            let on = between(piece.from, piece.to);
            let mut parts = WasteParts { off: i64::from(piece.to - piece.from) - on, ..WasteParts::NOTHING };
            match piece.kind {
                Kind::Group => parts.queue_group = on,
                Kind::Worked => parts.touch = on,
                // Where states tell work, an assigned ticket in another state waits for its person.
                Kind::Held if level == "E4" => parts.queue_person = on,
                Kind::Held => {
                    parts.touch = between(start, piece.to);
                    parts.queue_person = on - parts.touch;
                }
                Kind::Hold(For::Customer) => parts.hold_customer = on,
                Kind::Hold(For::Vendor) => parts.hold_vendor = on,
                Kind::Hold(For::Other) => parts.hold_other = on,
            }
            parts
        };
        let parts: Vec<WasteParts> = pieces.iter().zip(starts).map(part).collect();
        let mut total = WasteParts::NOTHING;
        for part in &parts {
            total.add(part);
        }
        Self { cx, pieces, parts, total, level }
    }

    /// Share of it that was waiting for us.
    pub fn share(&self) -> Option<f64> {
        self.total.share()
    }

    /// The whole. `attended` is the elapsed time in which people had tickets.
    pub fn report(&self, attended: i64) -> QueueWaste {
        let measured = self.level == "E4";
        let has_hours = self.cx.query.clock == ClockKind::Business;
        let union = touch::attended(self.pieces);
        let working = |from: i64, to: i64| i64::from(self.cx.stretch(u32::MAX, from, to));
        let shared =
            if has_hours { union.iter().map(|&(_, from, to)| working(from.into(), to.into())).sum() } else { attended };
        let estimate = |method: &str, definition: &str, touch_seconds: i64| TouchEstimate {
            method: method.to_owned(),
            definition: definition.to_owned(),
            touch_seconds,
            queue_share: match self.total.counted() {
                0 => 0.0,
                all => (self.total.waiting() + self.total.touch - touch_seconds) as f64 / all as f64,
            },
        };
        let mut estimates = Vec::new();
        if measured {
            estimates.push(estimate("states", STATES, self.total.touch));
        } else {
            estimates.push(estimate("single_tasking", SINGLE, self.total.touch));
            estimates.push(estimate("equal_share", EQUAL, shared));
        }
        let utilisation = has_hours.then(|| self.capacity(&union)).filter(|c| *c > 0).map(|c| shared as f64 / c as f64);
        QueueWaste {
            definition: format!("{DEFINITION} {}", if measured { STATES } else { SINGLE }),
            method: if measured { "states" } else { "single_tasking" }.to_owned(),
            evidence: self.level.to_owned(),
            parts: self.total.clone(),
            has_hours,
            estimates,
            utilisation,
            cautions: self.cautions(has_hours, utilisation),
        }
    }

    /// Working time of people on the days on which something of theirs began or ended.
    fn capacity(&self, union: &[(u32, u32, u32)]) -> i64 {
        let Some(days) = &self.cx.scope.days else { return 0 };
        let seen: BTreeSet<(u32, usize)> = union
            .iter()
            .flat_map(|&(person, from, to)| [(person, from), (person, to)])
            .map(|(person, at)| (person, days.index(at.into())))
            .collect();
        let day = |day: usize| i64::from(self.cx.stretch(u32::MAX, days.start(day), days.start(day + 1)));
        seen.iter().map(|(_, d)| day(*d)).sum()
    }

    fn cautions(&self, has_hours: bool, utilisation: Option<f64>) -> Vec<String> {
        let mut cautions = Vec::new();
        let mut say = |yes: bool, text: &str| {
            if yes {
                cautions.push(text.to_owned());
            }
        };
        say(
            !has_hours,
            "No working hours are set: nights and weekends count as waiting or work. Set them to see what is outside.",
        );
        say(
            self.level == "E2",
            "The history has no hold states: waiting for customers and suppliers counts as work or as waiting for a person.",
        );
        say(
            self.level != "E4",
            "Work is estimated from who had what when. The data cannot tell work from waiting with a person: both estimates stand \
             side by side.",
        );
        say(
            utilisation.is_some_and(|u| u > FULL),
            "People had tickets during more than 90 % of their working time: assigned time is not work time here, most of it \
             must be waiting.",
        );
        cautions
    }

    /// By group, and by the other dimensions of the query.
    pub fn by(&self) -> BTreeMap<String, Vec<WasteRow>> {
        let log = self.cx.log;
        let mut by = BTreeMap::new();
        let group = log.group.and_then(|d| log.dimensions.get(d));
        if let Some(dimension) = group {
            by.insert("group".to_owned(), self.rows(&dimension.dictionary, |piece| piece.group));
        }
        let wanted =
            self.cx.dimensions.iter().copied().chain(["priority", "service"].iter().filter_map(|n| log.dimension(n)));
        for dimension in wanted.filter(|d| d.name != "group") {
            let rows = || self.rows(&dimension.dictionary, |piece| dimension.codes.get(piece.ticket as usize));
            by.entry(dimension.name.clone()).or_insert_with(rows);
        }
        by
    }

    fn rows(&self, names: &Dictionary, code_of: impl Fn(&Piece) -> u32) -> Vec<WasteRow> {
        let mut sums = vec![(0_u64, u32::MAX, WasteParts::NOTHING); names.len() + 1];
        for (piece, parts) in self.pieces.iter().zip(&self.parts) {
            let slot = match code_of(piece) {
                NO_CODE => names.len(),
                code => code as usize,
            };
            if let Some((tickets, last, sum)) = sums.get_mut(slot) {
                *tickets += u64::from(*last != piece.ticket);
                *last = piece.ticket;
                sum.add(parts);
            }
        }
        let waiting = |parts: &WasteParts| parts.waiting();
        let mut valued: Vec<(&str, u64, WasteParts)> = Vec::new();
        let mut rest = (0, WasteParts::NOTHING);
        for (slot, (tickets, _, parts)) in sums.into_iter().enumerate().filter(|(_, (tickets, ..))| *tickets > 0) {
            let name = if slot < names.len() { names.get(slot) } else { NONE };
            valued.push((name, tickets, parts));
        }
        valued.sort_by(|a, b| waiting(&b.2).cmp(&waiting(&a.2)).then_with(|| a.0.cmp(b.0)));
        let mut rows: Vec<WasteRow> = Vec::new();
        let row = |key: &str, tickets: u64, parts: WasteParts| {
            let share = parts.share();
            WasteRow { key: key.to_owned(), tickets, parts, share }
        };
        for (key, tickets, parts) in valued {
            if tickets < u64::from(self.cx.query.min_group) || rows.len() + 1 >= MOST_ROWS || key == OTHER {
                rest.0 += tickets;
                rest.1.add(&parts);
            } else {
                rows.push(row(key, tickets, parts));
            }
        }
        if rest.0 > 0 {
            rows.push(row(OTHER, rest.0, rest.1));
        }
        rows
    }

    /// By way from group to group.
    pub fn edges(&self) -> Vec<WasteEdge> {
        let log = self.cx.log;
        let Some(names) = log.group.and_then(|d| log.dimensions.get(d)).map(|d| &d.dictionary) else {
            return Vec::new();
        };
        let mut ways: BTreeMap<(u32, u32), (u64, WasteParts)> = BTreeMap::new();
        let (mut ticket, mut way) = (None, (NO_CODE, NO_CODE));
        for (piece, parts) in self.pieces.iter().zip(&self.parts) {
            if ticket != Some(piece.ticket) {
                (ticket, way) = (Some(piece.ticket), (NO_CODE, NO_CODE));
            }
            let moves = piece.group != NO_CODE && piece.group != way.1;
            if moves {
                way = (way.1, piece.group);
            }
            let sum = ways.entry(way).or_insert((0, WasteParts::NOTHING));
            sum.0 += u64::from(moves);
            sum.1.add(parts);
        }
        let name = |code: u32, none: &str| match code {
            NO_CODE => none.to_owned(),
            code => names.get(code as usize).to_owned(),
        };
        let all = self.total.waiting().max(1) as f64;
        let mut edges: Vec<WasteEdge> = ways
            .into_iter()
            .filter(|(_, (count, _))| *count > 0)
            .map(|((from, to), (count, parts))| WasteEdge {
                from: name(from, OPENED),
                to: name(to, NONE),
                count,
                queue_group: parts.queue_group,
                queue_person: parts.queue_person,
                touch: parts.touch,
                share: parts.waiting() as f64 / all,
            })
            .collect();
        let waiting = |e: &WasteEdge| e.queue_group + e.queue_person;
        edges.sort_by(|a, b| waiting(b).cmp(&waiting(a)).then_with(|| (&a.from, &a.to).cmp(&(&b.from, &b.to))));
        edges.truncate(MOST_ROWS);
        edges
    }
}
