//! A desk together with the changes and deployments around it.

use super::deployment::Deployment;
use super::desk::{Output, Simulation};
use super::draw::Draw;
use super::log::{CHUNK, Keep, Log};
use super::pipeline::Pipelines;
use super::plan::{Plan, Planner};
use super::{Desk, change, deployment, sites, ticket};

/// Changes are drawn apart from incidents, so that these stay what they are without them.
const APART: u64 = 0x6368_616e_6765_7321;

/// A file of sample data.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SampleFile {
    /// Its name.
    pub name: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A desk, the changes around it and what the pipelines deployed, as it all stood when the log broke off.
///
/// Its incidents are those of [`audit_log`](super::audit_log), but that each names the change that caused it and the one that it
/// led to, and that its groups are named by their side of development and operations. Changes break things now and then:
/// incidents of their service within a day. Emergency changes repair incidents before these are resolved. Some services are
/// deployed by pipelines, some of that without a change.
#[derive(Debug)]
pub struct Delivery {
    desk: Desk,
    end: u64,
    plan: Plan,
    deployments: Vec<Deployment>,
}

impl Delivery {
    /// Takes time for one run of the desk, and memory in proportion to its tickets.
    pub fn new(desk: &Desk) -> Self {
        let ended = Simulation::new(desk, sites(desk), Output::Seen(Vec::new())).run();
        let mut draw = Draw::new(desk.seed ^ APART);
        let sites = sites(desk) as u64;
        let plan = Planner::new(&mut draw, ended.end).plan(&ended, sites);
        let deployments = Pipelines::new(&mut draw, ended.end).run(&plan.changes, sites);
        Self { desk: *desk, end: ended.end, plan, deployments }
    }

    /// Writes the incidents as CSV, in chunks: a row per change of one, in the order of time.
    pub fn incidents(&self, sink: &mut dyn FnMut(&[u8])) {
        self.run(Keep::Every, sink);
    }

    /// Writes the latest row of each incident, in the order of their numbers.
    pub fn snapshot(&self, sink: &mut dyn FnMut(&[u8])) {
        self.run(Keep::Latest, sink);
    }

    fn run(&self, keep: Keep, sink: &mut dyn FnMut(&[u8])) {
        let header = format!("{},\"caused_by\",\"rfc\"\n", ticket::HEADER.trim_end());
        let log = Log::new(&header, keep, sink);
        Simulation::new(&self.desk, sites(&self.desk), Output::Rows(log, Some(&self.plan.links))).run();
    }

    /// Writes the change requests as CSV, in chunks: a row each, in the order of their numbers.
    pub fn changes(&self, sink: &mut dyn FnMut(&[u8])) {
        let rows = (0..).zip(&self.plan.changes);
        write(change::HEADER, rows, |(number, change), out| change.write(number, self.end, out), sink);
    }

    /// Writes the deployments as CSV, in chunks: a row each, in the order of time.
    pub fn deployments(&self, sink: &mut dyn FnMut(&[u8])) {
        let rows = self.deployments.iter().enumerate();
        write(deployment::HEADER, rows, |(number, deployment), out| deployment.write(number, self.end, out), sink);
    }
}

fn write<T>(header: &str, rows: impl Iterator<Item = T>, row: impl Fn(T, &mut String), sink: &mut dyn FnMut(&[u8])) {
    let mut chunk = header.to_owned();
    for each in rows {
        row(each, &mut chunk);
        if chunk.len() >= CHUNK {
            sink(chunk.as_bytes());
            chunk.clear();
        }
    }
    sink(chunk.as_bytes());
}

/// Writes one of the files.
type Writer = fn(&Delivery, &mut dyn FnMut(&[u8]));

/// A desk's incidents, changes and deployments: `incidents.csv`, `changes.csv`, `deployments.csv`.
///
/// ```
/// let files = flowgauge::generate::sample_files(&flowgauge::generate::Desk { tickets: 10, seed: 1 });
/// assert_eq!(files.map(|file| file.name), ["incidents.csv", "changes.csv", "deployments.csv"]);
/// ```
pub fn sample_files(desk: &Desk) -> [SampleFile; 3] {
    let delivery = Delivery::new(desk);
    let file = |name, write: Writer| {
        let mut bytes = Vec::new();
        write(&delivery, &mut |chunk| bytes.extend_from_slice(chunk));
        SampleFile { name, bytes }
    };
    [
        file("incidents.csv", Delivery::incidents),
        file("changes.csv", Delivery::changes),
        file("deployments.csv", Delivery::deployments),
    ]
}
