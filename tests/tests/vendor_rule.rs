//! The generator knows no vendor: what is Okta's is in `spec/`, and in what is made of it.

use sdk_tests::folder::{contents, workspace};

#[test]
fn the_generator_does_not_name_the_vendor() {
    let mut files = 0;
    for folder in ["codegen/src", "xtask/src", "templates"] {
        for (path, content) in contents(&workspace().join(folder)) {
            let text = String::from_utf8(content).expect("sources are UTF-8");
            for (number, line) in text.lines().enumerate() {
                let place = format!("{folder}/{path}:{}", number + 1);
                assert!(!line.to_lowercase().contains("okta"), "{place}: {line}");
            }
            files += 1;
        }
    }
    assert!(files > 20, "the folders moved: only {files} files were read");
}
