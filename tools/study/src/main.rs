//! Desks whose truth is known by construction: what the report says of their logs, against what another way of working would have given
//! with the same work. `flowgauge-study [SEEDS]` prints the table of it; 20 seeds a regime where none are given.

mod desk;
mod floor;
mod log;
mod tally;

use std::process::ExitCode;

use desk::{Desk, Ticket};
use floor::Rule;
use flowgauge::query::{Part, SwarmQuery};
use flowgauge::report::Swarm;
use flowgauge::{Options, Query, Session};
use tally::{Row, Tally};

/// A desk, how it works, and whether its log tells waits for others.
struct Regime {
    name: &'static str,
    rule: Rule,
    desk: fn() -> Desk,
    holds: bool,
}

/// Five desks that are busy and say nothing of waits, and four more: waits that are logged, little work, and short tickets beside long ones.
const REGIMES: [Regime; 9] = [
    Regime { name: "pull", rule: Rule::Pull, desk: || Desk::new(0.0), holds: false },
    Regime { name: "push", rule: Rule::Push, desk: || Desk::new(0.0), holds: false },
    Regime { name: "juggle", rule: Rule::Juggle, desk: || Desk::new(0.0), holds: false },
    Regime { name: "push, unlogged waits", rule: Rule::Push, desk: || Desk::new(0.3), holds: false },
    Regime { name: "pull, unlogged waits", rule: Rule::Pull, desk: || Desk::new(0.3), holds: false },
    Regime { name: "push, logged waits", rule: Rule::Push, desk: || Desk::new(0.3), holds: true },
    Regime { name: "pull, logged waits", rule: Rule::Pull, desk: || Desk::new(0.3), holds: true },
    Regime { name: "quiet, logged waits", rule: Rule::Push, desk: || Desk::quiet(0.3), holds: true },
    Regime { name: "short and long", rule: Rule::Pull, desk: Desk::short_and_long, holds: false },
];
/// People of a swarm, and how well they help each other: in the report and in truth.
const SIZE: usize = 2;
const ALPHA: f64 = 0.8;
/// Policies of the report with what they are in truth. Fixed swarms take the tickets that go beyond the first tier in both.
const POLICIES: [(&str, Rule); 3] = [
    ("pooled", Rule::Pooled),
    ("swarm_adaptive", Rule::Adaptive { most: SIZE, alpha: ALPHA }),
    ("swarm_fixed", Rule::Fixed { size: SIZE, alpha: ALPHA }),
];
/// Samples of a regime.
const SEEDS: u64 = 20;

fn main() -> ExitCode {
    let seeds = std::env::args().nth(1).map_or(Ok(SEEDS), |text| text.parse());
    let Ok(seeds) = seeds else {
        eprintln!("usage: flowgauge-study [SEEDS]");
        return ExitCode::FAILURE;
    };
    println!("{}", Tally::HEAD);
    let mut total = Tally::default();
    for Regime { name: regime, rule, desk, holds } in REGIMES {
        let mut tallies = POLICIES.map(|_| Tally::default());
        for seed in 1..=seeds {
            let desk = desk();
            let work = desk.work(seed);
            let stays = floor::run(&desk, &work, rule);
            let swarm = match swarm(&log::audit(&work, &stays, desk.weeks * 7 * 86_400, holds)) {
                Ok(swarm) => swarm,
                Err(why) => {
                    eprintln!("{regime}, seed {seed}: {why}");
                    return ExitCode::FAILURE;
                }
            };
            let scored = scored(&work, &swarm);
            let as_is = leads(&work, &stays, &scored);
            for ((name, rule), tally) in POLICIES.iter().zip(&mut tallies) {
                let truth = leads(&work, &floor::run(&desk, &work, *rule), &scored) / as_is - 1.0;
                if let Some(policy) = swarm.policies.iter().find(|policy| policy.name == *name) {
                    let row = Row::new(policy, truth);
                    eprintln!(
                        "{regime}, seed {seed}, {name}: {row}; {} {:.3}",
                        swarm.calibration.chosen_model, swarm.calibration.w1
                    );
                    tally.add(&row);
                    total.add(&row);
                }
            }
        }
        for ((name, _), tally) in POLICIES.iter().zip(&tallies) {
            println!("{}", tally.line(regime, name));
        }
    }
    println!("{}", total.line("all", "all"));
    ExitCode::SUCCESS
}

/// What the report says of a log.
fn swarm(csv: &str) -> Result<Swarm, String> {
    let words = |error: flowgauge::Error| error.to_string();
    let mut session = Session::new(Options::default()).map_err(words)?;
    session.start_file("desk.csv").map_err(words)?;
    session.push(csv.as_bytes()).map_err(words)?;
    session.finish_file().map_err(words)?;
    let query = Query {
        parts: Some(vec![Part::Swarm]),
        swarm: SwarmQuery { size: 2, alpha: ALPHA, ..SwarmQuery::default() },
        ..Query::default()
    };
    let report = session.finish().and_then(|engine| engine.report(&query)).map_err(words)?;
    let why = report.unavailable.get("swarm").map(|why| why.reason.clone()).unwrap_or_default();
    report.swarm.ok_or(why)
}

/// Whether each ticket was opened in the window of the scored ones.
fn scored(work: &[Ticket], swarm: &Swarm) -> Vec<bool> {
    let within = |ticket: &Ticket| {
        let opened = flowgauge::words::instant(log::START + ticket.opened);
        let day = opened.get(..10).unwrap_or_default();
        swarm.scored_from.as_str() <= day && day <= swarm.scored_to.as_str()
    };
    work.iter().map(within).collect()
}

/// Sum of the lead times of scored tickets.
fn leads(work: &[Ticket], stays: &[Vec<floor::Stay>], scored: &[bool]) -> f64 {
    let lead = |(ticket, stays): (&Ticket, &Vec<floor::Stay>)| stays.last().map_or(0, |stay| stay.left) - ticket.opened;
    let all = work.iter().zip(stays).zip(scored).filter(|(_, scored)| **scored).map(|(both, _)| lead(both));
    all.sum::<i64>() as f64
}
