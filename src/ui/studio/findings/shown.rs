//! The cards in their order with their texts: made once for each state of what they depend on, not in every frame.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{FindingsMemory, Key, word};
use crate::action::DocumentId;
use crate::architecture::{Finding, NodeId};
use crate::problem::Severity;
use crate::state::Drawing;

/// More cards than these nobody reads one by one.
const MOST: usize = 60;

/// What one card says.
#[derive(Debug)]
pub(super) struct Card {
    /// Its place among the findings.
    pub at: usize,
    /// What a screen reader says.
    pub told: String,
    /// The sentence.
    pub message: String,
    /// The rule's id and where the rule comes from.
    pub source: String,
}

/// A finding that people live with.
#[derive(Debug)]
pub(super) struct LivedWith {
    /// Its place among those.
    pub at: usize,
    /// The sentence.
    pub message: String,
    /// Why, in quotation marks.
    pub reason: String,
}

/// The cards.
#[derive(Debug)]
pub(super) struct Shown {
    /// A revision of a document, and the address of what the rules say of it.
    of: (DocumentId, (u64, bool), usize),
    selected: Vec<NodeId>,
    hidden: BTreeSet<Severity>,
    looked_at: Option<Key>,
    /// Those that are shown.
    pub cards: Vec<Card>,
    /// How many are not; empty where all are.
    pub more: String,
    /// What people live with.
    pub lived_with: Vec<LivedWith>,
    /// How many more there are; empty where all are shown.
    pub more_lived_with: String,
    /// The one that is unfolded: something always is, so that one sees what can be done.
    pub open: usize,
}

impl Shown {
    /// The cards as they are now.
    pub fn of(
        memory: &mut FindingsMemory,
        id: DocumentId,
        drawing: Drawing<'_>,
        selected: &[NodeId],
    ) -> Arc<Self> {
        let of = (id, drawing.revision(), std::ptr::from_ref(drawing.judged) as usize);
        let known = memory.shown.as_ref().filter(|known| {
            known.of == of
                && known.selected == selected
                && known.hidden == memory.hidden
                && known.looked_at == memory.at
        });
        if let Some(known) = known {
            return Arc::clone(known);
        }
        let made = Arc::new(Self::new(memory, of, drawing, selected));
        memory.shown = Some(Arc::clone(&made));
        made
    }

    fn new(
        memory: &FindingsMemory,
        of: (DocumentId, (u64, bool), usize),
        drawing: Drawing<'_>,
        selected: &[NodeId],
    ) -> Self {
        let is_here = |finding: &Finding| finding.place.nodes().iter().any(|node| selected.contains(node));
        let is_at = |finding: &Finding| memory.at.as_ref().is_some_and(|at| at.is(finding));
        let all = drawing.judged.findings.iter().enumerate();
        let mut shown: Vec<(usize, &Finding)> =
            all.filter(|(_, finding)| !memory.hidden.contains(&finding.severity)).collect();
        // What is said of the selected nodes comes first. Stepping through must not shuffle the list: only what nobody
        // steps through is put in front.
        if !shown.iter().any(|(_, finding)| is_at(finding) && is_here(finding)) {
            shown.sort_by_cached_key(|(_, finding)| !is_here(finding));
        }
        let card = |(at, finding): &(usize, &Finding)| Card {
            at: *at,
            told: format!("{}: {}. {}", word(finding.severity), finding.rule.name, finding.message),
            message: format!("{}.", finding.message),
            source: format!("{} · {}", finding.rule.id, finding.rule.source),
        };
        let lived_with = |(at, finding): (usize, &Finding)| LivedWith {
            at,
            message: format!("{}.", finding.message),
            reason: format!("“{}”", finding.suppressed.as_deref().unwrap_or_default()),
        };
        let all_lived_with = &drawing.judged.lived_with;
        let more_lived_with = match all_lived_with.len().saturating_sub(MOST) {
            0 => String::new(),
            more => format!("And {more} more."),
        };
        let more = match shown.len().saturating_sub(MOST) {
            0 => String::new(),
            more => format!("And {more} more: mend some of these first."),
        };
        Self {
            of,
            selected: selected.to_vec(),
            hidden: memory.hidden.clone(),
            looked_at: memory.at.clone(),
            open: shown.iter().position(|(_, finding)| is_at(finding)).unwrap_or(0),
            cards: shown.iter().take(MOST).map(card).collect(),
            more,
            lived_with: all_lived_with.iter().enumerate().take(MOST).map(lived_with).collect(),
            more_lived_with,
        }
    }
}
