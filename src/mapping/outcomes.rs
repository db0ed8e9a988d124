//! What the result of a change or deployment says: by the words of pipelines and of teams in seven languages, else
//! unknown. "Ended" is not "succeeded": what only says that something is over says how only in a column of results.

use super::states::{occurs, words};
use super::vocabulary::NEGATIONS;
use super::{ResultClass, StateClass};

/// The class of a result, and the confidence in it: 0.9 where the words are all of the text, 0.75 within a longer one, less
/// for words that say less, 0 where nothing is known.
///
/// GitHub calls a deployment `inactive` that a newer one replaced. That happens to those that had succeeded: a success,
/// with 0.6.
pub fn result_class(result: &str) -> (ResultClass, f64) {
    let said = Said::of(result);
    let found = said.how().or_else(|| said.over());
    found.unwrap_or((ResultClass::Unknown, 0.0))
}

/// The same of a state, where no column says how things ended. `class` is what the state means for the flow of work, with
/// the confidence in it. A state that only says that it is over leaves the result unknown.
pub fn result_of_state(state: &str, (class, sure): (StateClass, f64)) -> (ResultClass, f64) {
    let said = Said::of(state);
    let open = matches!(class, StateClass::Planned | StateClass::Queue | StateClass::Active | StateClass::Hold);
    match said.how() {
        Some(found) if !(open && sure >= 0.9) => found,
        _ if open => (ResultClass::Running, sure),
        _ if class == StateClass::Cancelled => (ResultClass::Cancelled, sure),
        _ if class == StateClass::Done => said.deployed().unwrap_or((ResultClass::Unknown, 0.0)),
        _ => (ResultClass::Unknown, 0.0),
    }
}

/// The words of a text.
struct Said {
    words: Vec<String>,
    squashed: String,
}

/// Where a phrase was found.
#[derive(Clone, Copy)]
struct Hit {
    /// It is all of the text.
    whole: bool,
    /// A word before it says "not" or "without".
    denied: bool,
}

impl Hit {
    fn confidence(self) -> f64 {
        if self.whole { 0.9 } else { 0.75 }
    }
}

impl Said {
    fn of(text: &str) -> Self {
        let words = words(text);
        let squashed = words.concat();
        Self { words, squashed }
    }

    /// The first of some phrases that occurs.
    fn find(&self, phrases: &[&str]) -> Option<Hit> {
        let (at, length) = phrases.iter().find_map(|phrase| occurs(phrase, &self.words, &self.squashed))?;
        let negation = |w: &String| NEGATIONS.contains(&w.as_str()) || WITHOUT.contains(&w.as_str());
        let denied = self.words.iter().take(at).rev().take(2).any(negation);
        Some(Hit { whole: length == self.words.len(), denied })
    }

    fn meant(&self, phrases: &[&str]) -> Option<Hit> {
        self.find(phrases).filter(|hit| !hit.denied)
    }

    /// How it ended, or that it has not. The order matters: "implemented - rolled back" is no success, "cancelling" is not
    /// cancelled yet, "completed with errors" succeeded and "failed with errors" did not.
    fn how(&self) -> Option<(ResultClass, f64)> {
        use ResultClass::{BackedOut, Cancelled, Failed, Running, Succeeded, WithIssues};
        let as_said = |class: ResultClass| move |hit: Hit| (class, hit.confidence());
        let no_need = self.find(NO_NEED).is_some();
        let first = self.find(NOT_YET).map(as_said(Running));
        let first = first.or_else(|| self.meant(BACKED_OUT).filter(|_| !no_need).map(as_said(BackedOut)));
        let first = first.or_else(|| self.find(NEVER_DONE).filter(|_| !no_need).map(as_said(Cancelled)));
        if first.is_some() {
            return first;
        }
        let denied = self.find(SUCCEEDED).is_some_and(|hit| hit.denied);
        let succeeded = self.meant(SUCCEEDED).or_else(|| self.meant(OVER));
        let failed = self.meant(FAILED);
        if self.find(CLEAN).is_some() && failed.is_none() && !denied {
            return Some((Succeeded, 0.75));
        }
        let marred = self.meant(MARRED).filter(|_| !denied && (succeeded.is_some() || failed.is_none()));
        if let Some(hit) = marred {
            return Some((WithIssues, if hit.whole || succeeded.is_some() { 0.9 } else { 0.6 }));
        }
        let last = failed.map(as_said(Failed));
        let last = last.or_else(|| denied.then_some((Failed, 0.75)));
        let last = last.or_else(|| self.meant(STOPPING).map(as_said(Running)));
        let last = last.or_else(|| self.meant(CANCELLED).map(as_said(Cancelled)));
        let last = last.or_else(|| self.meant(SUCCEEDED).map(as_said(Succeeded)));
        last.or_else(|| self.meant(RUNNING).map(as_said(Running)))
    }

