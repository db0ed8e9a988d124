//! Two selections on the same axes: two periods, two teams, any two filters.

mod bins;
mod sentence;
mod side;
mod weeks;

use bins::Bins;
use side::{Chosen, Framed};
use weeks::{Anchor, NoSeries, Series};

use super::context::Context;
use super::figures::{self, FIGURES, Figure, Kind, Sample, Time};
use super::time_metric::{self, Measured};
use super::{Computed, lead_time, selection, unavailable};
use crate::query::{Part, Query};
use crate::report::{Bin, ComparedSide, Comparison, Difference, FigureInfo};
use crate::stats::{self, DRAWS, percentile_interval, purpose_seed};

/// Purposes of the draws of both sides.
const THIS: u32 = 0x434d_5001;
const OTHER: u32 = 0x434d_5002;
/// Bins of a percentile, and of all weeks together, which keeps a draw short.
const MOST_BINS: usize = 1000;
const MOST_CELLS: usize = 50_000;
/// Share of draws that may have no value, because they took only weeks without a ticket.
const VOID: usize = 20;

const SOURCE: &str = "Intervals, 95 %: whole ISO weeks are drawn with replacement, 1,000 times, and the figure taken of each \
    draw (week-block bootstrap, Künsch 1989; percentile method, Efron & Tibshirani 1993), because tickets of a week share a \
    backlog. Percentiles of a draw are read from up to 1,000 bins. Under 8 weeks on a side there is none: descriptive only. \
    Of twenty intervals one misses its mark by chance, and a difference says nothing about its cause.";

/// Compares the selection of `this` with that of `other`.
///
/// Where both sides have the same weeks, each draw takes the same weeks on both: what is common to all in a week then falls
/// out of the difference. Otherwise the sides are drawn independently.
///
/// # Errors
/// Where either side holds no ticket.
pub fn compute(this: &Context<'_>, other: &Context<'_>) -> Computed<Comparison> {
    let labels = labels(this, other);
    for (cx, label, which) in [(this, &labels.0, "This selection"), (other, &labels.1, "The other selection")] {
        if cx.scope.total() == 0 {
            return Err(unavailable(
                format!("{which} ({label}) holds no ticket."),
                "Widen its filter or its dates; as-of has to lie behind them.",
            ));
        }
    }
    let chosen = (Chosen::of(this), Chosen::of(other));
    let resolved = chosen.0.by_resolution() || chosen.1.by_resolution();
    let anchor = if resolved { Anchor::Resolved } else { Anchor::Opened };
    let common = this.scope.first_opened.into_iter().chain(other.scope.first_opened).min().unwrap_or(this.scope.as_of);
    let frames = (side::framed(this, chosen.0, anchor, common), side::framed(other, chosen.1, anchor, common));
    let queries = (figures::query(this.query), figures::query(other.query));
    let sides = (Side::new(this, &frames.0, &queries.0), Side::new(other, &frames.1, &queries.1));
    let parts = (sides.0.split(&frames.0, anchor), sides.1.split(&frames.1, anchor));
    let weekly = (sides.0.samples(&parts.0), sides.1.samples(&parts.1));
    let paired = frames.0.weeks == frames.1.weeks;
    let differences = differences(&sides, &weekly, &frames, chosen, paired);
    let leads = (whole_leads(this), whole_leads(other));
    let mut pooled: Vec<u32> = leads.0.sorted.iter().chain(&leads.1.sorted).copied().collect();
    stats::sort_seconds(&mut pooled);
    let bins = time_metric::histogram(&pooled);
    let side = |cx: &Context<'_>, label: String, leads: &Leads| ComparedSide {
        label,
        tickets: cx.scope.total() as u64,
        finished: cx.scope.finished.len() as u64,
        percentiles: leads.percentiles.clone(),
        counts: counts(&leads.sorted, &bins),
    };
    let (ours, theirs) = (side(this, labels.0, &leads.0), side(other, labels.1, &leads.1));
    let shared = shared(this, other);
    let with_tickets = |weekly: &[Sample<'_>]| weekly.iter().filter(|s| !s.cx.scope.finished.is_empty()).count();
    Ok(Comparison {
        definition: definition(anchor, paired),
        weeks: with_tickets(&weekly.0).min(with_tickets(&weekly.1)) as u64,
        sentence: sentence::of(&ours, &theirs, shared, &differences, this.query.clock),
        this: ours,
        other: theirs,
        differences,
        bins,
        shared,
    })
}

/// A side and its figures.
struct Side<'a> {
    cx: Context<'a>,
    whole: Sample<'a>,
}

