//! The six elements of an operating model, and which dimensions of the data speak of each (D. Tedder, "DevOps Is ITSM (Like
//! It or Not)", 2018).

use super::filter;
use crate::error::{Error, ErrorKind, Result};
use crate::report::Lens;
use crate::worklog::{Dimension, WorkLog};

/// What `by` puts before the name of a lens.
const PREFIX: &str = "lens:";

/// An element of the operating model.
struct Element {
    id: &'static str,
    label: &'static str,
    question: &'static str,
    /// Fields of the mapping, the most telling first; those of single people last.
    fields: &'static [&'static str],
    /// Words by which the name of an unmapped column says so, one after the other in it.
    words: &'static [&'static str],
    columns: &'static str,
}

const ELEMENTS: [Element; 6] = [
    Element {
        id: "process",
        label: "Process",
        question: "Which kind of work takes long, and in which step?",
        fields: &["kind", "category", "state"],
        words: &[
            "subcategory",
            "ticket_type",
            "issue_type",
            "change_type",
            "phase",
            "stage",
            "close_code",
            "closed_code",
        ],
        columns: "kind (incident, request, problem), category, state",
    },
    Element {
        id: "organisation",
        label: "Organisation",
        question: "Which team, service or part of the organisation is it about?",
        fields: &["group", "service", "organisation", "assignee"],
        words: &["team", "department", "business_unit", "division", "company", "product", "application", "component"],
        columns: "assignment group, service or product, department of the requester",
    },
    Element {
        id: "location",
        label: "Location",
        question: "Where does the work come from?",
        fields: &["location"],
        words: &["country", "site", "city", "region", "building", "office"],
        columns: "location, country or site of the requester",
    },
    Element {
        id: "information",
        label: "Information",
        question: "Through which channel does it come, and is it known what it is about?",
        fields: &["channel"],
        words: &["contact_type", "knowledge", "configuration_item", "cmdb_ci", "asset"],
        columns: "channel, knowledge used, configuration item",
    },
    Element {
        id: "supplier",
        label: "Supplier",
        question: "What hangs on others outside the organisation?",
        fields: &["supplier"],
        words: &["vendor", "provider", "manufacturer"],
        columns: "supplier or vendor",
    },
    Element {
        id: "management_system",
        label: "Management system",
        question: "Do priorities, targets and approvals steer the work?",
        fields: &["priority", "made_sla"],
        words: &["urgency", "impact", "severity", "approval", "escalation", "sla", "risk"],
        columns: "priority, whether the agreed time was met, approval, urgency, impact",
    },
];

/// Endings and words of columns that hold single people: no lens takes them up unless they are a field of their own.
const PEOPLE: [&str; 12] = [
    "by",
    "caller",
    "requester",
    "reporter",
    "owner",
    "user",
    "person",
    "agent",
    "name",
    "email",
    "manager",
    "assignee",
];

/// The lenses, with the dimensions of these data that speak of each. A dimension is in one lens at most.
pub fn compute(log: &WorkLog) -> Vec<Lens> {
    let taken = |name: &str| ELEMENTS.iter().any(|e| e.fields.contains(&name));
    let lens = |element: &Element| {
        let fields = element.fields.iter().filter(|name| log.dimension(name).is_some()).map(|name| (*name).to_owned());
        let own = log.dimensions.iter().map(|d| d.name.as_str()).filter(|name| !taken(name));
        let own = own.filter(|name| element_of(name).is_some_and(|e| e.id == element.id)).map(str::to_owned);
        // Those of single people stand last.
        let mut dimensions: Vec<String> = fields.chain(own).collect();
        dimensions.sort_by_key(|name| is_person(name));
        Lens {
            id: element.id.to_owned(),
            label: element.label.to_owned(),
            question: element.question.to_owned(),
            dimensions,
            columns: element.columns.to_owned(),
        }
    };
    ELEMENTS.iter().map(lens).collect()
}

/// The element that the name of an unmapped column speaks of, where it surely does.
fn element_of(name: &str) -> Option<&'static Element> {
    if is_person(name) {
        return None;
    }
    let padded = format!("_{name}_");
    ELEMENTS.iter().find(|e| e.words.iter().any(|word| padded.contains(&format!("_{word}_"))))
}

/// Whether a dimension holds single people, by its name.
pub fn is_person(name: &str) -> bool {
    name.split('_').any(|word| PEOPLE.contains(&word))
}

/// The dimension of that name, or, for `lens:organisation` and its like, the first one of the lens that does not hold single
/// people.
///
/// # Errors
/// [`ErrorKind::BadQuery`], with the names that there are.
pub fn dimension<'a>(log: &'a WorkLog, name: &str) -> Result<&'a Dimension> {
    let Some(id) = name.strip_prefix(PREFIX) else { return filter::dimension(log, name) };
    let lenses = compute(log);
    let filled = |lens: &Lens| lens.dimensions.iter().find(|name| !is_person(name)).cloned();
    let found = lenses.iter().find(|lens| lens.id == id);
    if let Some(dimension) = found.and_then(filled).and_then(|name| log.dimension(&name)) {
        return Ok(dimension);
    }
    let there: Vec<String> =
        lenses.iter().filter(|lens| filled(lens).is_some()).map(|lens| format!("{PREFIX}{}", lens.id)).collect();
    let message = match found {
        Some(lens) => format!("No column of these data speaks of the lens \"{id}\"; it would take: {}.", lens.columns),
        None => format!("There is no lens \"{id}\"."),
    };
    let remedy = if there.is_empty() {
        "Name a dimension instead.".to_owned()
    } else {
        format!("Use one of: {}.", there.join(", "))
    };
    Err(Error::new(ErrorKind::BadQuery, message, remedy))
}

#[cfg(test)]
mod tests {
    use super::{element_of, is_person};

    #[test]
    fn columns_go_where_their_name_surely_says() {
        let of = |name| element_of(name).map(|e| e.id);
        for (name, lens) in [
            ("u_country", Some("location")),
            ("requester_department", None),
            ("department", Some("organisation")),
            ("cmdb_ci", Some("information")),
            ("vendor", Some("supplier")),
            ("urgency", Some("management_system")),
            ("subcategory", Some("process")),
            ("opened_by", None),
            ("opposite", None),
            ("notify", None),
            ("", None),
        ] {
            assert_eq!(of(name), lens, "{name}");
        }
    }

    #[test]
    fn people_are_known_by_name() {
        for name in ["assignee", "opened_by", "caller_id", "u_user", "sys_created_by"] {
            assert!(is_person(name), "{name}");
        }
        for name in ["group", "priority", "standby_team", "category"] {
            assert!(!is_person(name), "{name}");
        }
    }
}
