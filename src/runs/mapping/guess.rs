//! Guesses what the columns of a table mean, from their names and the first rows.

use std::collections::BTreeMap;

use super::{Mapping, Values, text, told};
use crate::runs::cell::{has_decimal_comma, is_blank, is_moment, number, whole};
use crate::shown::listed;

/// What counts steps, the finest first: an epoch has many steps.
const STEPS: [&str; 13] = [
    "step",
    "_step",
    "global_step",
    "trainer/global_step",
    "total_steps",
    "iteration",
    "training_iteration",
    "iter",
    "time/total_timesteps",
    "timesteps_total",
    "batch",
    "epoch",
    "epochs",
];
const TIMES: [&str; 9] = [
    "time",
    "timestamp",
    "_timestamp",
    "wall time",
    "wall_time",
    "walltime",
    "datetime",
    "date",
    "created_at",
];
const RUNS: [&str; 10] = [
    "run_id",
    "run id",
    "runid",
    "run_uuid",
    "run",
    "trial_id",
    "trial",
    "run_name",
    "experiment_id",
    "experiment",
];
/// What tells runs apart only where every row is one.
const ROW_RUNS: [&str; 4] = ["id", "number", "name", "version"];
const NAMES: [&str; 3] = ["run_name", "run name", "name"];
const METRICS: [&str; 6] = ["metric", "metric_name", "key", "tag", "variable", "name"];
const VALUES: [&str; 2] = ["value", "metric_value"];
/// Numbers that people set and do not measure.
const SETTINGS: [&str; 24] = [
    "lr",
    "learning_rate",
    "learning rate",
    "batch_size",
    "batch size",
    "bs",
    "seed",
    "dropout",
    "weight_decay",
    "momentum",
    "epochs",
    "num_epochs",
    "max_depth",
    "depth",
    "n_estimators",
    "hidden",
    "hidden_size",
    "hidden_dim",
    "layers",
    "num_layers",
    "warmup",
    "gamma",
    "alpha",
    "beta",
];

/// Whether a column of this name counts steps.
pub fn is_step_name(name: &str) -> bool {
    STEPS.contains(&name.trim().to_lowercase().as_str())
}

/// What the first rows say of a column.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    filled: usize,
    numbers: usize,
    wholes: usize,
    moments: usize,
    /// Whether it says one thing only of each run.
    is_constant: bool,
}

impl Seen {
    fn is_numbers(&self) -> bool {
        self.numbers * 2 > self.filled || self.filled == 0
    }

    fn is_all(&self, count: usize) -> bool {
        self.filled > 0 && count == self.filled
    }
}

/// The names in lower case, and which columns have found their role.
struct Guess<'a> {
    names: &'a [String],
    lower: Vec<String>,
    rows: &'a [Vec<String>],
    seen: Vec<Seen>,
    taken: Vec<bool>,
    reasons: Vec<String>,
}

impl Guess<'_> {
    fn cells(&self, at: usize) -> impl Iterator<Item = &str> {
        self.rows.iter().map(move |row| row.get(at).map_or("", String::as_str))
    }

    /// The first of these names that a free column has and that fits.
    fn find(&mut self, wanted: &[&str], fits: impl Fn(&Self, usize) -> bool) -> Option<usize> {
        let mut by_name: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, name) in self.lower.iter().enumerate().rev().filter(|(at, _)| !self.taken[*at]) {
            by_name.insert(name, at);
        }
        let found = wanted.iter().filter_map(|name| by_name.get(name).copied()).find(|at| fits(self, *at))?;
        self.taken[found] = true;
        Some(found)
    }

    fn name(&self, at: Option<usize>) -> Option<String> {
        at.map(|at| self.names[at].clone())
    }

    /// Whether no cell of it comes twice.
    fn is_unique(&self, at: usize) -> bool {
        let cells: std::collections::BTreeSet<&str> = self.cells(at).collect();
        cells.len() == self.rows.len()
    }

    fn say(&mut self, role: &str, at: Option<usize>, why: &str) {
        let Some(at) = at else { return };
        self.reasons.push(format!("{role} is {}: {why}", told(&text::quoted(&self.names[at]))));
    }
}

