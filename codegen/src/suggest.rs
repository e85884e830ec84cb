//! What the reader may have meant by a name that does not exist.

/// How alike two names have to be, from 0 to 1, for one to be offered in place of the other.
const ALIKE: f64 = 0.6;

/// A help such as ``did you mean `Session`?``: the candidate that is most like `name`, or where none
/// is, what `otherwise` says.
pub fn did_you_mean<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    otherwise: &str,
) -> String {
    let likeness = |candidate: &str| {
        strsim::normalized_damerau_levenshtein(&candidate.to_lowercase(), &name.to_lowercase())
    };
    let best = candidates
        .into_iter()
        .map(|candidate| (likeness(candidate), candidate))
        .max_by(|(left, _), (right, _)| left.total_cmp(right));
    match best {
        Some((likeness, candidate)) if likeness >= ALIKE => format!("did you mean `{candidate}`?"),
        _ => otherwise.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_that_is_most_alike_is_offered() {
        let candidates = ["Session", "SessionStatus", "User"];
        assert_eq!(did_you_mean("sesion", candidates, "none"), "did you mean `Session`?");
        assert_eq!(did_you_mean("Application", candidates, "none"), "none");
        assert_eq!(did_you_mean("User", [], "none"), "none");
    }
}