    /// By words that say that it is over: in a column of results they mean that it went as meant.
    fn over(&self) -> Option<(ResultClass, f64)> {
        self.deployed().or_else(|| {
            let hit = self.find(OVER)?;
            Some(match (hit.denied, hit.whole) {
                (true, _) => (ResultClass::Failed, 0.6),
                (_, true) => (ResultClass::Succeeded, 0.8),
                _ => (ResultClass::Succeeded, 0.7),
            })
        })
    }

    /// What is in use, and what was before something newer replaced it.
    fn deployed(&self) -> Option<(ResultClass, f64)> {
        match self.words.as_slice() {
            [word] if word == "active" => Some((ResultClass::Succeeded, 0.75)),
            [word] if word == "inactive" => Some((ResultClass::Succeeded, 0.6)),
            _ => None,
        }
    }
}

/// Beside the negations of states: nothing of what follows.
const WITHOUT: &[&str] = &["without", "ohne", "zonder", "never", "nie", "jamais", "nunca", "mai", "zero"];

const NOT_YET: &[&str] = &[
    "not yet *",
    "not started",
    "to be *",
    "noch nicht *",
    "nicht gestartet",
    "nicht begonnen",
    "pas encore *",
    "non commence*",
    "aun no *",
    "todavia no *",
    "sin empezar",
    "non ancora *",
    "ainda nao *",
    "nao iniciad*",
    "nog niet *",
    "niet gestart",
];

const BACKED_OUT: &[&str] = &[
    "rolled back",
    "rolledback",
    "roll* back",
    "rollback*",
    "backed out",
    "back* out",
    "backedout",
    "backout*",
    "revert*",
    "undone",
    "zuruckgerollt",
    "zurueckgerollt",
    "zuruckgesetzt",
    "zurueckgesetzt",
    "zuruckgebaut",
    "ruckgangig*",
    "rueckgaengig*",
    "retour arriere",
    "desfait*",
    "deshech*",
    "ripristinat*",
    "desfeit*",
    "teruggedraaid",
    "teruggerold",
    "teruggezet",
];

/// Talk of backing out that says that nothing was.
const NO_NEED: &[&str] = &["rollback not", "backout not", "back* out not", "roll* back not"];

/// Never carried out, in words that would else be denied successes.
const NEVER_DONE: &[&str] = &[
    "not built",
    "not deployed",
    "not implemented",
    "not executed",
    "not performed",
    "not carried out",
    "not run",
    "not required",
    "not needed",
    "not approved",
    "no longer *",
    "nicht durchgefuhrt",
    "nicht umgesetzt",
    "nicht ausgefuhrt",
    "non realise*",
    "no realizad*",
    "non eseguit*",
    "nao realizad*",
    "nao executad*",
    "niet uitgevoerd",
];

/// Words of trouble that say that there was none.
const CLEAN: &[&str] = &[
    "no issue*",
    "no error*",
    "no problem*",
    "no failure*",
    "without issue*",
    "without error*",
    "without problem*",
    "without incident*",
    "ohne fehler",
    "ohne probleme*",
    "fehlerfrei",
    "sans erreur*",
    "sans probleme*",
    "sans incident*",
    "sin error*",
    "sin problema*",
    "sin incidencia*",
    "senza error*",
    "senza problem*",
    "sem erro*",
    "sem problema*",
    "zonder fout*",
    "zonder problem*",
];

/// Succeeded, with trouble on the way.
const MARRED: &[&str] = &[
    "with issue*",
    "with problem*",
    "with warning*",
    "with error*",
    "with incident*",
    "with deviation*",
    "with exception*",
    "with minor *",
    "with some *",
    "partial*",
    "partly",
    "unstable",
    "mit fehlern",
    "mit problemen",
    "mit warnungen",
    "mit einschrankung*",
    "teilweise *",
    "teilweise",
    "avec problem*",
    "avec erreur*",
    "avec reserve*",
    "avec incident*",
    "partiel*",
    "con problem*",
    "con error*",
    "con incidencia*",
    "con avvis*",
    "parcial*",
    "parzial*",
    "com problema*",
    "com erro*",
    "com ressalva*",
    "met problem*",
    "met fout*",
    "gedeeltelijk",
    "deels",
];

