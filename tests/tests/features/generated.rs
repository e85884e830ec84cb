//! `tests/features/generated` is exactly what its document and the templates give.

use sdk_tests::command::codegen_into;
use sdk_tests::folder::workspace;
use xtask::Exit;

#[test]
fn the_crate_is_current() {
    let folder = workspace().join("tests/features");
    let path = |name: &str| folder.join(name).display().to_string();
    let (spec, config) = (path("openapi.yaml"), path("sdk.toml"));
    let arguments = ["--spec", &spec, "--config", &config, "--name", "features-sdk", "--check"];

    let run = codegen_into(&folder.join("generated"), &arguments);

    let command = "cargo xtask codegen --spec tests/features/openapi.yaml \
                   --config tests/features/sdk.toml --out tests/features/generated \
                   --name features-sdk";
    assert_eq!(run.exit, Exit::Success, "\n{}\nMake it so with\n\n    {command}\n", run.output);
}
