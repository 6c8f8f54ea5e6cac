//! A mapping as a text: `run=trial,step=epoch,time=timestamp,metrics=loss|acc,params=lr`.

use std::fmt;

use super::{Mapping, MappingError, Values};
use crate::shown::one_line;

/// Stands for every further column of numbers.
const OTHERS: &str = "*";

/// A name as the text form has it: in quotes where it holds what the form is made of.
pub(super) fn quoted(name: &str) -> String {
    let is_plain = !name.is_empty()
        && name != OTHERS
        && name.trim() == name
        && !name.contains([',', '=', '|', '"'])
        && !name.chars().any(char::is_control);
    if is_plain { name.to_owned() } else { format!("\"{}\"", name.replace('"', "\"\"")) }
}

pub(super) fn write(mapping: &Mapping, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut parts: Vec<(&str, Vec<String>)> = Vec::new();
    for (role, name) in mapping.roles() {
        match parts.last_mut().filter(|(last, _)| *last == role) {
            Some((_, names)) => names.push(quoted(name)),
            None => parts.push((role, vec![quoted(name)])),
        }
    }
    if let Values::Columns { others: true, .. } = &mapping.values {
        if let Some((_, names)) = parts.iter_mut().find(|(role, _)| *role == "metrics") {
            names.push(OTHERS.to_owned());
        } else {
            let at = parts.iter().position(|(role, _)| *role == "params").unwrap_or(parts.len());
            parts.insert(at, ("metrics", vec![OTHERS.to_owned()]));
        }
    }
    let parts: Vec<String> =
        parts.iter().map(|(role, names)| format!("{role}={}", names.join("|"))).collect();
    f.write_str(&parts.join(","))
}

/// One name and whether it was quoted, and what follows it.
fn name(text: &str) -> Option<(String, bool, &str)> {
    let text = text.trim_start();
    let Some(mut rest) = text.strip_prefix('"') else {
        let end = text.find([',', '|', '=', '"']).unwrap_or(text.len());
        let name = text[..end].trim_end();
        return (!name.is_empty()).then(|| (name.to_owned(), false, &text[end..]));
    };
    let mut name = String::new();
    loop {
        let (before, after) = rest.split_once('"')?;
        name.push_str(before);
        match after.strip_prefix('"') {
            Some(more) => {
                name.push('"');
                rest = more;
            }
            None => return Some((name, true, after.trim_start())),
        }
    }
}

pub(super) fn parse(text: &str) -> Result<Mapping, MappingError> {
    let wrong =
        |rest: &str| MappingError::Text(one_line(&rest.chars().take(60).collect::<String>()).into_owned());
    let mut mapping = Mapping {
        run: None,
        name: None,
        step: None,
        time: None,
        values: Values::Columns { metrics: Vec::new(), others: false },
        params: Vec::new(),
    };
    let (mut metrics, mut others) = (None::<Vec<String>>, false);
    let (mut metric, mut value) = (None, None);
    let mut has_params = false;
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (role, after) = rest.split_once('=').ok_or_else(|| wrong(rest))?;
        let role = role.trim();
        let (mut names, mut left) = (Vec::new(), after);
        loop {
            let (name, is_quoted, after) = name(left).ok_or_else(|| wrong(rest))?;
            if role == "metrics" && name == OTHERS && !is_quoted {
                others = true;
            } else {
                names.push(name);
            }
            left = after;
            match left.strip_prefix('|') {
                Some(more) => left = more,
                None => break,
            }
        }
        let one = match role {
            "run" => &mut mapping.run,
            "name" => &mut mapping.name,
            "step" => &mut mapping.step,
            "time" => &mut mapping.time,
            "metric" => &mut metric,
            "value" => &mut value,
            "metrics" => {
                if metrics.replace(names).is_some() {
                    return Err(MappingError::Twice(role.to_owned()));
                }
                rest = next(left).ok_or_else(|| wrong(left))?;
                continue;
            }
            "params" => {
                if std::mem::replace(&mut has_params, true) {
                    return Err(MappingError::Twice(role.to_owned()));
                }
                mapping.params = names;
                rest = next(left).ok_or_else(|| wrong(left))?;
                continue;
            }
            _ => return Err(wrong(rest)),
        };
        let [name] = <[String; 1]>::try_from(names).map_err(|_names| wrong(rest))?;
        if one.replace(name).is_some() {
            return Err(MappingError::Twice(role.to_owned()));
        }
        rest = next(left).ok_or_else(|| wrong(left))?;
    }
    mapping.values = match (metrics, metric, value) {
        (Some(metrics), None, None) if others || !metrics.is_empty() => Values::Columns { metrics, others },
        (None, Some(metric), Some(value)) => Values::Named { metric, value },
        (Some(_), Some(_), _) | (Some(_), _, Some(_)) => return Err(MappingError::BothForms),
        _ => return Err(MappingError::NoMetrics),
    };
    Ok(mapping)
}

