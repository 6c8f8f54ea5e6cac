//! A mapping while a person changes it: every column has one use, and every role but metrics and parameters one column.

use super::{Mapped, Mapping, MappingError, Values};

/// What a column is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Nothing.
    Nothing,
    /// Tells runs apart.
    Run,
    /// Names them.
    Name,
    /// Counts.
    Step,
    /// Says when.
    Time,
    /// Has the names of metrics.
    MetricName,
    /// Has the values of the metrics named beside it.
    Value,
    /// Is a metric.
    Metric,
    /// Is a parameter.
    Param,
}

/// A mapping that is being changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    columns: Vec<String>,
    uses: Vec<Use>,
    /// Whether each row has one value, with the name of its metric beside it.
    pub is_long: bool,
    /// Whether columns that show up later are metrics.
    pub others: bool,
}

impl Draft {
    /// What a table is read by now.
    pub fn of(mapped: &Mapped) -> Self {
        let Mapped { mapping, columns, .. } = mapped;
        let mut draft = Self {
            columns: columns.clone(),
            uses: vec![Use::Nothing; columns.len()],
            is_long: matches!(mapping.values, Values::Named { .. }),
            others: matches!(mapping.values, Values::Columns { others: true, .. }),
        };
        let places: std::collections::HashMap<&str, usize> =
            columns.iter().enumerate().map(|(at, name)| (name.as_str(), at)).collect();
        for (role, name) in mapping.roles() {
            let own = match role {
                "run" => Use::Run,
                "name" => Use::Name,
                "step" => Use::Step,
                "time" => Use::Time,
                "metric" => Use::MetricName,
                "value" => Use::Value,
                "metrics" => Use::Metric,
                _ => Use::Param,
            };
            // A key of JSON lines that has not come yet.
            let at = places.get(name).copied().unwrap_or_else(|| {
                draft.columns.push(name.to_owned());
                draft.uses.push(Use::Nothing);
                draft.columns.len() - 1
            });
            if draft.uses[at] == Use::Nothing {
                draft.uses[at] = own;
            }
        }
        draft
    }

    /// The columns there are.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// What a column is used for.
    pub fn use_of(&self, at: usize) -> Use {
        self.uses[at]
    }

    /// The column with a role that only one has.
    pub fn column(&self, role: Use) -> Option<usize> {
        self.uses.iter().position(|own| *own == role)
    }

    /// Gives a role that only one has to a column, or to none.
    pub fn choose(&mut self, role: Use, column: Option<usize>) {
        for own in self.uses.iter_mut().filter(|own| **own == role) {
            *own = Use::Nothing;
        }
        if let Some(at) = column {
            self.uses[at] = role;
        }
    }

    /// Makes a column a metric or parameter, or takes that back.
    pub fn toggle(&mut self, at: usize, role: Use) {
        self.uses[at] = if self.uses[at] == role { Use::Nothing } else { role };
    }

    /// The mapping; an error where it has no values.
    pub fn mapping(&self) -> Result<Mapping, MappingError> {
        let names = |role: Use| -> Vec<String> {
            self.columns
                .iter()
                .zip(&self.uses)
                .filter(|(_, own)| **own == role)
                .map(|(name, _)| name.clone())
                .collect()
        };
        let one = |role: Use| self.column(role).map(|at| self.columns[at].clone());
        let values = if self.is_long {
            let (metric, value) = (one(Use::MetricName), one(Use::Value));
            Values::Named {
                metric: metric.ok_or(MappingError::NoMetrics)?,
                value: value.ok_or(MappingError::NoMetrics)?,
            }
        } else {
            let metrics = names(Use::Metric);
            if metrics.is_empty() && !self.others {
                return Err(MappingError::NoMetrics);
            }
            Values::Columns { metrics, others: self.others }
        };
        let [run, name, step, time] = [Use::Run, Use::Name, Use::Step, Use::Time].map(one);
        Ok(Mapping { run, name, step, time, values, params: names(Use::Param) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(text: &str, columns: &[&str]) -> Draft {
        let columns = columns.iter().map(|name| (*name).to_owned()).collect();
        Draft::of(&Mapped::new(text.parse().unwrap(), columns, Vec::new(), false))
    }

    #[test]
    fn a_column_has_one_use_and_a_role_one_column() {
        let mut draft =
            draft("step=epoch,metrics=loss|acc,params=lr", &["run", "epoch", "loss", "acc", "lr"]);
        assert_eq!(draft.mapping().unwrap().to_string(), "step=epoch,metrics=loss|acc,params=lr");
        draft.choose(Use::Run, Some(0));
        draft.choose(Use::Step, Some(3));
        draft.toggle(4, Use::Metric);
        draft.toggle(1, Use::Param);
        assert_eq!(draft.mapping().unwrap().to_string(), "run=run,step=acc,metrics=loss|lr,params=epoch");
        draft.choose(Use::Step, None);
        draft.toggle(2, Use::Metric);
        draft.toggle(4, Use::Metric);
        assert_eq!(draft.mapping(), Err(MappingError::NoMetrics));
        draft.is_long = true;
        draft.choose(Use::MetricName, Some(2));
        assert_eq!(draft.mapping(), Err(MappingError::NoMetrics));
        draft.choose(Use::Value, Some(3));
        assert_eq!(draft.mapping().unwrap().to_string(), "run=run,metric=loss,value=acc,params=epoch");
    }

    #[test]
    fn keys_that_have_not_come_yet_stay() {
        let draft = draft("metrics=loss|late|*", &["step", "loss"]);
        assert_eq!(draft.columns(), ["step", "loss", "late"]);
        assert_eq!(draft.mapping().unwrap().to_string(), "metrics=loss|late|*");
    }
}
