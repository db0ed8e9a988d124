//! A selection of tickets in words.

use crate::query::{Selection, Span};
use crate::words;

/// Which tickets a selection keeps, in words: "all tickets", or "priority 1 - Critical, opened from 2016-03-01 to
/// 2016-03-31".
pub fn words(selection: &Selection) -> String {
    let value = |v: &String| if v.is_empty() { "(none)".to_owned() } else { v.clone() };
    let filter = selection.filter.iter().map(|(dimension, values)| {
        let values: Vec<String> = values.iter().map(value).collect();
        format!("{} {}", dimension.replace('_', " "), values.join(" or "))
    });
    let spans = [span("opened", &selection.opened), span("resolved", &selection.resolved)];
    let age = [
        selection.age.at_least_seconds.map(|s| format!("at least {} old", words::duration(s as f64))),
        selection.age.at_most_seconds.map(|s| format!("at most {} old", words::duration(s as f64))),
    ];
    let parts: Vec<String> = filter.chain(spans.into_iter().flatten()).chain(age.into_iter().flatten()).collect();
    if parts.is_empty() { "all tickets".to_owned() } else { parts.join(", ") }
}

fn span(what: &str, span: &Span) -> Option<String> {
    match (&span.from, &span.to) {
        (Some(from), Some(to)) => Some(format!("{what} from {from} to {to}")),
        (Some(from), None) => Some(format!("{what} from {from} on")),
        (None, Some(to)) => Some(format!("{what} until {to}")),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::words;
    use crate::query::{AgeSpan, Selection, Span};

    #[test]
    fn selections_read_well() {
        assert_eq!(words(&Selection::default()), "all tickets");
        let selection = Selection {
            filter: [("made_sla".to_owned(), vec![String::new(), "true".to_owned()])].into(),
            opened: Span { from: Some("2016-03-01".to_owned()), to: Some("2016-03-31".to_owned()) },
            resolved: Span { from: None, to: Some("2016-06-30".to_owned()) },
            age: AgeSpan { at_least_seconds: Some(86_400), at_most_seconds: None },
            ..Selection::default()
        };
        assert_eq!(
            words(&selection),
            "made sla (none) or true, opened from 2016-03-01 to 2016-03-31, resolved until 2016-06-30, at least 1 day old"
        );
    }
}