impl Mapping {
    /// What the columns called `names` most likely mean, and why: a sentence for each choice. `rows` are the first rows,
    /// with a text for each column, blank where there is none. Where columns `may_grow`, as keys of JSON lines do, every
    /// further one of numbers will be a metric.
    pub fn guess(names: &[String], rows: &[Vec<String>], may_grow: bool) -> (Self, Vec<String>) {
        let mut guess = Guess {
            names,
            lower: names.iter().map(|name| name.trim().to_lowercase()).collect(),
            rows,
            seen: Vec::new(),
            taken: vec![false; names.len()],
            reasons: Vec::new(),
        };
        guess.seen = (0..names.len()).map(|at| guess.look(at)).collect();
        let time = guess.find(&TIMES, |guess, at| guess.seen[at].is_all(guess.seen[at].moments));
        let mut step = guess.find(&STEPS, |guess, at| {
            let seen = guess.seen[at];
            // A damaged row is no reason; an epoch that is counted in parts is.
            seen.wholes * 4 >= seen.filled * 3 && seen.filled * 2 > guess.rows.len()
        });
        let metric = guess.find(&METRICS, |guess, at| {
            let seen = guess.seen[at];
            let has_value = guess.lower.iter().any(|name| VALUES.contains(&name.as_str()));
            has_value && seen.numbers == 0 && seen.filled > 0
        });
        let value = metric.and_then(|_| guess.find(&VALUES, |guess, at| guess.seen[at].is_numbers()));
        let filled = |guess: &Guess<'_>, at: usize| guess.seen[at].filled == guess.rows.len();
        // A row without its run is no reason to take all runs for one.
        let mut run = guess.find(&RUNS, |guess, at| guess.seen[at].filled * 4 >= guess.rows.len() * 3);
        let mut is_row_a_run = step.is_none()
            && value.is_none()
            && rows.len() > 1
            && run.is_some_and(|run| guess.is_unique(run));
        if run.is_none() && step.is_none() && value.is_none() && rows.len() > 1 {
            run = guess.find(&ROW_RUNS, |guess, at| filled(guess, at) && guess.is_unique(at));
            is_row_a_run = run.is_some();
        }
        let name = run.and_then(|_| guess.find(&NAMES, |guess, at| guess.seen[at].numbers == 0));
        // An index that pandas writes without a name.
        let index = guess.lower.iter().position(String::is_empty).filter(|at| !guess.taken[*at]);
        if let Some(index) = index.filter(|at| guess.seen[*at].is_all(guess.seen[*at].wholes)) {
            guess.taken[index] = true;
            if step.is_none() && !is_row_a_run {
                step = Some(index);
            }
        }
        guess.mark_constant(run);
        guess.say(
            "run",
            run,
            if is_row_a_run { "each row is a run of its own" } else { "it tells runs apart by its name" },
        );
        guess.say("step", step, "whole numbers under a name that counts");
        guess.say("time", time, "moments under a name that says so");
        if let Some(odd) =
            guess.lower.iter().position(|name| step.is_none() && STEPS.contains(&name.as_str()))
        {
            let name = told(&text::quoted(&names[odd]));
            guess.reasons.push(format!("{name} is no step: too few of its cells are whole numbers"));
        }
        if step.is_none() && !is_row_a_run {
            guess.reasons.push("step is the row's number, from 0 on: no column counts".to_owned());
        }
        let (mut metrics, mut params) = (Vec::new(), Vec::new());
        let mut left = Vec::new();
        let form = if value.is_some() {
            Form::Long
        } else if is_row_a_run {
            Form::Finished
        } else {
            Form::Wide
        };
        for (at, name) in names.iter().enumerate().filter(|(at, _)| !guess.taken[*at]) {
            match guess.role(at, form) {
                Role::Metric => metrics.push(name.clone()),
                Role::Param => params.push(name.clone()),
                Role::None => left.push(told(&text::quoted(name))),
            }
        }
        if !left.is_empty() {
            let shown: Vec<&str> = left.iter().map(String::as_str).collect();
            guess.reasons.push(format!("left out: {}", listed(&shown, 6)));
        }
        let values = match (metric, value) {
            (Some(metric), Some(value)) => {
                Values::Named { metric: names[metric].clone(), value: names[value].clone() }
            }
            _ => Values::Columns { metrics, others: may_grow },
        };
        let [run, name, step, time] = [run, name, step, time].map(|at| guess.name(at));
        (Self { run, name, step, time, values, params }, guess.reasons)
    }
}

