//! A desk that is sampled from its description: tickets, routes and efforts of one run.

use super::super::case::{Case, NONE, Routes, Ticket, Visit};
use super::super::draws::{Purpose, stream, stream_seed};
use super::super::policy::rounded;
use super::super::staff::Staff;
use super::desk::Desk;
use super::variates::{exponential, gamma, uniform};
use crate::query::WhatIfSubset;

/// A sampled desk.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Tickets, their visits (a tier each), and people who are always there.
    pub case: Case,
    /// The effort of each visit, in seconds.
    pub efforts: Vec<u32>,
}

impl Sample {
    /// The desk of a run: Poisson arrivals, routes and efforts, each drawn from a stream of its ticket and visit, so that another way of
    /// working meets the same tickets.
    pub fn new(desk: &Desk<'_>, tickets: u32, run: u32) -> Self {
        let seed = stream_seed(desk.input.seed.into(), run, 0, Purpose::Replication);
        let (mut routes, mut efforts) = (Routes::default(), Vec::new());
        let (mut now, mut visits) = (0.0, Vec::new());
        for ticket in 0..tickets {
            now += exponential(&mut stream(seed, ticket, 0, Purpose::Arrival)) / desk.arrivals;
            visits.clear();
            for (at, tier) in (0_u32..).zip(&desk.tiers) {
                visits.push(Visit { class: at, ..Visit::new(at, NONE) });
                let effort = tier.work * gamma(&mut stream(seed, ticket, at, Purpose::Effort), tier.cv);
                efforts.push(rounded(effort));
                if uniform(&mut stream(seed, ticket, at, Purpose::Route)) > tier.goes_on {
                    break;
                }
            }
            let subset = desk.input.subset == WhatIfSubset::All || visits.len() > 1;
            routes.push(Ticket { subset, ..Ticket::new(seconds(now)) }, &visits);
        }
        Self { case: case(desk, routes), efforts }
    }

    /// The same tickets, all of them there at once: what the desk gets done while it is never idle.
    pub fn at_once(&self) -> Self {
        let mut routes = self.case.routes.clone();
        routes.opened.fill(0);
        let groups = self.case.class_group.clone();
        Self { case: Case::new(routes, self.case.staff.clone(), groups, 0, 0), efforts: self.efforts.clone() }
    }
}

fn case(desk: &Desk<'_>, routes: Routes) -> Case {
    let mut home = Vec::new();
    for (group, tier) in (0_u32..).zip(&desk.tiers) {
        home.extend(std::iter::repeat_n(group, tier.people as usize));
    }
    let until = routes.opened.last().copied().unwrap_or(0);
    let groups = (0_u32..).take(desk.tiers.len()).collect();
    Case::new(routes, Staff::always(&home), groups, 0, until)
}

#[expect(clippy::cast_possible_truncation, reason = "rounded, and the conversion saturates")]
fn seconds(time: f64) -> i64 {
    (time + 0.5).floor() as i64
}
