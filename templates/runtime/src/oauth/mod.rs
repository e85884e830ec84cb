//! Access tokens that the client gets for itself: OAuth 2.0 client credentials (RFC
//! 6749, section 4.4) with a signed assertion (RFC 7523), and tokens bound to a key (RFC
//! 9449, DPoP).

mod dpop;
mod key;
mod private_key_jwt;
pub(crate) mod token_source;

pub(crate) use dpop::wants_nonce;
pub use private_key_jwt::PrivateKeyJwt;
pub(crate) use token_source::{AccessToken, TokenSource};
