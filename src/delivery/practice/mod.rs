//! Change practice: how changes are planned, approved and carried out.

mod behaviour;
mod collisions;
mod groups;
mod kinds;
mod outcomes;
mod selection;
mod times;
mod window;

use std::collections::BTreeMap;

pub use kinds::Kind;

use crate::metrics::context::Context;
use crate::metrics::{Computed, unavailable};
use crate::report::{Changes, Unavailable};
use crate::words;
use crate::worklog::World;

use kinds::Kinds;
use selection::Sibling;

const DEFINITION: &str = "Changes opened by as-of that pass the filter. A change has ended once its end lies by as-of; how it \
    ended is what its latest record says. Success counts those with issues; failure those backed out; cancelled changes are \
    in neither, and that a change ended does not say that it succeeded.";

/// What the parts of this figure share: what cannot be computed, by name, and what speaks against the rest.
#[derive(Debug, Default)]
struct Notes {
    missing: BTreeMap<String, Unavailable>,
    cautions: Vec<String>,
}

impl Notes {
    /// What was computed, or a note of its absence.
    fn take<T>(&mut self, name: &str, computed: Computed<T>) -> Option<T> {
        computed.map_err(|why| self.missing.insert(name.to_owned(), why)).ok()
    }

    /// A caution about so many changes; none about none. `rest` follows "1 change" or "n changes".
    fn caution(&mut self, n: u64, one: &str, many: &str) {
        if n > 0 {
            let rest = if n == 1 { one } else { many };
            self.cautions.push(format!("{} {rest}", words::plural(n, "change", "changes")));
        }
    }
}

/// How changes are planned, approved and carried out.
///
/// # Errors
/// Where the input has no changes, or none passes the filter by as-of.
pub fn changes(world: &World<'_>, cx: &Context<'_>) -> Computed<Changes> {
    let mut notes = Notes::default();
    let log = selection::log(world)?;
    // The question may be about tickets: then the changes are selected by as much of it as they can answer.
    let sibling = if cx.log.role == log.role { None } else { Some(Sibling::new(log, cx, &mut notes)?) };
    let own = sibling.as_ref().map(|s| s.context(log));
    let cx = own.as_ref().unwrap_or(cx);
    let changes = selection::changes(cx, &mut notes);
    if changes.is_empty() {
        return Err(unavailable(
            format!("No change opened by {} passes the filter.", words::instant(cx.scope.as_of)),
            "Widen the filter or choose a later as-of.",
        ));
    }
    let kinds = notes.take("kinds", Kinds::new(cx.log));
    let (to_start_from, times) = times::compute(cx, &changes, &mut notes);
    Ok(Changes {
        definition: DEFINITION.to_owned(),
        n: changes.len() as u64,
        outcomes: outcomes::count(&changes),
        success: notes.take("success", outcomes::success_of_all(cx, &changes)),
        kinds: kinds.as_ref().map(|kinds| kinds.rows(&changes)).unwrap_or_default(),
        emergency_share: outcomes::emergency_share(kinds.as_ref(), &changes, &mut notes),
        to_approval: times.approval,
        to_start: times.start,
        to_start_from: to_start_from.to_owned(),
        to_end: times.end,
        clock: cx.stretch_clock().to_owned(),
        window: window::compute(&changes, &mut notes),
        collisions: notes.take("collisions", collisions::compute(cx, &changes)),
        by: groups::compute(world, cx, &changes, kinds.as_ref(), &mut notes),
        behaviour: notes.take("behaviour", behaviour::compute(cx, &changes)).unwrap_or_default(),
        not_computable: notes.missing,
        cautions: notes.cautions,
    })
}
