//! The commands that take away what is shown as a text.

use super::Command;
use crate::address::TextForm;

impl Command {
    /// The form in which it takes away what is shown; none for other commands.
    pub fn text_form(self) -> Option<TextForm> {
        Some(match self {
            Self::ExportCsv => TextForm::Csv,
            Self::ExportMarkdown => TextForm::Markdown,
            Self::DecisionRecord => TextForm::Record,
            Self::ExportPoints => TextForm::Points,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::Location;

    #[test]
    fn each_form_has_its_command_which_is_offered_where_the_form_fits() {
        let commands: Vec<Command> = Command::all().filter(|command| command.text_form().is_some()).collect();
        let mut forms: Vec<_> = commands.iter().filter_map(|command| command.text_form()).collect();
        forms.sort_unstable();
        assert_eq!(forms, TextForm::ALL);
        for address in
            ["atlas:home", "atlas:landscape/compare?tools=mlflow,aim", "atlas:runs/store?source=demo:"]
        {
            let location: Location = address.parse().unwrap();
            let offered = commands.iter().filter(|command| command.is_available(&location));
            let offered: Vec<_> = offered.filter_map(|command| command.text_form()).collect();
            let mut fitting = location.text_forms().to_vec();
            fitting.sort_by_key(|form| commands.iter().position(|one| one.text_form() == Some(*form)));
            assert_eq!(offered, fitting, "{address}");
        }
    }
}
