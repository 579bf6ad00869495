//! Profiles of donors: those that are shipped, and those in files of their own.

use super::read;
use crate::diagnostic::Diagnostic;
use crate::plan::Profile;
use crate::source::Source;

/// The published rules of donors that a plan can name, as the files in `profiles/` have them: id and text.
///
/// Of the schemes that were looked at, those of UN-Habitat, the DCPSF and the IOM Development Fund are not among them: their
/// clauses could not be cited.
pub const PROFILES: [(&str, &str); 4] = [
    ("cerf", include_str!("../../profiles/cerf.toml")),
    ("ocha-cbpf", include_str!("../../profiles/ocha-cbpf.toml")),
    ("un-harmonised", include_str!("../../profiles/un-harmonised.toml")),
    ("untfhs", include_str!("../../profiles/untfhs.toml")),
];

/// The published profile of an id.
///
/// ```
/// let profile = logframe::published("ocha-cbpf").unwrap();
/// assert_eq!(profile.clauses[1].indirect_rate, Some(7.into()));
/// assert!(logframe::published("nobody").is_none());
/// ```
pub fn published(id: &str) -> Option<Profile> {
    let (name, text) = PROFILES.iter().find(|(name, _)| *name == id)?;
    Profile::parse(&Source::new(format!("{name}.toml"), *text)).ok()
}

impl Profile {
    /// Reads a profile that is a file of its own: the keys of a `[[profile]]` of a plan, without that heading.
    ///
    /// # Errors
    /// Everything that keeps it from being one.
    pub fn parse(source: &Source) -> Result<Self, Vec<Diagnostic>> {
        read::noun(source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_profile_reads_and_cites_each_clause() {
        for (id, _) in PROFILES {
            let profile = published(id).unwrap();
            assert_eq!(profile.id.as_str(), id);
            assert!(profile.source.is_some() && profile.url.is_some() && profile.title.is_some(), "{id}");
            assert!(!profile.clauses.is_empty(), "{id}");
            profile.clauses.iter().for_each(|clause| assert!(clause.cites.is_some(), "{id}: {}", clause.id.value));
        }
    }
}
