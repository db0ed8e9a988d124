//! Laws of DORA's five that hold for every log.

#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a failing test may panic")]

mod delivery_builder;
mod metrics_builder;

use delivery_builder::{Logs, Row};
use flowgauge::query::Query;
use flowgauge::report::{Delivery, DeploymentCounts};
use flowgauge::worklog::Role;
use proptest::prelude::*;

const T0: i64 = 1_748_822_400;
const H: i64 = 3600;
const IDS: [&str; 24] = [
    "d00", "d01", "d02", "d03", "d04", "d05", "d06", "d07", "d08", "d09", "d10", "d11", "d12", "d13", "d14", "d15",
    "d16", "d17", "d18", "d19", "d20", "d21", "d22", "d23",
];
const INCIDENTS: [&str; 24] = [
    "i00", "i01", "i02", "i03", "i04", "i05", "i06", "i07", "i08", "i09", "i10", "i11", "i12", "i13", "i14", "i15",
    "i16", "i17", "i18", "i19", "i20", "i21", "i22", "i23",
];
const RESULTS: [&str; 8] = ["success", "issues", "failure", "rolled back", "cancelled", "running", "strange", ""];

/// Hour of the start, minutes it took, result, environment, service, age of its commit in hours.
type One = (i64, Option<i64>, usize, &'static str, &'static str, Option<i64>);

fn deployments() -> impl Strategy<Value = Vec<Row>> {
    let one = (
        0..60_i64 * 24,
        prop::option::weighted(0.8, 0..30_i64),
        0..RESULTS.len(),
        prop::sample::select(vec!["production", "production", "staging", ""]),
        prop::sample::select(vec!["Shop", "Mail", ""]),
        prop::option::of(0..100_i64),
    );
    prop::collection::vec(one, 1..24).prop_map(|all| {
        let row = |(n, (hour, lasted, result, environment, service, committed)): (usize, One)| {
            let opened = T0 + hour * H;
            Row {
                id: IDS[n],
                opened,
                ended: lasted.map(|minutes| opened + minutes * 60),
                result: RESULTS[result],
                environment,
                service,
                committed: committed.map(|hours| opened - hours * H),
                ..Row::default()
            }
        };
        all.into_iter().enumerate().map(row).collect()
    })
}

fn logs() -> impl Strategy<Value = Logs> {
    let incident = (0..60_i64 * 24, prop::option::of(0..90_i64), 0..40_usize);
    (deployments(), prop::collection::vec(incident, 0..24)).prop_map(|(deployments, incidents)| {
        let row = |(n, (hour, lasted, cause)): (usize, (i64, Option<i64>, usize))| Row {
            id: INCIDENTS[n],
            opened: T0 + hour * H,
            ended: lasted.map(|hours| T0 + (hour + hours) * H),
            change: IDS.get(cause).copied().unwrap_or(""),
            service: if cause % 2 == 0 { "shop" } else { "Mail" },
            ..Row::default()
        };
        Logs { deployments, tickets: incidents.into_iter().enumerate().map(row).collect(), ..Logs::default() }
    })
}

fn ask(logs: &Logs, query: &Query) -> Option<Delivery> {
    logs.report(Role::Deployments, query).delivery
}

fn at_the_end() -> Query {
    Query { as_of: Some(flowgauge::words::instant(T0 + 70 * 24 * H)), min_group: 1, ..Query::default() }
}

fn sums(c: &DeploymentCounts) -> Vec<u64> {
    let excluded = ["cancelled", "running", "not_production", "no_environment", "after_as_of"];
    let out = excluded.iter().map(|reason| c.excluded.get(*reason).copied().unwrap_or(0));
    [c.total, c.succeeded, c.with_issues, c.failed, c.backed_out, c.unknown].into_iter().chain(out).collect()
}