impl<'a> Side<'a> {
    fn new(cx: &Context<'a>, frame: &'a Framed, query: &'a Query) -> Self {
        let cx = Context { scope: &frame.scope, ..figures::context(cx, query) };
        Self { cx, whole: Sample::new(cx) }
    }

    fn split(&self, frame: &Framed, anchor: Anchor) -> Vec<super::scope::Scope> {
        weeks::split(&self.cx, &frame.days, &frame.weeks, anchor)
    }

    fn samples<'b>(&self, parts: &'b [super::scope::Scope]) -> Vec<Sample<'b>>
    where
        'a: 'b,
    {
        parts.iter().map(|scope| Sample::new(Context { scope, ..self.cx })).collect()
    }
}

fn labels(this: &Context<'_>, other: &Context<'_>) -> (String, String) {
    let given = this.query.compare.as_ref().map_or("", |s| s.label.trim());
    let own = selection::words(&other.query.selection());
    (selection::words(&this.query.selection()), if given.is_empty() { own } else { given.to_owned() })
}

fn definition(anchor: Anchor, paired: bool) -> String {
    let by = match anchor {
        Anchor::Opened => "it was opened",
        Anchor::Resolved => "it was resolved",
    };
    let drawn = if paired {
        "Both sides have the same weeks, and each draw takes the same ones on both."
    } else {
        "The sides have different weeks and are drawn independently."
    };
    format!(
        "Difference: the figure of this selection minus that of the other one. Figures per day are over the dates that a \
         side was chosen by, else over the window of both. {SOURCE} A ticket belongs to the week in which {by}; arrivals and \
         departures to the week in which they happen. {drawn}"
    )
}

/// All figures that at least one side has.
fn differences(
    sides: &(Side<'_>, Side<'_>),
    weekly: &(Vec<Sample<'_>>, Vec<Sample<'_>>),
    frames: &(Framed, Framed),
    chosen: (Chosen, Chosen),
    paired: bool,
) -> Vec<Difference> {
    let flows = (
        weeks::flows(&frames.0.scope, &frames.0.days, &frames.0.weeks),
        weeks::flows(&frames.1.scope, &frames.1.days, &frames.1.weeks),
    );
    let of = |figure: &&Figure| {
        let ours = weeks::series(figure, &sides.0.whole, &weekly.0, &flows.0, &frames.0.weeks);
        let theirs = weeks::series(figure, &sides.1.whole, &weekly.1, &flows.1, &frames.1.weeks);
        ours.and_then(|ours| theirs.map(|theirs| (ours, theirs)))
    };
    let told: Vec<&Figure> =
        FIGURES.iter().filter(|f| f.compute(&sides.0.whole).is_ok() || f.compute(&sides.1.whole).is_ok()).collect();
    let series: Vec<Result<(Series, Series), NoSeries>> = told.iter().map(of).collect();
    let bins = bins(sides, frames);
    let (cx, other_seed) = (&sides.0.cx, if paired { THIS } else { OTHER });
    let method = cx.query.percentile_method;
    let ours: Vec<Option<&Series>> = series.iter().map(|s| s.as_ref().ok().map(|s| &s.0)).collect();
    let theirs: Vec<Option<&Series>> = series.iter().map(|s| s.as_ref().ok().map(|s| &s.1)).collect();
    let seed = |purpose| (DRAWS, purpose_seed(cx.query.seed, purpose));
    let drawn = weeks::draw(&ours, &weekly.0, &bins, method, seed(THIS)).into_iter().zip(weeks::draw(
        &theirs,
        &weekly.1,
        &bins,
        method,
        seed(other_seed),
    ));
    told.iter().zip(series).zip(drawn).map(|((f, s), drawn)| difference(f, sides, chosen, s.err(), drawn)).collect()
}

/// Common bins of each time, so that both sides are read off the same values.
fn bins(sides: &(Side<'_>, Side<'_>), frames: &(Framed, Framed)) -> Vec<(Time, Bins)> {
    let weeks = frames.0.weeks.len().max(frames.1.weeks.len()).max(1);
    let most = (MOST_CELLS / weeks).clamp(100, MOST_BINS);
    let of = |time: Time| {
        let values = |side: &Side<'_>| side.whole.times(time).map_or(Vec::new(), |m| m.times.sorted.clone());
        let mut pooled = values(&sides.0);
        pooled.extend(values(&sides.1));
        stats::sort_seconds(&mut pooled);
        (time, Bins::new(&pooled, most))
    };
    [Time::Lead, Time::Cycle, Time::Response].into_iter().map(of).filter(|(_, bins)| bins.len() > 0).collect()
}