const FAILED: &[&str] = &[
    "unsuccess*",
    "fail*",
    "failed",
    "error*",
    "broken",
    "timed out",
    "timedout",
    "timeout",
    "crash*",
    "nok",
    "ko",
    "incomplet*",
    "rejected deployment*",
    "deployment rejected",
    "outage",
    "fehler*",
    "fehlgeschlagen",
    "gescheitert",
    "misslungen",
    "erfolglos",
    "echec*",
    "echou*",
    "insucces*",
    "erreur*",
    "fallid*",
    "fallo",
    "fallad*",
    "fracas*",
    "fallit*",
    "errore",
    "falh*",
    "malsucedid*",
    "mal sucedid*",
    "insucesso",
    "mislukt",
    "gefaald",
    "fout",
];

/// On the way to an end.
const STOPPING: &[&str] = &["canceling", "cancelling", "aborting", "stopping", "terminating"];

const CANCELLED: &[&str] = &[
    "cancel*",
    "abort*",
    "abandon*",
    "skip*",
    "withdraw*",
    "reject*",
    "declin*",
    "denied",
    "supersed*",
    "neutral",
    "stale",
    "obsolete",
    "void",
    "storniert*",
    "abgebrochen",
    "abgelehnt",
    "abgesagt",
    "zuruckgezogen",
    "zurueckgezogen",
    "ubersprungen",
    "uebersprungen",
    "verworfen",
    "entfallen",
    "annul*",
    "rejet*",
    "refus*",
    "ignore",
    "ignoree",
    "anulad*",
    "rechazad*",
    "omitid*",
    "rifiutat*",
    "respint*",
    "saltat*",
    "rejeitad*",
    "recusad*",
    "geannuleerd",
    "afgebroken",
    "afgewezen",
    "overgeslagen",
    "ingetrokken",
    "vervallen",
];

const SUCCEEDED: &[&str] = &[
    "success*",
    "succeed*",
    "pass",
    "passed",
    "ok",
    "okay",
    "erfolgreich*",
    "erfolg",
    "gelungen",
    "bestanden",
    "reussi*",
    "succes",
    "exito*",
    "exitos*",
    "satisfactori*",
    "riuscit*",
    "successo",
    "sucesso",
    "bemsucedid*",
    "bem sucedid*",
    "geslaagd",
    "succesvol",
    "gelukt",
];

const RUNNING: &[&str] = &[
    "pending",
    "queued",
    "queue",
    "in progress",
    "progressing",
    "running",
    "wait*",
    "awaiting",
    "requested",
    "created",
    "scheduled",
    "planned",
    "manual",
    "action required",
    "blocked",
    "starting",
    "started",
    "preparing",
    "processing",
    "deploying",
    "building",
    "open",
    "new",
    "draft",
    "on hold",
    "paused",
    "ausstehend",
    "geplant",
    "wartend",
    "laufend",
    "lauft",
    "laeuft",
    "in arbeit",
    "in bearbeitung",
    "offen",
    "en cours",
    "en attente",
    "planifie*",
    "en curso",
    "en progreso",
    "pendiente",
    "programad*",
    "in corso",
    "in attesa",
    "pianificat*",
    "em andamento",
    "em curso",
    "pendente",
    "agendad*",
    "lopend",
    "bezig",
    "in behandeling",
    "wachtend",
    "gepland",
];

/// Over, without a word of how.
const OVER: &[&str] = &[
    "complete",
    "completed",
    "done",
    "finished",
    "implemented",
    "deployed",
    "delivered",
    "abgeschlossen",
    "fertig",
    "umgesetzt",
    "durchgefuhrt",
    "durchgefuehrt",
    "implementiert",
    "erledigt",
    "termine",
    "terminee",
    "acheve*",
    "realise*",
    "deploye*",
    "completad*",
    "finalizad*",
    "implementad*",
    "terminad*",
    "realizad*",
    "completat*",
    "terminat*",
    "implementat*",
    "eseguit*",
    "concluid*",
    "executad*",
    "voltooid",
    "afgerond",
    "uitgevoerd",
    "doorgevoerd",
    "gereed",
];
