//! Why a row is set aside. Every row is used or has one of these reasons.

use crate::ingest::Aside;

/// A reason to set a row aside.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Reason {
    /// The id cell is blank.
    NoId,
    /// No opening date, nor (in a history) a date of the event.
    NoOpenedDate,
    /// A history's row without the date of its change.
    NoEventDate,
    /// The opening, resolving, closing or event date cannot be read.
    UnreadableDate,
    /// A date before 1970 or after 2105.
    DateOutOfRange,
    /// The date contradicts the order of day and month that was chosen for its column.
    DateOrderConflict,
    /// Resolved before it was opened.
    ResolvedBeforeOpened,
    /// The state says finished, but no date says when.
    FinishedWithoutDate,
    /// Another row of the same ticket is newer.
    Duplicate,
    /// A history's row of a ticket that no other file has a usable row of.
    NoTicket,
    /// A history's row of a field that is neither state nor group nor assignee.
    OtherField,
    /// A line of totals below the rows.
    Totals,
    /// The header once more, between the rows.
    RepeatedHeader,
    /// Text that is not in columns.
    NotInColumns,
}

impl Reason {
    /// Why reading set a record aside.
    pub fn of(aside: Aside) -> Self {
        match aside {
            Aside::Totals => Self::Totals,
            Aside::RepeatedHeader => Self::RepeatedHeader,
            Aside::NotInColumns => Self::NotInColumns,
        }
    }

    /// Stable name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::NoId => "no_id",
            Self::NoOpenedDate => "no_opened_date",
            Self::NoEventDate => "no_event_date",
            Self::UnreadableDate => "unreadable_date",
            Self::DateOutOfRange => "date_out_of_range",
            Self::DateOrderConflict => "date_order_conflict",
            Self::ResolvedBeforeOpened => "resolved_before_opened",
            Self::FinishedWithoutDate => "finished_without_date",
            Self::Duplicate => "duplicate",
            Self::NoTicket => "no_ticket",
            Self::OtherField => "other_field",
            Self::Totals => "totals_line",
            Self::RepeatedHeader => "repeated_header",
            Self::NotInColumns => "not_in_columns",
        }
    }

    /// For people, after a count.
    pub fn words(self) -> &'static str {
        match self {
            Self::NoId => "without an id",
            Self::NoOpenedDate => "without an opening date",
            Self::NoEventDate => "without a date of their change",
            Self::UnreadableDate => "with a date that cannot be read",
            Self::DateOutOfRange => "with a date before 1970 or after 2105",
            Self::DateOrderConflict => "whose date contradicts the chosen order of day and month",
            Self::ResolvedBeforeOpened => "resolved before they were opened",
            Self::FinishedWithoutDate => "finished, but no date says when",
            Self::Duplicate => "older rows of a ticket that has a newer one",
            Self::NoTicket => "of the history of tickets that the other files hold no usable row of",
            Self::OtherField => "of changes of other fields than state, group and assignee",
            Self::Totals => "that hold totals, not a ticket",
            Self::RepeatedHeader => "that repeat the header",
            Self::NotInColumns => "of text that is not in columns",
        }
    }
}
