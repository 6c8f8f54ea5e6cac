//! Whether more of a metric is better or worse, guessed from the words of its key.

use std::collections::BTreeMap;

use super::words::{parts, words};
use super::{Run, RunSet};

/// Where a metric should go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Nobody knows.
    Unknown,
}

/// What decided where a metric should go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// A person said so.
    Person,
    /// Optuna's word for its study, which the runs have in the tag `direction`.
    Study(String),
    /// The words of the key that tell it, such as `loss`.
    Words(String),
    /// A word of the key that takes away what another would tell: `scale` in `loss_scale`.
    Spoiled(String),
    /// No word of the key tells it.
    Nothing,
}

/// Where a metric should go, and what decided it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    /// Where.
    pub direction: Direction,
    /// Why.
    pub why: Why,
}

impl Guess {
    /// What decided it, as a sentence.
    pub fn sentence(&self) -> String {
        let better = match self.direction {
            Direction::Higher => "More is better",
            Direction::Lower => "Less is better",
            Direction::Unknown => "Whether more is better is not known",
        };
        match &self.why {
            Why::Person => format!("{better}, as you said"),
            Why::Study(word) => format!("{better}, since Optuna's study says {word}"),
            Why::Words(word) => format!("{better}, guessed from “{word}” in its name"),
            Why::Spoiled(word) => format!("{better}: “{word}” in its name leaves it open"),
            Why::Nothing => format!("{better}: no word of its name tells it"),
        }
    }
}

/// Less of these is better.
const LOWER: &str = "loss losses error errors err rmse mae mse mape smape wape rmsle msle nrmse medae residual perplexity ppl \
    nll nlpd logloss deviance crossentropy bce xent brier ece mce fid kid lpips wer cer ter eer hinge regret \
    latency ttft tpot delay lag time duration runtime elapsed seconds secs millis overhead fpr fnr fdr cost \
    costs penalty failures mistakes misses misclassification violations hallucination toxicity bouldin aic \
    bic bpb bpc ttfb";

/// More of these is better.
const HIGHER: &str = "acc accuracy auc auroc rocauc auprc aucpr prauc roc f1 f2 fbeta fscore precision recall sensitivity \
    specificity tpr tnr ppv npv r2 map ap ndcg dcg mrr hitrate bleu sacrebleu rouge meteor chrf cider spice \
    bertscore comet iou miou dice jaccard kappa mcc psnr ssim silhouette calinski pearson spearman \
    correlation concordance likelihood elbo reward rewards throughput goodput fps qps winrate faithfulness \
    adequacy";

/// More of these is better where no other word says anything: a Brier score is an error.
const WEAKLY_HIGHER: &str = "score scores success quality";

/// Two words that tell more together than each for itself; those that end in `s` as well.
const PAIRS: &[([&str; 2], Direction)] = &[
    (["false", "positive"], Direction::Lower),
    (["false", "negative"], Direction::Lower),
    (["false", "alarm"], Direction::Lower),
    (["true", "positive"], Direction::Higher),
    (["true", "negative"], Direction::Higher),
    (["cross", "entropy"], Direction::Lower),
    (["explained", "variance"], Direction::Higher),
    (["time", "step"], Direction::Unknown),
    (["r", "squared"], Direction::Higher),
    (["hit", "rate"], Direction::Higher),
    (["win", "rate"], Direction::Higher),
    (["pass", "rate"], Direction::Higher),
];

/// With one of these a key is no longer of how good something is: the scale of a loss, the spread of an accuracy.
const SPOILERS: &str = "scale scaler scaling weight weights coef coeff coefficient lambda threshold std stdev stddev var \
    variance schedule smoothing support gap rank delta change diff target limit budget stamp remaining \
    cutoff";

/// Turns round what comes behind: `neg_log_loss`.
const TURNS: &str = "neg negative minus";

/// What is counted in one of these is a speed.
const UNITS_OF_TIME: &str = "second seconds sec s minute min hour hr day ms millisecond";

