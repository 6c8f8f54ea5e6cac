//! A wrong use as one line: what is wrong, and whose help to read.

use clap::Command;
use clap::error::ErrorKind;

/// What clap found wrong with `words`, the arguments without the program's name, in one line.
pub fn sentence(error: &clap::Error, program: &Command, words: &[String]) -> String {
    let (names, command) = asked(program, words);
    let name = names.join(" ");
    let text = error.render().to_string();
    let what = if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let known: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
        format!("one of {} is to follow {name}", known.join(", "))
    } else {
        // A head, what it lists, a blank line, tips and the usage.
        let paragraph = text.split("\n\n").next().unwrap_or_default();
        let (head, listed) = paragraph.split_once('\n').unwrap_or((paragraph, ""));
        let head = head.strip_prefix("error: ").unwrap_or(head);
        let mut what = head.strip_suffix(" found").unwrap_or(head).to_owned();
        let listed: Vec<&str> = listed.lines().map(str::trim).collect();
        if !listed.is_empty() {
            what = format!("{what} {}", listed.join(", "));
        }
        let tips = text.lines().filter_map(|line| line.trim().strip_prefix("tip: "));
        // Nobody who misspelt a flag meant it as a value.
        for tip in tips.filter(|tip| !tip.starts_with("to pass ")) {
            what = format!("{what}; {tip}");
        }
        what
    };
    format!("{what}; see {name} --help")
}

/// The command that was asked for, with the names that lead to it.
fn asked<'a>(program: &'a Command, words: &[String]) -> (Vec<&'a str>, &'a Command) {
    let (mut names, mut command) = (vec![program.get_name()], program);
    for word in words {
        match command.find_subcommand(word) {
            Some(inner) => {
                names.push(inner.get_name());
                command = inner;
            }
            None if word.starts_with('-') => {}
            None => break,
        }
    }
    (names, command)
}
