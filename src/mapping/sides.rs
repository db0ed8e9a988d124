//! On which side of the wall between development and operations a group stands, by its name. A proposal: the mapping says
//! what counts.

use super::Side;
use super::states::{occurs, words};

/// The side that a group's name says, with the confidence; `None` where it says neither, both (`Dev Support`) or that the
/// wall is gone (`DevOps`, `SRE`, `platform engineering`).
///
/// "Engineering", "software" and "product" say development only where nothing says operations: network engineering runs
/// networks.
pub fn side(group: &str) -> (Option<Side>, f64) {
    let words = words(group);
    let squashed = words.concat();
    let any = |phrases: &[&str]| phrases.iter().any(|phrase| occurs(phrase, &words, &squashed).is_some());
    let (builds, runs) = (any(BUILDS), any(RUNS));
    match (any(BOTH), builds, runs) {
        (true, ..) | (_, true, true) => (None, 0.0),
        (_, true, false) => (Some(Side::Development), 0.8),
        (_, false, true) => (Some(Side::Operations), 0.8),
        _ if any(SOFTWARE) => (Some(Side::Development), 0.6),
        _ => (None, 0.0),
    }
}

const BOTH: &[&str] = &["devops", "devsecops", "dev ops", "sre", "site reliability", "reliability", "platform*"];

const BUILDS: &[&str] = &[
    "dev",
    "devs",
    "develop*",
    "squad*",
    "feature*",
    "scrum*",
    "programming",
    "programmers",
    "frontend",
    "front end",
    "backend",
    "back end",
    "fullstack",
    "full stack",
    "product team*",
    "entwickl*",
    "softwareentwickl*",
    "anwendungsentwickl*",
    "developpement",
    "developpeu*",
    "desarroll*",
    "svilupp*",
    "desenvolv*",
    "ontwikkel*",
];

const SOFTWARE: &[&str] = &["engineer*", "software*", "product", "products", "coding"];

const RUNS: &[&str] = &[
    "service desk*",
    "servicedesk*",
    "help desk*",
    "helpdesk*",
    "operation*",
    "ops",
    "itops",
    "infrastructur*",
    "infra",
    "network*",
    "support*",
    "noc",
    "l1",
    "l2",
    "l3",
    "level 1",
    "level 2",
    "level 3",
    "1st level",
    "2nd level",
    "3rd level",
    "first level",
    "second level",
    "third level",
    "1st line",
    "2nd line",
    "3rd line",
    "tier 1",
    "tier 2",
    "tier 3",
    "dba",
    "dbas",
    "database*",
    "sysadmin*",
    "system admin*",
    "systems admin*",
    "data center*",
    "data centre*",
    "datacenter*",
    "hosting",
    "server*",
    "desktop*",
    "workplace*",
    "field service*",
    "monitoring",
    "on call",
    "betrieb*",
    "rechenzentrum*",
    "netzwerk*",
    "infrastruktur*",
    "benutzerservice*",
    "anwenderbetreuung",
    "exploitation",
    "reseau*",
    "assistance",
    "soporte*",
    "operacion*",
    "infraestructur*",
    "redes",
    "operazion*",
    "supporto*",
    "assistenza*",
    "infrastruttur*",
    "operacoes",
    "suporte*",
    "infraestrutur*",
    "atendimento*",
    "beheer*",
    "netwerk*",
    "ondersteuning*",
    "infrastructuur*",
];
