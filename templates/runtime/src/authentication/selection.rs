//! Which of a client's credentials an operation gets.

use super::credential::Credential;
use crate::runtime::error::{AuthenticationError, Error, Result};
use crate::runtime::operation::{Operation, Requirement};
use crate::runtime::settings::{SecurityScheme, SecuritySchemeKind, Settings};

/// The credentials of a client, by the name of their scheme.
#[derive(Clone, Debug, Default)]
pub(crate) struct Credentials(Vec<(&'static str, Credential)>);

impl Credentials {
    /// Sets the credential of a scheme, in place of an earlier one.
    pub(crate) fn set(&mut self, scheme: &'static str, credential: Credential) {
        self.0.retain(|(name, _)| *name != scheme);
        self.0.push((scheme, credential));
    }

    #[cfg(feature = "config")]
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is wrong with the credentials.
    pub(crate) fn problems(&self, settings: &Settings) -> Vec<String> {
        let problem = |(name, credential): &(&str, Credential)| match settings.security_scheme(name)
        {
            Some(scheme) => credential.problem(scheme),
            None => Some(format!("there is no security scheme `{name}`")),
        };
        self.0.iter().filter_map(problem).collect()
    }

    fn get(&self, scheme: &str) -> Option<&Credential> {
        self.0.iter().find(|(name, _)| *name == scheme).map(|(_, credential)| credential)
    }

    /// The schemes whose credentials a call gets: those of the first requirement of the document that
    /// the client can meet. Where authentication is optional and none can be met, there
    /// are none.
    pub(crate) fn select(
        &self,
        operation: &'static Operation,
        settings: &Settings,
    ) -> Result<&'static [Requirement]> {
        let mut alternatives = operation.security.iter().filter(|schemes| !schemes.is_empty());
        if let Some(schemes) = alternatives.find(|schemes| self.meets(schemes, settings)) {
            return Ok(schemes);
        }
        let optional = operation.security.iter().any(|schemes| schemes.is_empty());
        if optional || operation.security.is_empty() {
            return Ok(&[]);
        }
        let message = self.missing(operation, settings);
        Err(Error::Authentication(AuthenticationError::new(operation, message)))
    }

    /// Whether the client has a credential for each scheme of a requirement that needs one.
    fn meets(&self, schemes: &[Requirement], settings: &Settings) -> bool {
        schemes.iter().all(|requirement| match settings.security_scheme(requirement.scheme) {
            Some(scheme) if scheme.kind == SecuritySchemeKind::MutualTls => true,
            Some(_) => self.get(requirement.scheme).is_some(),
            None => false,
        })
    }

    /// The credential for a scheme of a requirement. `None`: it needs none.
    pub(super) fn selected(
        &self,
        requirement: &Requirement,
        settings: &Settings,
    ) -> Option<Selected<'_>> {
        let scheme = settings.security_scheme(requirement.scheme)?;
        let credential = self.get(requirement.scheme)?;
        (scheme.kind != SecuritySchemeKind::MutualTls).then_some(Selected { scheme, credential })
    }

    /// Says what the operation accepts, what the client has, and what to do.
    fn missing(&self, operation: &Operation, settings: &Settings) -> String {
        let accepted: Vec<String> = operation
            .security
            .iter()
            .map(|schemes| {
                let names: Vec<_> =
                    schemes.iter().map(|requirement| format!("`{}`", requirement.scheme)).collect();
                names.join(" with ")
            })
            .collect();
        let present: Vec<String> = self.0.iter().map(|(name, _)| format!("`{name}`")).collect();
        let present = match present.as_slice() {
            [] => "no credential".to_owned(),
            names => format!("only {}", names.join(" and ")),
        };
        let methods: Vec<String> = operation
            .security
            .iter()
            .flat_map(|schemes| schemes.iter())
            .filter_map(|requirement| settings.security_scheme(requirement.scheme))
            .filter(|scheme| !scheme.builder_method.is_empty())
            .map(|scheme| format!("`ClientBuilder::{}`", scheme.builder_method))
            .collect();
        let accepted = accepted.join(" or ");
        let mut advice = match methods.as_slice() {
            [] => String::new(),
            methods => format!("; use {}", methods.join(" or ")),
        };
        if let Some(scheme) = computed(operation, settings) {
            advice.push_str(&format!(
                " with a `ClientBuilder::layer` of your own that answers the server's challenge: \
                 the client does not compute credentials of the HTTP scheme `{scheme}`"
            ));
        }
        format!("the operation accepts {accepted}, but the client has {present}{advice}")
    }
}

/// The word of a scheme that an operation accepts, and whose credential a layer computes.
fn computed(operation: &Operation, settings: &Settings) -> Option<&'static str> {
    let requirements = operation.security.iter().flat_map(|schemes| schemes.iter());
    let mut schemes = requirements.filter_map(|it| settings.security_scheme(it.scheme));
    schemes.find_map(|scheme| match scheme.kind {
        SecuritySchemeKind::Computed { scheme } => Some(scheme),
        _ => None,
    })
}

/// A credential and the scheme that tells how to send it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Selected<'c> {
    pub(super) scheme: &'static SecurityScheme,
    pub(super) credential: &'c Credential,
}
