//! Whether a run could be made again from what its store knows of it.

mod needs;

use super::{Artifact, Run, RunSet, SourceKind};

/// What it takes to make a run again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// The version of the code.
    Code,
    /// That the code was what was committed, or what was not.
    Changes,
    /// The packages that it ran with.
    Environment,
    /// What was started.
    Command,
    /// Which state of the data it read.
    Data,
    /// Where its random numbers began.
    Seed,
}

impl Need {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 6] =
        [Self::Code, Self::Changes, Self::Environment, Self::Command, Self::Data, Self::Seed];

    /// What it is called.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Code => "Code version",
            Self::Changes => "Uncommitted changes",
            Self::Environment => "Environment",
            Self::Command => "Command",
            Self::Data => "Data version",
            Self::Seed => "Seed",
        }
    }

    /// Whether nobody can make a run again without it. Without the others only its numbers may be others: a run may read
    /// no data and roll no dice.
    pub const fn is_vital(self) -> bool {
        !matches!(self, Self::Data | Self::Seed)
    }
}

/// What is known of one need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is there.
    Found {
        /// What, such as a commit.
        what: String,
        /// Where, such as `tag mlflow.source.git.commit`.
        place: String,
    },
    /// The store could hold it and does not: a sentence about what to log the next time.
    Missing(String),
    /// The store cannot say: a sentence why.
    Unknown(String),
}

/// Whether a run could be made again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// All is there.
    Yes,
    /// Something vital is missing.
    No,
    /// Nothing vital is missing for sure, but not all is there.
    Unknown,
}

/// The answers of one run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rerun {
    /// One for each need, in the order of [`Need::ALL`].
    pub answers: Vec<(Need, Answer)>,
    /// What follows: `No` where something vital is missing, else `Yes` where all is found, else `Unknown`.
    pub verdict: Verdict,
    /// The verdict as a sentence with its reason.
    pub sentence: String,
}

impl Rerun {
    /// Of one run of a set, whose store is of this kind, with the artifacts that the store lists for it; none where nobody
    /// listed them, or they lie where nobody could look.
    pub fn of(set: &RunSet, run: &Run, kind: SourceKind, artifacts: Option<&[Artifact]>) -> Self {
        let answers = needs::Seen { set, run, kind, artifacts }.answers();
        let (verdict, sentence) = verdict(&answers);
        Self { answers, verdict, sentence }
    }

    /// The answer to one need.
    pub fn answer(&self, need: Need) -> Option<&Answer> {
        self.answers.iter().find(|(own, _)| *own == need).map(|(_, answer)| answer)
    }
}

fn verdict(answers: &[(Need, Answer)]) -> (Verdict, String) {
    let named = |is_meant: &dyn Fn(Need, &Answer) -> bool| -> Vec<String> {
        let meant = answers.iter().filter(|(need, answer)| is_meant(*need, answer));
        meant.map(|(need, _)| need.title().to_lowercase()).collect()
    };
    let lacks = named(&|need, answer| need.is_vital() && matches!(answer, Answer::Missing(_)));
    if !lacks.is_empty() {
        return (Verdict::No, format!("No: the store lacks {}", listed(&lacks)));
    }
    let open = named(&|need, answer| need.is_vital() && matches!(answer, Answer::Unknown(_)));
    if !open.is_empty() {
        return (Verdict::Unknown, format!("Not known: the store does not tell {}", listed(&open)));
    }
    let other = named(&|_, answer| !matches!(answer, Answer::Found { .. }));
    if !other.is_empty() {
        let sentence =
            format!("It can be started again, but its numbers may differ: nothing tells {}", listed(&other));
        return (Verdict::Unknown, sentence);
    }
    (Verdict::Yes, "Yes: code, environment, command, data and seed are recorded".to_owned())
}

fn listed(names: &[String]) -> String {
    match names {
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        _ => names.concat(),
    }
}