impl Direction {
    /// Guesses from the words of a key. The last word that tells something decides, since the noun stands last in English;
    /// what stands behind `per` is a unit.
    pub fn guess(key: &str) -> Guess {
        let nothing = || Guess { direction: Self::Unknown, why: Why::Nothing };
        let told = |direction, word: &str| Guess { direction, why: Why::Words(word.to_owned()) };
        if key.starts_with("system/") {
            return nothing();
        }
        // `mAP` is one word, whatever capitals stand in it.
        let whole = |part: &str| Some(part.to_lowercase()).filter(|part| Self::of_word(part).is_some());
        let mut words: Vec<String> = parts(key)
            .flat_map(|part| whole(part).map_or_else(|| words(part), |whole| vec![whole]))
            .collect();
        if let Some(at) = words.iter().position(|word| word == "per") {
            if words.get(at + 1).is_some_and(|unit| has(UNITS_OF_TIME, unit)) {
                return told(Self::Higher, &words[at..at + 2].join(" "));
            }
            words.truncate(at);
        }
        let mut found: Option<(Self, String, bool)> = None;
        let (mut spoiler, mut is_turned, mut at) = (None, false, 0);
        while at < words.len() {
            let word = words[at].as_str();
            if let Some((direction, pair)) = pair_at(&words[at..]) {
                if direction != Self::Unknown {
                    found = Some((direction, pair, false));
                }
                at += 2;
                continue;
            }
            match Self::of_word(word) {
                Some((direction, is_weak))
                    if !is_weak || found.as_ref().is_none_or(|(_, _, was_weak)| *was_weak) =>
                {
                    found = Some((direction, word.to_owned(), is_weak));
                }
                None if has(TURNS, word) => is_turned = true,
                None if has(SPOILERS, word) => spoiler = Some(word.to_owned()),
                _ => {}
            }
            at += 1;
        }
        match (found, spoiler) {
            (None, _) => nothing(),
            (Some(_), Some(word)) => Guess { direction: Self::Unknown, why: Why::Spoiled(word) },
            (Some((direction, word, _)), None) if is_turned => {
                told(direction.turned(), &format!("neg {word}"))
            }
            (Some((direction, word, _)), None) => told(direction, &word),
        }
    }

    /// What one word tells, and whether any other word is worth more; digits at its end do not count (`ap50`, `bleu4`).
    fn of_word(word: &str) -> Option<(Self, bool)> {
        let of = |word: &str| match () {
            () if has(LOWER, word) => Some((Self::Lower, false)),
            () if has(HIGHER, word) => Some((Self::Higher, false)),
            () if has(WEAKLY_HIGHER, word) => Some((Self::Higher, true)),
            () => None,
        };
        of(word).or_else(|| of(word.trim_end_matches(|letter: char| letter.is_ascii_digit())))
    }

    /// Its word in a file: what is better.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Higher => "higher",
            Self::Lower => "lower",
            Self::Unknown => "unknown",
        }
    }

    const fn turned(self) -> Self {
        match self {
            Self::Higher => Self::Lower,
            Self::Lower => Self::Higher,
            Self::Unknown => Self::Unknown,
        }
    }

    /// Where a metric of these runs should go: what a person set for its key, what Optuna's tag says of its objective, or
    /// what its words tell.
    pub fn of(key: &str, set: &RunSet, runs: &[&Run], by_person: &BTreeMap<String, Self>) -> Guess {
        if let Some(direction) = by_person.get(key) {
            return Guess { direction: *direction, why: Why::Person };
        }
        Self::of_study(key, set, runs).unwrap_or_else(|| Self::guess(key))
    }

    /// Optuna's callback for MLflow tags each run with `direction`: a word, or a list of one for each objective. It counts
    /// for what Optuna calls its objectives, `value` and `values_0`, where all the runs say the same.
    fn of_study(key: &str, set: &RunSet, runs: &[&Run]) -> Option<Guess> {
        let objective = match key.strip_prefix("value")? {
            "" => 0,
            rest => rest.strip_prefix("s_").or_else(|| rest.strip_prefix('_'))?.parse::<usize>().ok()?,
        };
        let tag = set.tag_key("direction")?;
        let first = runs.first()?.tag(tag)?;
        if runs.iter().any(|run| run.tag(tag) != Some(first)) {
            return None;
        }
        let mut words =
            first.split(|letter: char| !letter.is_ascii_alphabetic()).filter(|word| !word.is_empty());
        let word = words.nth(objective)?.to_uppercase();
        let direction = match word.as_str() {
            "MINIMIZE" => Self::Lower,
            "MAXIMIZE" => Self::Higher,
            _ => return None,
        };
        Some(Guess { direction, why: Why::Study(word) })
    }
}

/// Whether a list of words has one.
fn has(list: &str, word: &str) -> bool {
    list.split(' ').any(|own| own == word)
}

fn pair_at(words: &[String]) -> Option<(Direction, String)> {
    let [first, second, ..] = words else { return None };
    let single = second.strip_suffix('s').unwrap_or(second);
    let found = PAIRS.iter().find(|([one, two], _)| first == one && (second == two || single == *two));
    found.map(|(_, direction)| (*direction, format!("{first} {second}")))
}
