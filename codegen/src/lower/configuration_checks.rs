//! What the settings of models, features and modules came to: keys that would do nothing or something
//! impossible, which only the SDK shows.

use super::features::ALL_MODELS as ALL_MODELS_FEATURE;
use super::is_reserved_module;
use crate::config::{ALL_MODELS, Config, is_reserved_feature, is_runtime_feature};
use crate::diagnostics::Diagnostics;
use crate::ir::{ModelKind, Sdk};
use crate::names::{escaped, snake_name};
use crate::suggest::did_you_mean;

/// Reports what of the configuration has no effect on the SDK, whose models are all there yet.
pub(super) fn check(config: &Config, sdk: &Sdk, diagnostics: &mut Diagnostics) {
    let mut check = Check { config, diagnostics };
    check.fields(sdk);
    check.derives(sdk);
    check.features(sdk);
    check.modules(sdk);
    check.streams(sdk);
}

struct Check<'a> {
    config: &'a Config,
    diagnostics: &'a mut Diagnostics,
}

impl Check<'_> {
    fn fields(&mut self, sdk: &Sdk) {
        if self.config.rename.fields.is_empty() {
            return;
        }
        let mut known = Vec::new();
        for model in &sdk.models {
            if let ModelKind::Object(object) = &model.kind {
                let fields = object.fields.iter();
                known.extend(fields.map(|field| format!("{}.{}", model.schema, field.name)));
            }
        }
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        for name in self.config.rename.fields.keys() {
            self.known(&["rename", "fields"], "field", name, &known);
        }
    }

    fn derives(&mut self, sdk: &Sdk) {
        let models = sdk.models.iter().filter(|it| !matches!(it.kind, ModelKind::Alias(_)));
        let known: Vec<&str> = models.clone().map(|model| model.schema.as_str()).collect();
        for (name, traits) in &self.config.types.derives {
            if name != ALL_MODELS {
                self.known(&["types", "derives"], "struct or enum", name, &known);
            }
            for derived in traits {
                let mut named =
                    models.clone().filter(|it| name == ALL_MODELS || it.schema == *name);
                if named.clone().next().is_some() && named.all(|it| it.kind.has_trait(derived)) {
                    let message = format!(
                        "`types.derives` gives `{derived}` to `{name}`, which has it anyway"
                    );
                    self.report(&["types", "derives"], name, message, "remove it");
                }
            }
        }
    }

    fn features(&mut self, sdk: &Sdk) {
        for (tag, feature) in &self.config.features.tags {
            let is_good = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
            if feature.is_empty() || !feature.chars().all(is_good) || is_reserved_feature(feature) {
                let message = format!("the feature of a tag cannot be called `{feature}`");
                let help =
                    "use letters, digits, `-` and `_`, and no name of a feature that every SDK has";
                self.report(&["features", "tags"], tag, message, help);
            }
        }
        let tags = sdk.apis.iter().map(|api| api.feature.as_str());
        let known: Vec<&str> = tags.chain([ALL_MODELS_FEATURE]).collect();
        for name in self.config.features.default.iter().flatten() {
            if !is_runtime_feature(name) {
                self.known(&["features", "default"], "feature", name, &known);
            }
        }
    }

    fn modules(&mut self, sdk: &Sdk) {
        for (tag, module) in &self.config.modules.tags {
            let is_name = *module == snake_name(module) && *module == escaped(module);
            let is_taken = sdk.apis.iter().any(|api| api.module == *module);
            if !is_name || is_taken || is_reserved_module(module) {
                let message = format!("a module around tags cannot be called `{module}`");
                let help = "use a word in snake case that is no keyword and no module of a tag";
                self.report(&["modules", "tags"], tag, message, help);
            }
        }
    }

    fn streams(&mut self, sdk: &Sdk) {
        for id in self.config.streams.keys() {
            let operations = sdk.apis.iter().flat_map(|api| &api.operations);
            let mut operations = operations.filter(|operation| operation.id == *id).peekable();
            if operations.peek().is_some() && operations.all(|it| it.output.stream().is_none()) {
                let message =
                    format!("`streams` names the operation `{id}`, whose answer is no stream");
                let help =
                    "an overlay can give its answer a media type such as `text/event-stream`";
                self.report(&["streams"], id, message, help);
            }
        }
    }

    /// Reports a name at `keys` that is not among the known ones.
    fn known(&mut self, keys: &[&str], kind: &str, name: &str, known: &[&str]) {
        if !known.contains(&name) {
            let help = did_you_mean(name, known.iter().copied(), "remove it, or correct the name");
            let keys_text = keys.join(".");
            let message =
                format!("`{keys_text}` names the {kind} `{name}`, which the SDK does not have");
            self.report(keys, name, message, &help);
        }
    }

    fn report(&mut self, keys: &[&str], name: &str, message: String, help: &str) {
        let place = self.config.location(keys, name);
        self.diagnostics.error("unused-configuration", None, message).at(place).help(help);
    }
}
