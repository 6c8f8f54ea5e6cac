//! A tool as one sees it through the layers: every value with the layer that it came from.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::category::Category;
use super::entry::{
    Claim, Entry, Evidence, Foundation, Interfaces, LandscapeRef, License, Relation, Repo, Seen, ToolId,
};
use super::words::{ClaimStatus, Kind, Layer, LicenseClass, Polarity, Stage};

/// Declares the values that a later layer replaces as a whole, and how each is taken from an entry.
macro_rules! fields {
    ($($variant:ident $name:ident $key:literal;)+) => {
        /// A value of a tool that a later layer replaces as a whole.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field { $(#[doc = concat!("`", $key, "`")] $variant,)+ }

        impl Field {
            /// All of them, in the order of the file.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The key in the file.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)+ }
            }
        }

        /// The values of `over` where it names one, else those of `under`; says which fields were named.
        fn lay_over(under: &mut Entry, over: &Entry, mut named: impl FnMut(Field)) {
            $(if over.$name.is_some() {
                under.$name.clone_from(&over.$name);
                named(Field::$variant);
            })+
        }
    };
}

fields! {
    Name name "name";
    Summary summary "summary";
    Kind kind "kind";
    Category category "category";
    AlsoIn also_in "also_in";
    Stages stages "stages";
    Tags tags "tags";
    Tier tier "tier";
    Aliases aliases "aliases";
    Homepage homepage "homepage";
    Docs docs "docs";
    RepoAliases repo_aliases "repo_aliases";
    Languages languages "languages";
    Deploy deploy "deploy";
    FirstReleaseYear first_release_year "first_release_year";
    AirGap air_gap "air_gap";
    Gpu gpu "gpu";
    Kubernetes kubernetes "kubernetes";
    Note note "note";
    License license "license";
    Status status "status";
    Landscape landscape "landscape";
    Interfaces interfaces "interfaces";
    Repos repos "repo";
    Foundations foundations "foundation";
}

/// A tool seen through all layers.
#[derive(Clone, Debug)]
pub struct Tool {
    /// Stable slug.
    pub id: ToolId,
    /// Its name as its makers write it.
    pub name: String,
    /// One sentence of at most 140 characters.
    pub summary: Option<String>,
    /// What sort of thing it is.
    pub kind: Option<Kind>,
    /// The name of its category.
    pub category: Option<String>,
    /// Names of further categories.
    pub also_in: Vec<String>,
    /// The lifecycle stages that it serves, in lifecycle order.
    pub stages: Vec<Stage>,
    /// Free words.
    pub tags: Vec<String>,
    /// 1 core, 2 further, 3 hosted by a foundation but outside MLOps; `None` if nobody said.
    pub tier: Option<u8>,
    /// Other and former names.
    pub aliases: Vec<String>,
    /// Its site.
    pub homepage: Option<String>,
    /// Its documentation.
    pub docs: Option<String>,
    /// Former and other places of its repository, as `owner/name`.
    pub repo_aliases: Vec<String>,
    /// Programming languages.
    pub languages: Vec<String>,
    /// Ways to run it.
    pub deploy: Vec<String>,
    /// The year of its first release.
    pub first_release_year: Option<i16>,
    /// Whether it works without a network; `None` is unknown.
    pub air_gap: Option<bool>,
    /// Whether it needs a GPU; `None` is unknown.
    pub gpu: Option<bool>,
    /// Whether it needs Kubernetes; `None` is unknown.
    pub kubernetes: Option<bool>,
    /// Anything else worth knowing.
    pub note: Option<String>,
    /// Its licence; [`License::UNKNOWN`] if nobody said.
    pub license: License,
    /// Whether it is worked on; [`Seen::UNKNOWN`] if nobody said.
    pub status: Seen,
    /// Where a landscape file has it.
    pub landscape: Option<LandscapeRef>,
    /// The standards that it speaks.
    pub interfaces: Interfaces,
    /// Its repositories, the main one first.
    pub repos: Vec<Repo>,
    /// The foundations that host it.
    pub foundations: Vec<Foundation>,
    /// Relations to others, from all layers.
    pub relations: Vec<Relation>,
    /// Claims from all layers: pros, then cons, caveats and facts.
    pub claims: Vec<Claim>,
    layers: BTreeMap<Field, Layer>,
}

