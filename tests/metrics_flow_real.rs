//! Flow metrics of real exports, read untouched, against pandas: `tests/reference/flow.py` prints the expected figures.
//!
//! The data is not part of the project; `FLOWGAUGE_DATA` names the folder that holds it. Without it these tests say so.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::float_cmp, reason = "a failing test may panic")]

mod common;

use common::{real, report};
use flowgauge::report::{Cfd, ProcessBehaviour};

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-12 * expected.abs().max(1.0), "{found} {expected}");
}

/// Points, centre, mean moving range, lower and upper limit.
fn limits(found: &ProcessBehaviour, id: &str, n: u64, expected: [f64; 4]) {
    let c = found.charts.iter().find(|c| c.id == id).unwrap();
    println!("{}", c.sentence);
    assert_eq!(c.n, n);
    for (found, expected) in [c.centre, c.moving_range, c.lower, c.upper].into_iter().zip(expected) {
        near(found, expected);
    }
}

fn reached(cfd: &Cfd, date: &str, stages: &[u64], moved_back: u64) {
    let day = cfd.dates.iter().position(|d| d == date).unwrap();
    let found: Vec<_> = cfd.stages.iter().map(|s| s.reached[day]).collect();
    assert_eq!((found.as_slice(), cfd.moved_back[day]), (stages, moved_back), "{date}");
}

#[test]
fn servicenow_audit_log() {
    let Some(bytes) = real("servicenow_incident_event_log.csv.gz") else { return };
    let r = report("servicenow_incident_event_log.csv.gz", &bytes);
    let dispersion = r.throughput.unwrap().dispersion.unwrap();
    assert_eq!(dispersion.days, 354);
    // Over all 355 days from that of the first opening it is 288.838; the first of them begins with its first ticket.
    near(dispersion.arrivals.unwrap(), 290.498_475_234_905_3);
    near(dispersion.departures.unwrap(), 267.052_698_595_728_7);

    let wip = r.wip.unwrap();
    let age = |date: &str| wip.daily.iter().find(|d| d.date == date).unwrap().age_seconds;
    assert_eq!((age("2016-03-15"), age("2016-04-15")), (1_021_382_700, 1_796_341_560));

    let p = r.process_behaviour.unwrap();
    let arrivals = [498.08, 97.959_183_673_469_38, 237.508_571_428_571_43, 758.651_428_571_428_6];
    limits(&p, "arrivals_weekly", 50, arrivals);
    let departures = [498.06, 112.204_081_632_653_06, 199.597_142_857_142_84, 796.522_857_142_857_2];
    limits(&p, "departures_weekly", 50, departures);
    limits(&p, "lead_time_weekly", 50, [5_573_062.2, 2_846_015.510_204_082, 0.0, 13_143_463.457_142_856]);

    let f = r.flow_efficiency.unwrap();
    assert_eq!((f.n, f.excluded["never_started"]), (15_013, 9_905));
    // Resolved before a reopening, 123,012,000 s, counts as hold.
    assert_eq!((f.active_seconds, f.queue_seconds), (3_849_596_460, 1_243_500_360));
    assert_eq!((f.hold_seconds, f.unknown_seconds), (3_874_587_000 + 123_012_000, 0));
    near(f.efficiency, 3_849_596_460.0 / 9_090_695_820.0);
    assert!(f.lower.unwrap() < f.efficiency && f.efficiency < f.upper.unwrap());
    let blocked = f.blocked;
    assert_eq!((blocked.tickets, blocked.times), (5_821, 6_382));
    assert_eq!((blocked.seconds, blocked.median_seconds), (5_783_885_340, Some(336_210.0)));
    near(blocked.share, 0.363_586_599_905_613_5);
    let by_state: Vec<_> = blocked.by_state.iter().map(|s| (s.state.as_str(), s.times)).collect();
    let expected =
        [("Awaiting User Info", 5843), ("Awaiting Vendor", 266), ("Awaiting Problem", 249), ("Awaiting Evidence", 24)];
    assert_eq!(by_state, expected);

    let cfd = r.cfd.unwrap();
    let stages: Vec<_> = cfd.stages.iter().map(|s| s.key.as_str()).collect();
    assert_eq!(stages, ["opened", "Active", "finished"]);
    reached(&cfd, "2016-03-07", &[2_465, 1_797, 1_082], 1);
    reached(&cfd, "2016-05-02", &[17_694, 17_213, 16_333], 17);
    reached(&cfd, "2016-08-20", &[24_674, 24_577, 24_470], 3);
}

#[test]
fn jira_changelog() {
    let Some(bytes) = real("jira_changelog.csv.gz") else { return };
    let r = report("jira_changelog.csv.gz", &bytes);
    let p = r.process_behaviour.unwrap();
    let departures = [8.25, 2.727_272_727_272_727, 0.995_454_545_454_545, 15.504_545_454_545_454];
    limits(&p, "departures_weekly", 12, departures);
    limits(&p, "lead_time_weekly", 12, [557_091.916_666_666_6, 320_595.363_636_363_65, 0.0, 1_409_875.583_939_394]);

    let f = r.flow_efficiency.unwrap();
    assert_eq!((f.n, f.active_seconds, f.queue_seconds), (102, 42_379_788, 461_330));
    // Done before a reopening, and "Can't Fix" of tickets that were finished after all.
    assert_eq!((f.hold_seconds, f.unknown_seconds), (99_287 + 23_325, 0));
    assert_eq!((f.blocked.tickets, f.blocked.seconds, f.blocked.median_seconds), (0, 0, None));

    let cfd = r.cfd.unwrap();
    let stages: Vec<_> = cfd.stages.iter().map(|s| s.key.as_str()).collect();
    assert_eq!(stages, ["opened", "Prioritized", "In Progress", "Review", "finished"]);
    assert_eq!(cfd.excluded, 13);
    reached(&cfd, "2020-06-15", &[29, 26, 15, 15, 11], 6);
    reached(&cfd, "2020-07-20", &[123, 89, 61, 57, 53], 4);
    reached(&cfd, "2020-08-24", &[201, 141, 120, 112, 103], 10);
}
