//! Desks whose truth is known by construction.

mod desk;
mod floor;

fn main() {
    for seed in 1..=3 {
        for (name, rule, outside) in [
            ("pull", floor::Rule::Pull, 0.0),
            ("push", floor::Rule::Push, 0.0),
            ("juggle", floor::Rule::Juggle, 0.0),
            ("push+", floor::Rule::Push, 0.3),
            ("pull+", floor::Rule::Pull, 0.3),
        ] {
            let desk = desk::Desk::new(outside);
            let work = desk.work(seed);
            let mean = |rule| {
                let stays = floor::run(&desk, &work, rule);
                stays.iter().zip(&work).map(|(s, t)| (s.last().map_or(0, |s| s.left) - t.opened) as f64).sum::<f64>()
                    / 3600.0
                    / work.len() as f64
            };
            let base = mean(rule);
            println!(
                "{seed} {name} n {} base {base:.2} h pooled {:+.3} fixed2 {:+.3} adaptive3 {:+.3}",
                work.len(),
                mean(floor::Rule::Pooled) / base - 1.0,
                mean(floor::Rule::Fixed { size: 2, alpha: 0.8 }) / base - 1.0,
                mean(floor::Rule::Adaptive { most: 3, alpha: 0.8 }) / base - 1.0
            );
        }
    }
}
