//! Constraints on the command line: asked in place of, or beside, those of the drawing.

use clap::Args;

use crate::architecture::Constraints;
use crate::catalog::LicenseClass;

/// What is allowed, beside what the drawing says.
#[derive(Clone, Debug, Default, Args)]
pub struct AllowedArguments {
    /// Allow only tools of this licence class, instead of the drawing's; may be repeated
    #[arg(long = "license", value_name = "CLASS", value_parser = class)]
    pub licenses: Vec<String>,
    /// Every tool has to work without a network
    #[arg(long)]
    pub air_gapped: bool,
    /// No tool may need Kubernetes
    #[arg(long)]
    pub without_kubernetes: bool,
    /// Allow only tools in this programming language, instead of the drawing's; may be repeated
    #[arg(long = "language", value_name = "NAME")]
    pub languages: Vec<String>,
    /// Allow only tools hosted by this foundation, instead of the drawing's; may be repeated
    #[arg(long = "foundation", value_name = "NAME")]
    pub foundations: Vec<String>,
    /// How many different tools there may be
    #[arg(long, value_name = "N")]
    pub most_tools: Option<u32>,
}

fn class(text: &str) -> Result<String, String> {
    let known: Vec<_> = LicenseClass::ALL.iter().map(|class| class.id()).collect();
    if known.contains(&text) { Ok(text.to_owned()) } else { Err(format!("use one of {}", known.join(", "))) }
}

impl AllowedArguments {
    /// The drawing's constraints with these laid over them.
    pub(super) fn over(&self, own: &Constraints) -> Constraints {
        let list = |given: &[String], own: &[String]| if given.is_empty() { own } else { given }.to_vec();
        Constraints {
            licenses: list(&self.licenses, &own.licenses),
            air_gapped: self.air_gapped || own.air_gapped,
            without_kubernetes: self.without_kubernetes || own.without_kubernetes,
            languages: list(&self.languages, &own.languages),
            foundations: list(&self.foundations, &own.foundations),
            most_tools: self.most_tools.or(own.most_tools),
            extra: own.extra.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_is_laid_over_what_the_drawing_says() {
        let words = |word: &str| vec![word.to_owned()];
        let own = Constraints {
            licenses: words("osi"),
            languages: words("Go"),
            air_gapped: true,
            most_tools: Some(9),
            ..Constraints::default()
        };
        assert_eq!(AllowedArguments::default().over(&own), own);
        let given = AllowedArguments {
            licenses: words("open-core"),
            foundations: words("CNCF"),
            without_kubernetes: true,
            most_tools: Some(3),
            ..AllowedArguments::default()
        };
        let expected = Constraints {
            licenses: words("open-core"),
            foundations: words("CNCF"),
            without_kubernetes: true,
            most_tools: Some(3),
            ..own.clone()
        };
        assert_eq!(given.over(&own), expected);
    }
}