/// What a row of a table is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// A step of a run.
    Wide,
    /// One value.
    Long,
    /// A run that has ended.
    Finished,
}

/// What a column is that counts, times and names nothing.
enum Role {
    Metric,
    Param,
    None,
}

impl Guess<'_> {
    fn look(&self, at: usize) -> Seen {
        let mut seen = Seen::default();
        for cell in self.cells(at).filter(|cell| !is_blank(cell)) {
            seen.filled += 1;
            // With a comma it is a number as well, which cannot be read and is told as such.
            seen.numbers += usize::from(number(cell).is_some() || has_decimal_comma(cell));
            seen.wholes += usize::from(whole(cell).is_some());
            seen.moments += usize::from(is_moment(cell));
        }
        seen
    }

    /// Finds the columns that say one thing only of each run.
    fn mark_constant(&mut self, run: Option<usize>) {
        for at in 0..self.names.len() {
            let mut said: BTreeMap<&str, &str> = BTreeMap::new();
            let mut is_constant = true;
            for row in self.rows {
                let cell = row.get(at).map_or("", String::as_str);
                let run = run.and_then(|run| row.get(run)).map_or("", String::as_str);
                if !is_blank(cell) {
                    is_constant &= *said.entry(run).or_insert(cell) == cell;
                }
            }
            self.seen[at].is_constant = is_constant;
        }
    }

    fn role(&self, at: usize, form: Form) -> Role {
        let (name, seen) = (&self.lower[at], self.seen[at]);
        let begins = |word: &str| {
            name.strip_prefix(word).is_some_and(|rest| rest.starts_with(['.', '/', '_']) && rest.len() > 1)
        };
        let is_said_once = seen.is_constant && seen.filled > 0;
        if ["param", "params", "config", "hparams", "hparam"].iter().any(|word| begins(word)) {
            return if is_said_once { Role::Param } else { Role::None };
        }
        // What some exports have beside each metric: the least and greatest of the points that one stands for.
        let base = name.strip_suffix("__min").or_else(|| name.strip_suffix("__max"));
        let is_extreme = base.is_some_and(|base| self.lower.iter().any(|other| other == base));
        if name.is_empty() || is_extreme {
            return Role::None;
        }
        let is_setting = SETTINGS.contains(&name.as_str()) && is_said_once;
        let is_moments = form == Form::Finished
            && TIMES.iter().any(|time| name.contains(time))
            && seen.is_all(seen.moments);
        if seen.is_numbers() && form != Form::Long && !is_setting && !is_moments {
            return Role::Metric;
        }
        if is_said_once { Role::Param } else { Role::None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The mapping of a head and rows, cells apart by bars.
    fn guessed(head: &str, rows: &[&str]) -> String {
        let cells = |line: &&str| line.split('|').map(ToOwned::to_owned).collect::<Vec<_>>();
        let rows: Vec<Vec<String>> = rows.iter().map(cells).collect();
        let (mapping, _) = Mapping::guess(&cells(&head), &rows, false);
        mapping.check(&cells(&head), false).unwrap();
        mapping.to_string()
    }

    /// Found by chance: names may hold ends of lines, sentences about them may not.
    #[test]
    fn what_is_said_of_odd_names_is_one_line() {
        let names = ["run", "a\nb", "\n"].map(ToOwned::to_owned);
        let rows = vec![vec!["1".to_owned(), "x".to_owned(), "y".to_owned()]; 2];
        let (mapping, reasons) = Mapping::guess(&names, &rows, false);
        assert!(!reasons.is_empty() && reasons.iter().all(|reason| !reason.contains('\n')), "{reasons:?}");
        let chosen: Mapping = "step=\"a\nc\",metrics=run".parse().unwrap();
        assert!(!chosen.check(&names, false).unwrap_err().to_string().contains('\n'));
        assert!(!"\n=a".parse::<Mapping>().unwrap_err().to_string().contains('\n'));
        assert_eq!(mapping.check(&names, false), Ok(()));
    }

    #[test]
    fn columns_are_known_by_their_names_and_first_rows() {
        let cases: [(&str, &[&str], &str); 18] = [
            // Lightning: the epoch is a value beside the step; cells are blank where nothing was logged.
            (
                "epoch|step|train_loss|val_loss",
                &["0|9|0.5|", "0|9||0.25", "1|19|0.4|"],
                "step=step,metrics=epoch|train_loss|val_loss",
            ),
            ("epoch|loss|val_loss", &["0|0.5|0.25", "1|0.4|0.3"], "step=epoch,metrics=loss|val_loss"),
            // Keras writes NA where a callback has no value.
            ("epoch|loss|lr", &["0|0.5|NA", "1|0.4|0.1"], "step=epoch,metrics=loss,params=lr"),
            ("epoch|loss|lr", &["0|0.5|0.2", "1|0.4|0.1"], "step=epoch,metrics=loss|lr"),
            // pandas with its index.
            ("|loss|acc", &["0|0.5|0.1", "1|0.4|0.2"], "step=\"\",metrics=loss|acc"),
            ("|epoch|loss", &["0|5|0.5", "1|6|0.4"], "step=epoch,metrics=loss"),
            // An export of a chart, with what each point stands for.
            (
                "Step|run-a - loss|run-a - loss__MIN|run-a - loss__MAX",
                &["0|0.5|0.5|0.5", "1|0.4|0.4|0.4"],
                "step=Step,metrics=run-a - loss",
            ),
            ("run_id|step|loss", &["a|0|0.5", "b|0|0.4"], "run=run_id,step=step,metrics=loss"),
            (
                "run|metric|step|value",
                &["a|loss|0|0.5", "a|acc|0|0.1"],
                "run=run,step=step,metric=metric,value=value",
            ),
            (
                "run_id|run_name|metric|step|time|value",
                &["a|first|loss|1|2023-11-14T22:13:20Z|0.3"],
                "run=run_id,name=run_name,step=step,time=time,metric=metric,value=value",
            ),
            ("Wall time|Step|Value", &["1700000000.5|1|0.3"], "step=Step,time=Wall time,metrics=Value"),
            // Seconds since the run began are no moments.
            ("time|step|loss", &["12.5|1|0.3"], "step=step,metrics=time|loss"),
            // Finished runs, one a row.
            (
                "run_id|run_name|status|start_time|metrics.loss|params.lr|params.net",
                &[
                    "a|x|FINISHED|2023-11-14T22:13:20Z|0.5|0.1|cnn",
                    "b|y|FAILED|2023-11-15T22:13:20Z||0.2|mlp",
                ],
                "run=run_id,name=run_name,metrics=metrics.loss,params=status|start_time|params.lr|params.net",
            ),
            (
                "number|value|params_lr|state",
                &["0|0.5|0.1|COMPLETE", "1|0.4|0.2|COMPLETE"],
                "run=number,metrics=value,params=params_lr|state",
            ),
            // A text that changes within the run is neither.
            (
                "step|phase|loss|note",
                &["0|train|0.5|a", "1|eval|0.4|a"],
                "step=step,metrics=loss,params=note",
            ),
            // Mostly numbers: what is none will be told. Decimal commas are none.
            ("step|loss", &["0|0.5", "1|0.4", "2|oops"], "step=step,metrics=loss"),
            ("epoch|acc", &["0.5|0.5", "1.0|0.4"], "metrics=epoch|acc"),
            // pandas names a column again that it has met.
            ("step|loss|loss.1", &["0|0.5|0.5"], "step=step,metrics=loss|loss.1"),
        ];
        for (head, rows, expected) in cases {
            assert_eq!(guessed(head, rows), expected, "{head}");
        }
    }

    #[test]
    fn the_reasons_say_what_was_chosen_and_what_was_left_out() {
        let names = ["phase", "loss"].map(ToOwned::to_owned);
        let rows = [["train", "1"], ["eval", "2"]].map(|row| row.map(ToOwned::to_owned).to_vec());
        let (mapping, reasons) = Mapping::guess(&names, &rows, true);
        assert_eq!(mapping.to_string(), "metrics=loss|*");
        assert_eq!(reasons, ["step is the row's number, from 0 on: no column counts", "left out: phase"]);
    }
}
