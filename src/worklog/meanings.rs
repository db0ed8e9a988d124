//! What the results, environments and groups of a file mean: as its mapping says, else by their words. One meaning holds
//! in the whole log, as with states.

use std::collections::BTreeMap;

use super::assemble::Fate;
use super::table::{Kind, Table};
use super::{Field, ResultClass, Role, Side, StateClass, Texts};
use crate::mapping::{
    Doubt, DoubtKind, EnvironmentMapping, Mapping, ResultMapping, SideMapping, StateMapping, production, result_class,
    result_of_state, side,
};

/// Groups that a mapping lists, those of most rows.
const MOST_SIDES: usize = 200;

/// Doubts of one kind in a mapping.
const MOST_DOUBTS: usize = 20;

/// Confidence in the only environment there is, where its name says nothing.
const ONLY: f64 = 0.3;

/// A value and what it means.
#[derive(Clone, Debug)]
struct Said<C> {
    name: String,
    meaning: C,
    confidence: f64,
    rows: u64,
}

/// What the values of some columns mean, by their codes; empty where there is no such column.
#[derive(Clone, Debug, Default)]
pub struct Meanings {
    results: Vec<Said<ResultClass>>,
    /// The states, read as results.
    states: Vec<Said<ResultClass>>,
    environments: Vec<Said<Option<bool>>>,
    sides: Vec<Said<Option<Side>>>,
}

/// Whether the log of a role holds what is carried out and has a result.
pub fn carried_out(role: Role) -> bool {
    matches!(role, Role::Changes | Role::Deployments)
}

impl Meanings {
    /// Those of one file, which goes into the log of a role. `states` are its states with their classes.
    pub fn of(table: &Table, kind: Kind, mapping: &Mapping, role: Role, states: &[StateMapping]) -> Self {
        let sides = read(table, Field::Group, |name| {
            let given = mapping.sides.iter().find(|s| s.group == name);
            given.map_or_else(|| side(name), |s| (s.side, s.confidence))
        });
        if !carried_out(role) {
            return Self { sides, ..Self::default() };
        }
        let given = |name: &str| mapping.results.iter().find(|r| r.result == name).map(|r| (r.class, r.confidence));
        let column = table.dimension(Field::Result).is_some();
        let states = states.iter().map(|s| {
            let own = given(&s.state).filter(|_| !column && kind != Kind::Fields);
            let (meaning, confidence) = own.unwrap_or_else(|| result_of_state(&s.state, (s.class, s.confidence)));
            Said { name: s.state.clone(), meaning, confidence, rows: s.rows }
        });
        Self {
            states: states.collect(),
            results: read(table, Field::Result, |name| given(name).unwrap_or_else(|| result_class(name))),
            environments: read(table, Field::Environment, |name| {
                let given = mapping.environments.iter().find(|e| e.environment == name);
                given.map_or_else(|| production(name), |e| (Some(e.production), e.confidence))
            }),
            sides,
        }
    }

    /// Those of the whole log, by the codes of its table. The surest meaning counts; where two are as sure, that of more
    /// rows.
    pub fn merge(table: &Table, files: &[Self]) -> Self {
        let mut environments = merge(table, Field::Environment, files.iter().map(|f| &f.environments), None);
        // The only environment is the one that the users have, unless its name says otherwise.
        if let [only] = environments.as_mut_slice()
            && only.meaning.is_none()
        {
            (only.meaning, only.confidence) = (Some(true), ONLY);
        }
        Self {
            results: merge(table, Field::Result, files.iter().map(|f| &f.results), ResultClass::Unknown),
            states: merge(table, Field::State, files.iter().map(|f| &f.states), ResultClass::Unknown),
            environments,
            sides: merge(table, Field::Group, files.iter().map(|f| &f.sides), None),
        }
    }

    /// The class and confidence of a code of the results.
    pub fn result(&self, code: u32) -> Option<(ResultClass, f64)> {
        self.results.get(code as usize).map(|s| (s.meaning, s.confidence))
    }

    /// The same of a code of the states.
    pub fn state(&self, code: u32) -> Option<(ResultClass, f64)> {
        self.states.get(code as usize).map(|s| (s.meaning, s.confidence))
    }

    /// The classes of all results, by code.
    pub fn results(&self) -> Vec<ResultClass> {
        self.results.iter().map(|s| s.meaning).collect()
    }

    /// The classes of all states as results, by code.
    pub fn states(&self) -> Vec<ResultClass> {
        self.states.iter().map(|s| s.meaning).collect()
    }

    /// Which environments count as production, by code.
    pub fn production(&self) -> Vec<bool> {
        self.environments.iter().map(|s| s.meaning == Some(true)).collect()
    }

    /// The sides of all groups, by code.
    pub fn sides(&self) -> Vec<Option<Side>> {
        self.sides.iter().map(|s| s.meaning).collect()
    }