impl Tool {
    /// Looks through the entries of one tool, lowest layer first; `None` if no layer names it.
    pub(super) fn through(entries: &[(Layer, &Entry)]) -> Option<Self> {
        let (_, first) = entries.first()?;
        let mut seen = Entry::new(first.id.clone());
        let mut layers = BTreeMap::new();
        for (layer, entry) in entries {
            lay_over(&mut seen, entry, |field| {
                layers.insert(field, *layer);
            });
            for claim in &entry.claims {
                let mut claim = Claim { layer: *layer, ..claim.clone() };
                // What a workspace proposes is a draft until it says on which day somebody read the sources again.
                if *layer == Layer::Workspace
                    && claim.status == ClaimStatus::Reviewed
                    && claim.reviewed_on.is_none()
                {
                    claim.status = ClaimStatus::Draft;
                }
                match seen.claims.iter_mut().find(|c| c.id == claim.id) {
                    Some(place) => *place = claim,
                    None => seen.claims.push(claim),
                }
            }
            for relation in &entry.relations {
                let relation = Relation { layer: *layer, ..relation.clone() };
                let same = |r: &&mut Relation| (r.kind, &r.target) == (relation.kind, &relation.target);
                match seen.relations.iter_mut().find(same) {
                    Some(place) => *place = relation,
                    None => seen.relations.push(relation),
                }
            }
        }
        Self::from_entry(seen, layers)
    }

    fn from_entry(mut entry: Entry, layers: BTreeMap<Field, Layer>) -> Option<Self> {
        entry.claims.sort_by_key(|c| c.polarity);
        let mut stages = entry.stages.unwrap_or_default();
        stages.sort_unstable();
        stages.dedup();
        let mut repos = entry.repos.unwrap_or_default();
        repos.sort_by_key(|r| !r.primary);
        Some(Self {
            id: entry.id,
            name: entry.name?,
            summary: entry.summary,
            kind: entry.kind,
            category: entry.category,
            also_in: entry.also_in.unwrap_or_default(),
            stages,
            tags: entry.tags.unwrap_or_default(),
            tier: entry.tier,
            aliases: entry.aliases.unwrap_or_default(),
            homepage: entry.homepage,
            docs: entry.docs,
            repo_aliases: entry.repo_aliases.unwrap_or_default(),
            languages: entry.languages.unwrap_or_default(),
            deploy: entry.deploy.unwrap_or_default(),
            first_release_year: entry.first_release_year,
            air_gap: entry.air_gap,
            gpu: entry.gpu,
            kubernetes: entry.kubernetes,
            note: entry.note,
            license: entry.license.unwrap_or(License::UNKNOWN),
            status: entry.status.unwrap_or(Seen::UNKNOWN),
            landscape: entry.landscape,
            interfaces: entry.interfaces.unwrap_or_default(),
            repos,
            foundations: entry.foundations.unwrap_or_default(),
            relations: entry.relations,
            claims: entry.claims,
            layers,
        })
    }

    /// Whether it is in the category of this name, as its main one or as well.
    pub fn is_in(&self, category: &str) -> bool {
        self.category.as_deref() == Some(category) || self.also_in.iter().any(|name| name == category)
    }

    /// Replaces the names of merged categories by those of the categories that they were merged into.
    pub(super) fn call_categories_by(&mut self, categories: &[Category]) {
        for name in self.category.iter_mut().chain(&mut self.also_in) {
            if let Some(category) = categories.iter().find(|c| c.is_called(name)) {
                name.clone_from(&category.name);
            }
        }
        let mut seen: Vec<String> = self.category.iter().cloned().collect();
        self.also_in.retain(|name| {
            let new = !seen.contains(name);
            seen.push(name.clone());
            new
        });
    }

    /// The layer that gave this value, or `None` if no layer names it.
    pub fn layer_of(&self, field: Field) -> Option<Layer> {
        self.layers.get(&field).copied()
    }

    /// The layer that alone says everything of it, or `None` if several do.
    pub fn only_layer(&self) -> Option<Layer> {
        let mut layers = self.layers_used();
        let first = layers.next()?;
        layers.all(|layer| layer == first).then_some(first)
    }

    /// Whether this layer says anything of it.
    pub fn is_in_layer(&self, layer: Layer) -> bool {
        self.layers_used().any(|used| used == layer)
    }

    fn layers_used(&self) -> impl Iterator<Item = Layer> {
        let values = self.layers.values().copied();
        let claims = self.claims.iter().map(|claim| claim.layer);
        values.chain(claims).chain(self.relations.iter().map(|relation| relation.layer))
    }

    /// How open its licence is.
    pub fn license_class(&self) -> LicenseClass {
        self.license.class
    }

    /// The main repository, else the first one.
    pub fn primary_repo(&self) -> Option<&Repo> {
        self.repos.first()
    }

    /// How many claims speak this way.
    pub fn count(&self, polarity: Polarity) -> usize {
        self.claims.iter().filter(|c| c.polarity == polarity).count()
    }

    /// Every day that something said here was read, reviewed or seen.
    pub(super) fn dates(&self) -> impl Iterator<Item = Date> + '_ {
        let accessed = |evidence: &Evidence| evidence.accessed;
        let claims =
            self.claims.iter().flat_map(move |c| c.evidence.iter().map(accessed).chain([c.reviewed_on]));
        let relations = self.relations.iter().flat_map(move |r| r.evidence.iter().map(accessed));
        let foundations = self.foundations.iter().map(|f| f.seen_on);
        claims
            .chain(relations)
            .chain(foundations)
            .chain([self.license.checked_on, self.status.seen_on])
            .flatten()
    }
}
