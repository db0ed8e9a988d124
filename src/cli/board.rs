//! The board on the command line: what can be asked, and the page for people.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args as ClapArgs;
use flowgauge::Query;
use flowgauge::mapping::ResultClass;
use flowgauge::query::{BoardQuery, Include, Part};
use flowgauge::report::{Board, BoardColumn, Card, Report};
use flowgauge::words::{count, duration};

use super::args::InputArgs;
use super::question::QuestionArgs;
use super::summary::Page;
use super::terminal::{figure, table, value};

/// A text on a card.
type Text = fn(&Card) -> &str;

/// Where there is nothing to say.
const NOTHING: &str = "-";

/// Arguments of `board`.
#[derive(ClapArgs, Debug)]
pub struct BoardArgs {
    /// The input.
    #[command(flatten)]
    pub input: InputArgs,
    /// What to ask.
    #[command(flatten)]
    pub question: QuestionArgs,
    /// How many days the column of what is done reaches back, that of the board among them: 1 to 366.
    #[arg(long, value_name = "DAYS", default_value_t = 7)]
    pub done_days: u32,
    /// Most tickets that should stand in a column at once: planned, queue, active or hold; may be given several times.
    #[arg(long = "wip-limit", value_name = "COLUMN=N", value_parser = parse_limit)]
    pub wip_limits: Vec<(String, u32)>,
    /// Show so many cards of each column, with their ids.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub cards: u32,
    /// Write the report as JSON to this path instead of printing the board; `-` is standard output.
    #[arg(long, value_name = "PATH")]
    pub json: Option<PathBuf>,
}

impl BoardArgs {
    /// The question to the engine.
    pub fn query(&self) -> Query {
        let wip_limits: BTreeMap<String, u32> = self.wip_limits.iter().cloned().collect();
        Query {
            parts: Some(vec![Part::Board]),
            include: Include { points: false, ids: self.cards > 0 },
            board: BoardQuery { of: None, done_days: self.done_days, wip_limits, cards: self.cards },
            ..self.question.query()
        }
    }
}

fn parse_limit(text: &str) -> Result<(String, u32), String> {
    let parsed = text.split_once('=').and_then(|(column, n)| Some((column.trim(), n.trim().parse::<u32>().ok()?)));
    match parsed {
        Some((column, n)) if !column.is_empty() => Ok((column.to_owned(), n)),
        _ => Err("write it as COLUMN=N, for instance active=12".to_owned()),
    }
}

/// The page of a board.
pub fn page(report: &Report) -> String {
    let mut page = Page::new();
    let Some(board) = &report.board else {
        for why in report.unavailable.values() {
            page.quote(&format!("There is no board. {} {}", why.reason, why.remedy));
        }
        return page.text();
    };
    page.heading(&format!("Board of {} on {}", board.of.words(), board.date));
    page.quote(&format!("As of {}, zone {}, flowgauge {}", board.as_of, report.zone, report.engine_version));
    page.quote(&format!(
        "{} on the board, {} in progress; done earlier {}, cancelled {}",
        count(board.n),
        count(board.total_wip),
        count(board.done_earlier),
        count(board.cancelled)
    ));
    page.line("");
    columns(board, &mut page);
    for column in board.columns.iter().filter(|c| !c.states.is_empty()) {
        let states: Vec<String> = column.states.iter().map(|s| format!("{} {}", s.state, count(s.count))).collect();
        page.quote(&format!("{}: {}", column.label, states.join(", ")));
    }
    if let Some(reference) = &board.reference {
        let percentiles = reference.percentiles.iter().map(|p| format!("{} % within {}", p.p, duration(p.seconds)));
        let percentiles: Vec<String> = percentiles.collect();
        page.line(&format!("Finished by then: {}; {}", count(reference.n), percentiles.join(", ")));
    }
    board.cautions.iter().for_each(|caution| page.quote(&format!("! {caution}")));
    page.line("");
    page.quote(&board.definition);
    board.columns.iter().filter(|c| !c.cards.is_empty()).for_each(|column| cards(column, &mut page));
    page.text()
}

