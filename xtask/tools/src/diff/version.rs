//! Which version comes next: Semantic Versioning 2.0.0 as cargo reads it, where the leftmost number that is not zero is
//! the one that may break.

use semver::{BuildMetadata, Prerelease, Version};

use super::Impact;

/// The version after `version` for what its worst change means; the same one where nothing changes.
///
/// Before 1.0.0 what breaks raises the second number, and everything else the third; before 0.1.0 everything raises the
/// third. A pre-release promises nothing: it goes on to the release that it is before, whatever changes.
pub fn next(version: &Version, worst: Option<Impact>) -> Version {
    let Some(worst) = worst else { return version.clone() };
    let Version { major, minor, patch, .. } = *version;
    let [major, minor, patch] = match (major, minor, worst) {
        _ if !version.pre.is_empty() => [major, minor, patch],
        (0, 0, _) => [0, 0, patch + 1],
        (0, _, Impact::Breaking) => [0, minor + 1, 0],
        (0, ..) => [0, minor, patch + 1],
        (_, _, Impact::Breaking) => [major + 1, 0, 0],
        (_, _, Impact::Minor) => [major, minor + 1, 0],
        (_, _, Impact::Patch) => [major, minor, patch + 1],
    };
    Version { major, minor, patch, pre: Prerelease::EMPTY, build: BuildMetadata::EMPTY }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Semantic Versioning 2.0.0, items 4 and 6 to 9, and the section "SemVer compatibility" of The Cargo Book.
    #[test]
    fn the_leftmost_number_that_is_not_zero_may_break() {
        for (version, patch, minor, breaking) in [
            ("1.2.3", "1.2.4", "1.3.0", "2.0.0"),
            ("0.2.3", "0.2.4", "0.2.4", "0.3.0"),
            ("0.0.3", "0.0.4", "0.0.4", "0.0.4"),
            ("1.0.0-rc.1", "1.0.0", "1.0.0", "1.0.0"),
            ("1.2.3+build", "1.2.4", "1.3.0", "2.0.0"),
        ] {
            let version = Version::parse(version).unwrap();
            let next = |impact| next(&version, Some(impact)).to_string();
            assert_eq!(next(Impact::Patch), patch);
            assert_eq!(next(Impact::Minor), minor);
            assert_eq!(next(Impact::Breaking), breaking);
        }
    }

    #[test]
    fn without_a_change_there_is_no_new_version() {
        let version = Version::new(1, 2, 3);
        assert_eq!(next(&version, None), version);
    }
}
