//! Warnings that only the figures can show.

use crate::metrics::ageing;
use crate::metrics::context::Context;
use crate::report::Warning;
use crate::stats;
use crate::words;

/// Share of open or cancelled tickets above which figures of the finished ones alone mislead.
const MANY_OPEN: f64 = 0.05;
const MANY_CANCELLED: f64 = 0.1;

/// What a reader of the figures should know and only they can show.
pub fn of(cx: &Context<'_>, leads: &[u32]) -> Vec<Warning> {
    let scope = cx.scope;
    let mut warnings = Vec::new();
    let total = scope.total() as f64;
    let mut warn = |code: &str, message: String, count: usize| {
        warnings.push(Warning { code: code.to_owned(), message, count: count as u64, rows: Vec::new(), file: None });
    };
    let cancelled = scope.cancelled.len();
    if cancelled as f64 > MANY_CANCELLED * total {
        warn(
            "many_cancelled",
            format!("{} cancelled: lead times describe only those that were done.", share(cancelled, scope.total())),
            cancelled,
        );
    }
    let open = scope.open.len();
    let limit = stats::quantile(cx.query.percentile_method, leads, 0.85);
    let older = limit.map_or(0, |limit| ageing::older(&ageing::ages(cx), limit));
    if limit.is_some() && (open as f64 > MANY_OPEN * total || older > 0) {
        warn(
            "open_understate",
            format!(
                "{} open, {} older than 85 % of the finished took: percentiles of finished tickets alone understate how \
                 long tickets take.",
                share(open, scope.total()),
                words::count(older)
            ),
            open,
        );
    }
    warnings
}

fn share(part: usize, total: usize) -> String {
    let are = if part == 1 { "is" } else { "are" };
    format!("{} of {} {are}", words::count(part as u64), words::plural(total as u64, "ticket", "tickets"))
}