proptest! {
    /// Nothing is dropped, and nothing counts twice.
    #[test]
    fn every_row_is_somewhere(logs in logs()) {
        let delivery = ask(&logs, &at_the_end()).unwrap();
        let c = &delivery.deployments;
        prop_assert_eq!(c.total, c.succeeded + c.failed + c.unknown);
        prop_assert!(c.with_issues <= c.succeeded && c.backed_out <= c.failed);
        prop_assert_eq!(c.total + c.excluded.values().sum::<u64>(), logs.deployments.len() as u64);
        for group in delivery.by.values() {
            prop_assert_eq!(group.iter().map(|g| g.deployments).sum::<u64>(), c.total);
            prop_assert_eq!(group.iter().map(|g| g.failed).sum::<u64>(), c.failed);
        }
        if let Some(fail) = &delivery.change_fail_rate {
            prop_assert_eq!(fail.rate.count, fail.failed_by_result + fail.failed_by_incident);
            prop_assert!(fail.rate.n <= c.total && fail.failed_by_result == c.failed);
            prop_assert!(fail.rate.lower <= fail.rate.rate && fail.rate.rate <= fail.rate.upper);
        }
        if let Some(frequency) = &delivery.frequency {
            prop_assert_eq!(frequency.weekly.iter().map(|w| w.deployments).sum::<u64>(), frequency.n);
            prop_assert!(frequency.weekly.iter().all(|w| w.days <= 7 && w.days <= w.deployments));
        }
        if let Some(recovery) = &delivery.recovery_time {
            let rate = &delivery.change_fail_rate.as_ref().unwrap().rate;
            prop_assert_eq!(recovery.n, recovery.recovered + recovery.open);
            prop_assert_eq!(recovery.n + recovery.excluded.values().sum::<u64>(), rate.count);
        }
        if let Some(lead) = &delivery.change_lead_time {
            prop_assert_eq!(lead.per_deployment.n + lead.excluded.values().sum::<u64>(), c.total);
        }
        if let Some(services) = &delivery.services {
            let sum = |f: fn(&flowgauge::report::ServiceRow) -> &Vec<u64>| services.rows.iter().flat_map(f).sum::<u64>();
            prop_assert_eq!(sum(|r| &r.deployments), c.total);
            prop_assert_eq!(sum(|r| &r.incidents), delivery.links.incidents);
            prop_assert_eq!(sum(|r| &r.caused), delivery.links.incidents_linked);
        }
        for way in delivery.links.ways.iter().filter(|way| way.from == Role::Deployments) {
            prop_assert_eq!(way.linked + way.unlinked + way.without, c.total);
        }
    }

    /// Filters on the values of a dimension part the whole.
    #[test]
    fn filters_part_the_totals(logs in logs()) {
        let whole = sums(&ask(&logs, &at_the_end()).unwrap().deployments);
        let mut total = vec![0; whole.len()];
        let mut services: Vec<&str> = logs.deployments.iter().map(|row| row.service).collect();
        services.sort_unstable();
        services.dedup();
        prop_assume!(services != [""]);
        for service in services {
            let filter = [("service".to_owned(), vec![service.to_owned()])].into();
            let part = ask(&logs, &Query { filter, ..at_the_end() }).unwrap();
            for (sum, n) in total.iter_mut().zip(sums(&part.deployments)) {
                *sum += n;
            }
        }
        prop_assert_eq!(total, whole);
    }

    /// Rows may come in any order.
    #[test]
    fn the_order_of_rows_does_not_matter(logs in logs(), seed in any::<u64>()) {
        let shuffle = |rows: &[Row]| {
            let mut rows = rows.to_vec();
            let mut state = seed | 1;
            for n in (1..rows.len()).rev() {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                rows.swap(n, usize::try_from(state >> 33).unwrap() % (n + 1));
            }
            rows
        };
        let other = Logs {
            deployments: shuffle(&logs.deployments),
            tickets: shuffle(&logs.tickets),
            ..Logs::default()
        };
        prop_assert_eq!(ask(&logs, &at_the_end()), ask(&other, &at_the_end()));
    }
}
