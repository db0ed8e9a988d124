//! What surveys found. Shown with the year, never as a verdict: they asked people, and asked them in steps.

use crate::report::Benchmark;

const CLUSTERS: &str = "DORA, Accelerate State of DevOps Report 2024: clusters of answers to a survey";
const MEANS: &str = "DORA quick check, industry means of 2025: answers on a scale from 0 to 10";

/// Level, then change lead time, deployment frequency, change fail rate, recovery time of 2024.
const OF_2024: [(&str, [&str; 4]); 4] = [
    ("elite", ["less than one day", "on demand, several times a day", "5 %", "less than one hour"]),
    ("high", ["between one day and one week", "between once a day and once a week", "20 %", "less than one day"]),
    ("medium", ["between one week and one month", "between once a week and once a month", "10 %", "less than one day"]),
    (
        "low",
        [
            "between one month and six months",
            "between once a month and once every six months",
            "40 %",
            "between one week and one month",
        ],
    ),
];

/// Share of the answers in each cluster, in the same order.
const SHARES: [u32; 4] = [19, 22, 35, 25];

/// Figure, mean and standard deviation of 2025.
const OF_2025: [(&str, &str, &str); 5] = [
    ("change_lead_time", "5.5", "2.4"),
    ("frequency", "4.8", "2.8"),
    ("change_fail_rate", "1.9", "2.1"),
    ("recovery_time", "7.4", "2.1"),
    ("rework_rate", "2.2", "2.2"),
];

/// All of them, by figure and year.
pub fn all() -> Vec<Benchmark> {
    let mut found = Vec::new();
    for (place, figure) in ["change_lead_time", "frequency", "change_fail_rate", "recovery_time"].iter().enumerate() {
        for ((level, texts), share) in OF_2024.iter().zip(SHARES) {
            let Some(text) = texts.get(place) else { continue };
            // The clusters are not ordered by their fail rates; saying so keeps 20 % from reading as better than 10 %.
            let note = if *figure == "change_fail_rate" { "; not in the order of the clusters" } else { "" };
            found.push(Benchmark {
                figure: (*figure).to_owned(),
                year: 2024,
                source: CLUSTERS.to_owned(),
                level: (*level).to_owned(),
                text: format!("{text} ({share} % of the answers{note})"),
            });
        }
    }
    found.extend(OF_2025.iter().map(|(figure, mean, deviation)| Benchmark {
        figure: (*figure).to_owned(),
        year: 2025,
        source: MEANS.to_owned(),
        level: "mean".to_owned(),
        text: format!("{mean} of 10 (standard deviation {deviation}); clusters were dropped in 2025"),
    }));
    found
}