fn difference(
    figure: &Figure,
    sides: &(Side<'_>, Side<'_>),
    chosen: (Chosen, Chosen),
    no_series: Option<NoSeries>,
    (ours, theirs): (Vec<f64>, Vec<f64>),
) -> Difference {
    let info: FigureInfo = figure.info();
    let bare = Difference {
        figure: info,
        this: None,
        other: None,
        difference: None,
        lower: None,
        upper: None,
        verdict: None,
        note: None,
    };
    if let Some(why) = cut_out(figure, chosen) {
        return Difference { note: Some(why.to_owned()), ..bare };
    }
    let values = (figure.compute(&sides.0.whole), figure.compute(&sides.1.whole));
    let side = |value: &Computed<figures::Value>| value.as_ref().ok().map(|v| v.value);
    let both = Difference { this: side(&values.0), other: side(&values.1), ..bare };
    for (value, which) in [(&values.0, "this selection"), (&values.1, "the other selection")] {
        if let Err(why) = value {
            return Difference { note: Some(format!("Not known of {which}: {}", why.reason)), ..both };
        }
    }
    let apart = Difference { difference: both.this.zip(both.other).map(|(a, b)| a - b), ..both };
    if let Some(why) = no_series {
        let note = match why {
            NoSeries::FewWeeks => {
                "Descriptive only: fewer than 8 weeks on a side hold tickets that it can be asked of."
            }
            NoSeries::Unlike => "No interval: its weeks do not add up to the whole.",
            NoSeries::Stock(why) => why,
        };
        return Difference { note: Some(note.to_owned()), ..apart };
    }
    let all = ours.len();
    let drawn: Vec<f64> = ours.iter().zip(&theirs).map(|(a, b)| a - b).filter(|d| d.is_finite()).collect();
    let interval = if drawn.len() + all / VOID < all { None } else { percentile_interval(drawn) };
    let Some((lower, upper)) = interval else {
        return Difference { note: Some("No interval: too many draws hold no ticket.".to_owned()), ..apart };
    };
    let verdict = match (lower > 0.0, upper < 0.0) {
        (true, _) => "more",
        (_, true) => "less",
        _ => "no_evidence",
    };
    Difference { lower: Some(lower), upper: Some(upper), verdict: Some(verdict.to_owned()), ..apart }
}

/// Why a figure of what comes and goes makes no sense for tickets chosen by their dates or age.
fn cut_out(figure: &Figure, chosen: (Chosen, Chosen)) -> Option<&'static str> {
    let both = |all: fn(Chosen) -> bool| all(chosen.0) && all(chosen.1);
    let opened = figure.id == "arrivals.per_day" || figure.id == "net_flow.per_week";
    let resolved = figure.id == "throughput.per_day" || figure.id == "net_flow.per_week";
    let stock = figure.part == Part::Wip && !matches!(figure.kind, Kind::Flow(_)) && figure.id != "wip.now";
    if (opened || stock) && !both(Chosen::all_opened) {
        Some("A selection by resolution or age does not hold all tickets that were opened in that time.")
    } else if (resolved || stock) && !both(Chosen::all_resolved) {
        Some("A selection by opening or age does not hold all tickets that were resolved in that time.")
    } else {
        None
    }
}

/// Lead times of a side, with the percentiles that the query asks for.
#[derive(Default)]
struct Leads {
    sorted: Vec<u32>,
    percentiles: Vec<crate::report::Percentile>,
}

fn whole_leads(cx: &Context<'_>) -> Leads {
    let measured = lead_time::compute(&Context { dimensions: &[], ..*cx });
    measured.map_or_else(
        |_| Leads::default(),
        |Measured { metric, times }| Leads { sorted: times.sorted.clone(), percentiles: metric.percentiles },
    )
}

/// How many of these sorted values are in each bin.
fn counts(sorted: &[u32], bins: &[Bin]) -> Vec<u64> {
    let below = |edge: i64| sorted.partition_point(|&value| i64::from(value) < edge) as u64;
    bins.iter().map(|bin| below(bin.to_seconds) - below(bin.from_seconds)).collect()
}

/// Tickets that are on both sides.
fn shared(this: &Context<'_>, other: &Context<'_>) -> u64 {
    let mut ours = vec![false; this.log.len()];
    for ticket in this.scope.tickets() {
        if let Some(slot) = ours.get_mut(ticket) {
            *slot = true;
        }
    }
    other.scope.tickets().filter(|&ticket| ours.get(ticket) == Some(&true)).count() as u64
}