    /// Writes this file's values, with what they mean in the log, into what became of it.
    pub fn tell(self, log: &Self, fate: &mut Fate) {
        let results = if self.results.is_empty() {
            settled(self.states, &log.states)
        } else {
            settled(self.results, &log.results)
        };
        let of_result = |s: Said<ResultClass>| ResultMapping {
            result: s.name,
            class: s.meaning,
            confidence: s.confidence,
            rows: s.rows,
        };
        fate.results = results.into_iter().map(of_result).collect();
        let of_environment = |s: Said<Option<bool>>| EnvironmentMapping {
            environment: s.name,
            production: s.meaning == Some(true),
            confidence: s.confidence,
            rows: s.rows,
        };
        fate.environments = settled(self.environments, &log.environments).into_iter().map(of_environment).collect();
        let of_side = |s: Said<Option<Side>>| SideMapping {
            group: s.name,
            side: s.meaning,
            confidence: s.confidence,
            rows: s.rows,
        };
        let mut sides: Vec<SideMapping> = settled(self.sides, &log.sides).into_iter().map(of_side).collect();
        // What the user said of a small group stays said.
        let mut place = 0;
        sides.retain(|s| {
            place += 1;
            place <= MOST_SIDES || s.confidence >= 1.0
        });
        fate.sides = sides;
    }
}

/// Puts what the whole input settled into a file's mapping, and asks about what nothing tells.
pub fn settle(mapping: &mut Mapping, fate: &Fate) {
    mapping.results.clone_from(&fate.results);
    mapping.environments.clone_from(&fate.environments);
    mapping.sides.clone_from(&fate.sides);
    let doubt = |kind: DoubtKind, subject: &str, question: String| Doubt {
        kind,
        blocking: false,
        subject: subject.to_owned(),
        question,
        samples: Vec::new(),
        answers: Vec::new(),
    };
    let column = mapping.fields.iter().any(|f| f.field == Field::Result && f.column.is_some());
    // Of states, only those are asked about that end things.
    let ends = |r: &ResultMapping| fate.states.iter().any(|s| s.state == r.result && s.class == StateClass::Done);
    let unknown = fate.results.iter().filter(|r| r.class == ResultClass::Unknown && r.confidence < 1.0);
    mapping.doubts.extend(unknown.filter(|r| column || ends(r)).take(MOST_DOUBTS).map(|r| {
        let question = if column {
            format!("What does the result \"{}\" mean ({} rows)? Until that is answered it counts as unknown.", r.result, r.rows)
        } else {
            format!(
                "No column says how things ended: does the state \"{}\" ({} rows) say that they succeeded? Until that is \
                 answered it says nothing.",
                r.result, r.rows
            )
        };
        doubt(DoubtKind::ResultClass, &r.result, question)
    }));
    let unsure = fate.environments.iter().filter(|e| e.confidence <= ONLY);
    mapping.doubts.extend(unsure.take(MOST_DOUBTS).map(|e| {
        let taken = if e.production { "It is the only one and taken to be." } else { "It is taken not to be." };
        let question = format!("Is the environment \"{}\" ({} rows) production? {taken}", e.environment, e.rows);
        doubt(DoubtKind::Environment, &e.environment, question)
    }));
}

/// The values of a file's field with their rows.
fn read<C>(table: &Table, field: Field, meaning: impl Fn(&str) -> (C, f64)) -> Vec<Said<C>> {
    let Some(position) = table.dimension(field) else { return Vec::new() };
    let Some(dimension) = table.dimensions.get(position) else { return Vec::new() };
    let mut rows = vec![0_u64; dimension.interner.len()];
    for row in 0..table.len() {
        if let Some(count) = rows.get_mut(table.code(Some(position), row) as usize) {
            *count += 1;
        }
    }
    let said = |(name, rows): (&str, u64)| {
        let (meaning, confidence) = meaning(name);
        Said { name: name.to_owned(), meaning, confidence, rows }
    };
    dimension.interner.texts().iter().zip(rows).map(said).collect()
}

fn merge<'a, C: Copy + Ord + 'a>(
    table: &Table,
    field: Field,
    files: impl Iterator<Item = &'a Vec<Said<C>>>,
    unknown: C,
) -> Vec<Said<C>> {
    let none = Texts::default();
    let names = table
        .dimension(field)
        .and_then(|d| table.dimensions.get(d))
        .map_or(&none, |dimension| dimension.interner.texts());
    let mut by_name: BTreeMap<&str, Vec<&Said<C>>> = BTreeMap::new();
    files.flatten().for_each(|s| by_name.entry(s.name.as_str()).or_default().push(s));
    let merged = names.iter().map(|name| {
        let said = by_name.get(name).map_or(&[][..], Vec::as_slice);
        let surest = said.iter().copied().reduce(|a, b| {
            let order = a.confidence.total_cmp(&b.confidence).then(a.rows.cmp(&b.rows)).then(b.meaning.cmp(&a.meaning));
            if order.is_lt() { b } else { a }
        });
        Said {
            name: name.to_owned(),
            meaning: surest.map_or(unknown, |s| s.meaning),
            confidence: surest.map_or(0.0, |s| s.confidence),
            rows: said.iter().map(|s| s.rows).sum(),
        }
    });
    merged.collect()
}

/// A file's own values with what they mean in the log, those of most rows first.
fn settled<C: Copy>(mut own: Vec<Said<C>>, log: &[Said<C>]) -> Vec<Said<C>> {
    let meanings: BTreeMap<&str, &Said<C>> = log.iter().map(|s| (s.name.as_str(), s)).collect();
    for said in &mut own {
        if let Some(all) = meanings.get(said.name.as_str()) {
            (said.meaning, said.confidence) = (all.meaning, all.confidence);
        }
    }
    own.retain(|s| s.rows > 0);
    own.sort_by(|a, b| b.rows.cmp(&a.rows).then_with(|| a.name.cmp(&b.name)));
    own
}