fn columns(board: &Board, page: &mut Page) {
    let limits = board.columns.iter().any(|c| c.limit.is_some());
    let plans = board.columns.iter().any(|c| c.overdue.is_some());
    let mut head = vec!["Column", "Count"];
    if limits {
        head.extend(["Limit", "Over"]);
    }
    head.extend(["Median age", "85 % age", "Oldest", "Older than 85 %", "In column, median"]);
    if plans {
        head.extend(["That day", "Overdue"]);
    }
    let mut rows = table(head);
    for column in &board.columns {
        let age = |p: f64| {
            let found = column.ages.iter().find(|age| age.p.total_cmp(&p).is_eq());
            figure(found.map_or(NOTHING.to_owned(), |age| duration(age.seconds)))
        };
        let seconds = |seconds: Option<f64>| figure(seconds.map_or(NOTHING.to_owned(), duration));
        let number = |n: Option<u64>| figure(n.map_or(NOTHING.to_owned(), count));
        let mut row = vec![value(&column.label), figure(count(column.count))];
        if limits {
            row.extend([number(column.limit.map(Into::into)), number(column.over_limit)]);
        }
        let older = column.older_than.iter().find(|older| older.p.total_cmp(&85.0).is_eq());
        row.extend([age(50.0), age(85.0), seconds(column.oldest_seconds.map(|s| s as f64))]);
        row.extend([number(older.map(|o| o.count)), seconds(column.in_column_median_seconds)]);
        if plans {
            row.extend([number(column.in_window), number(column.overdue)]);
        }
        rows.add_row(row);
    }
    page.table(&rows, 0);
    if board.columns.iter().any(|c| c.ages_of == "until_start") {
        page.line("Of what is planned the ages are the time until the planned start.");
    }
}

fn cards(column: &BoardColumn, page: &mut Page) {
    page.heading(&column.label);
    let some = |text: Text| column.cards.iter().any(|card| !text(card).is_empty());
    let texts: [(&str, Text); 5] = [
        ("State", |c| c.state.as_str()),
        ("Group", |c| c.group.as_str()),
        ("Service", |c| c.service.as_str()),
        ("Priority", |c| c.priority.as_str()),
        ("Kind", |c| c.kind.as_str()),
    ];
    let texts: Vec<(&str, Text)> = texts.into_iter().filter(|(_, text)| some(*text)).collect();
    let plans = column.cards.iter().any(|card| card.planned_start.is_some() || card.planned_end.is_some());
    let results = column.cards.iter().any(|card| card.result.is_some());
    let mut head = vec!["Id"];
    head.extend(texts.iter().map(|(name, _)| *name));
    head.extend(["Age", "In column", "Longer than"]);
    if plans {
        head.extend(["Planned start", "Planned end", "Overdue"]);
    }
    if results {
        head.push("Result");
    }
    let mut rows = table(head);
    for card in &column.cards {
        let mut row = vec![value(card.id.as_deref().unwrap_or_default())];
        row.extend(texts.iter().map(|(_, text)| value(text(card))));
        let seconds = |seconds: i64| duration(seconds as f64);
        row.push(figure(seconds(card.age_seconds)));
        row.push(figure(card.in_column_seconds.map_or(NOTHING.to_owned(), seconds)));
        row.push(figure(card.percentile.map_or(NOTHING.to_owned(), flowgauge::words::percent)));
        if plans {
            let instant = |at: &Option<String>| value(at.as_deref().unwrap_or(NOTHING));
            row.extend([instant(&card.planned_start), instant(&card.planned_end)]);
            row.push(value(if card.overdue { "yes" } else { "" }));
        }
        if results {
            row.push(value(card.result.map_or(NOTHING, result)));
        }
        rows.add_row(row);
    }
    page.table(&rows, 0);
    if column.more > 0 {
        page.line(&format!("  and {} more", count(column.more)));
    }
}

fn result(class: ResultClass) -> &'static str {
    match class {
        ResultClass::Succeeded => "succeeded",
        ResultClass::WithIssues => "with issues",
        ResultClass::Failed => "failed",
        ResultClass::BackedOut => "backed out",
        ResultClass::Cancelled => "cancelled",
        ResultClass::Running => "running",
        ResultClass::Unknown => "not known",
    }
}

#[cfg(test)]
mod tests {
    use super::parse_limit;

    #[test]
    fn limits_name_a_column() {
        assert_eq!(parse_limit("active=12"), Ok(("active".to_owned(), 12)));
        for text in ["", "active", "=3", "active=", "active=-1", "active=1.5"] {
            assert!(parse_limit(text).is_err(), "{text}");
        }
    }
}
