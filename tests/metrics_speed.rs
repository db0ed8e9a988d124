//! How long a report on a million tickets takes; by hand: `cargo test --release --test metrics_speed -- --ignored --nocapture`.

#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a failing test may panic")]
#![allow(clippy::disallowed_methods, reason = "measuring is its purpose")]

use std::time::Instant;

use chrono_tz::Tz;
use flowgauge::compute;
use flowgauge::query::{Include, Query};
use flowgauge::report::Input;
use flowgauge::worklog::{Codes, Dimension, Instants, Shape, Spells, StateClass, Texts, WorkLog};

/// A small generator of numbers below a limit (Marsaglia 2003, xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

fn dimension(name: &str, values: u32, codes: Codes) -> Dimension {
    let dictionary = (0..values).map(|v| format!("{name} {v}")).collect();
    Dimension { name: name.into(), label: name.into(), dictionary, codes }
}

fn log(n: usize, with_history: bool) -> WorkLog {
    let mut random = Numbers(88_172_645_463_325_252);
    let (mut opened, mut resolved, mut started) = (Instants::default(), Instants::default(), Instants::default());
    let columns: [(u32, &str); 4] = [(5, "state"), (4, "priority"), (120, "group"), (3000, "assignee")];
    let mut codes: Vec<Codes> = columns.iter().map(|(values, _)| Codes::for_values(*values as usize, n)).collect();
    let mut spells = Spells {
        first: vec![0],
        start: Instants::default(),
        state: Codes::for_values(5, 0),
        group: Codes::for_values(120, 0),
        assignee: Codes::for_values(3000, 0),
    };
    for i in 0..n {
        let at = 1_700_000_000 + (i as u64 * 31_536_000 / n as u64).cast_signed() + random.below(90_000).cast_signed();
        let lead = (random.below(1000) * random.below(1000) * random.below(20)).cast_signed();
        opened.push(Some(at));
        let open = random.below(50) == 0;
        resolved.push((!open).then_some(at + lead));
        started.push(Some(at + lead / 3));
        for (codes, (values, _)) in codes.iter_mut().zip(columns) {
            codes.push(u32::try_from(random.below(u64::from(values))).unwrap());
        }
        if with_history {
            for (state, part) in [(0, 0), (1, lead / 4), (2, lead / 2), (3, lead)] {
                if state == 0 || part > 0 {
                    spells.start.push(Some(at + part));
                    spells.state.push(if state == 3 && open { 1 } else { state });
                    spells.group.push(u32::try_from(random.below(120)).unwrap());
                    spells.assignee.push(if state == 0 {
                        u32::MAX
                    } else {
                        u32::try_from(random.below(3000)).unwrap()
                    });
                }
            }
        }
        spells.first.push(u32::try_from(spells.start.len()).unwrap());
    }
    let newest = resolved.max().unwrap_or(0);
    let dimensions = columns.into_iter().zip(codes).map(|((values, name), codes)| dimension(name, values, codes));
    WorkLog {
        ids: (0..n).map(|i| format!("INC{i:07}")).collect::<Texts>(),
        opened,
        assigned: Instants::default(),
        started,
        responded: Instants::default(),
        resolved,
        closed: Instants::default(),
        reassignments: Vec::new(),
        reopens: Vec::new(),
        flags: vec![0; n],
        rows: (0..u32::try_from(n).unwrap()).collect(),
        dimensions: dimensions.collect(),
        state: Some(0),
        group: Some(2),
        assignee: Some(3),
        classes: vec![StateClass::Queue, StateClass::Active, StateClass::Hold, StateClass::Done, StateClass::Unknown],
        spells: with_history.then_some(spells),
        shape: if with_history { Shape::Events } else { Shape::Snapshot },
        zone: Tz::Europe__Rome,
        newest,
    }
}

#[test]
#[ignore = "a measurement"]
fn a_million_tickets() {
    let input = Input { files: Vec::new(), warnings: Vec::new(), dimensions: Vec::new() };
    let plain = Query::default();
    let points = Query { include: Include { points: true, ids: true }, ..Query::default() };
    let filter = [("priority".to_owned(), vec!["priority 1".to_owned()])].into();
    let filtered = Query { filter, ..Query::default() };
    for with_history in [false, true] {
        let log = log(1_000_000, with_history);
        for (name, query) in [("plain", &plain), ("points", &points), ("filtered", &filtered)] {
            let mut times: Vec<_> = (0..5)
                .map(|_| {
                    let start = Instant::now();
                    let report = compute::report(&log, &input, query).unwrap();
                    let time = start.elapsed();
                    assert!(report.tickets.total > 0);
                    time
                })
                .collect();
            times.sort();
            println!("history {with_history}, {name}: {:?} (best {:?})", times[2], times[0]);
        }
    }
}
