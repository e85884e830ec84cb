//! The generator knows no vendor: what is Okta's is in `spec/`, and in what is made of it.

use sdk_tests::folder::{texts, workspace};

#[test]
fn the_generator_does_not_name_the_vendor() {
    let mut files = 0;
    let mut offences = Vec::new();
    for folder in [
        "codegen/src",
        "codegen/texts/src",
        "xtask/src",
        "xtask/base/src",
        "xtask/site/src",
        "xtask/tools/src",
        "templates",
    ] {
        for (path, text) in texts(&workspace().join(folder)) {
            for (number, line) in (1..).zip(text.lines()) {
                if line.to_lowercase().contains("okta") {
                    offences.push(format!("{folder}/{path}:{number}: {}", line.trim()));
                }
            }
            files += 1;
        }
    }
    assert!(offences.is_empty(), "the vendor is named in\n{}", offences.join("\n"));
    assert!(files > 20, "the folders moved: only {files} files were read");
}