/// What follows a comma, or nothing at the end.
fn next(left: &str) -> Option<&str> {
    if left.is_empty() { Some("") } else { left.strip_prefix(',').map(str::trim) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_is_written_and_read_back() {
        for text in [
            "metrics=loss",
            "metrics=*",
            "metrics=loss|acc|*,params=lr",
            "run=trial,step=epoch,time=timestamp,metrics=loss|acc,params=lr",
            "run=run_id,name=run_name,step=step,time=time,metric=metric,value=value",
            "step=\"\",metrics=\"train, loss\"|\"a|b\"|\"say \"\"x\"\"\"|\"=\"|\"*\"|val/loss|Wall time",
            "step=\" padded\",metrics=\"two\nlines\"",
        ] {
            let mapping: Mapping = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(mapping.to_string(), text);
        }
        let spaced: Mapping = " run = trial , metrics = loss | \"acc\" ".parse().unwrap();
        assert_eq!(spaced.to_string(), "run=trial,metrics=loss|acc");
    }

    #[test]
    fn what_is_no_mapping_is_told_with_its_place() {
        let cases = [
            ("", "names no metrics"),
            ("step=epoch", "names no metrics"),
            ("metric=name", "names no metrics"),
            ("metrics=", "at “metrics=”"),
            ("metrics=a|", "at “metrics=a|”"),
            ("metrics=\"a", "at “metrics=\"a”"),
            ("run=a|b,metrics=c", "at “run=a|b,metrics=c”"),
            ("walk=a,metrics=c", "at “walk=a,metrics=c”"),
            ("metrics=a b=c", "at “=c”"),
            ("step=a,step=b,metrics=c", "twice what “step” is"),
            ("metrics=a,metrics=c", "twice what “metrics” is"),
            ("metrics=a,metric=b,value=c", "both metrics="),
        ];
        for (text, expected) in cases {
            let error = text.parse::<Mapping>().unwrap_err().to_string();
            assert!(error.contains(expected), "{text}: {error}");
        }
    }

    #[test]
    fn a_column_that_is_not_there_is_named() {
        let columns: Vec<String> = ["trial", "epoch", "loss, all"].map(ToOwned::to_owned).into();
        let check = |text: &str, may_grow| {
            text.parse::<Mapping>().unwrap().check(&columns, may_grow).map_err(|error| error.to_string())
        };
        assert_eq!(check("run=trial,name=trial,step=epoch,metrics=\"loss, all\"", false), Ok(()));
        assert_eq!(
            check("run=trail,metrics=epoch", false),
            Err("there is no column called “trail”; the columns are trial, epoch, \"loss, all\"".to_owned())
        );
        assert!(check("metrics=acc", false).is_err() && check("metrics=acc", true).is_ok());
        assert!(check("step=acc,metrics=epoch", true).is_err());
        assert_eq!(
            check("step=epoch,metrics=epoch", false),
            Err("the column “epoch” is given two roles".to_owned())
        );
    }
}
