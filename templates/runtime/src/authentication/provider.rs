//! Bearer tokens that the caller's own code gets.

use std::future::Future;

use secrecy::SecretString;

use crate::runtime::error::BoxError;
use crate::runtime::transport::BoxFuture;

/// Gives a bearer token for each request: for tokens that change, and that your own code
/// gets.
///
/// An async function without arguments is one:
///
/// ```text
/// Credential::provider(|| async { vault.read("api-token").await.map_err(Into::into) })
/// ```
pub trait TokenProvider: Send + Sync {
    /// Gives the token. It is called for every request, so that an expensive token has
    /// to be kept.
    ///
    /// # Errors
    ///
    /// Whatever keeps the token from being there; it ends the call as
    /// [`Error::Authentication`](crate::runtime::Error::Authentication).
    fn token(&self) -> BoxFuture<Result<SecretString, BoxError>>;

    /// Hears that the server refused a token with the status 401. The call is made
    /// again, once, if [`token`](Self::token) then gives another one. Does nothing by
    /// default.
    fn refused(&self, token: &SecretString) {
        let _ = token;
    }
}

impl<F, R> TokenProvider for F
where
    F: Fn() -> R + Send + Sync,
    R: Future<Output = Result<SecretString, BoxError>> + Send + 'static,
{
    fn token(&self) -> BoxFuture<Result<SecretString, BoxError>> {
        Box::pin(self())
    }
}
