//! Private keys, and the tokens that are signed with them (RFC 7515, RFC 7518).

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPairComponents, PublicKeyComponents};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING,
    ECDSA_P521_SHA512_FIXED_SIGNING, EcdsaKeyPair, EcdsaSigningAlgorithm, KeyPair,
    RSA_PKCS1_SHA256, RsaKeyPair,
};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rustls_pki_types::PrivateKeyDer;
use rustls_pki_types::pem::PemObject;
use serde_json::{Value, json};

/// The curves that a key can be of, with the names of the algorithm and of the curve.
const CURVES: [(&EcdsaSigningAlgorithm, &str, &str); 3] = [
    (&ECDSA_P256_SHA256_FIXED_SIGNING, "ES256", "P-256"),
    (&ECDSA_P384_SHA384_FIXED_SIGNING, "ES384", "P-384"),
    (&ECDSA_P521_SHA512_FIXED_SIGNING, "ES512", "P-521"),
];

/// A private key that signs.
pub(super) enum SigningKey {
    Rsa(Box<RsaKeyPair>),
    Ec { key: Box<EcdsaKeyPair>, algorithm: &'static str, curve: &'static str },
}

impl SigningKey {
    /// Reads a PEM file's text (RFC 7468: PKCS #1, PKCS #8 or SEC 1) or a JWK (RFC
    /// 7517). The error says what is wrong without showing any of the key.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        if text.trim_start().starts_with('{') {
            return Self::from_jwk(text);
        }
        // Environment variables hold a key in one line, with the line breaks written
        // out.
        let text = text.replace("\\n", "\n");
        match PrivateKeyDer::from_pem_slice(text.as_bytes()) {
            Ok(PrivateKeyDer::Pkcs1(key)) => {
                Self::from_rsa(RsaKeyPair::from_der(key.secret_pkcs1_der()))
            }
            Ok(PrivateKeyDer::Sec1(key)) => Self::from_ec_der(key.secret_sec1_der()),
            Ok(PrivateKeyDer::Pkcs8(key)) => {
                let key = key.secret_pkcs8_der();
                Self::from_ec_der(key).or_else(|_| Self::from_rsa(RsaKeyPair::from_pkcs8(key)))
            }
            _ => Err("the private key is neither PEM (PKCS #1, PKCS #8 or SEC 1, not encrypted) \
                      nor a JWK"
                .to_owned()),
        }
    }

    /// A new key on the curve P-256.
    pub(super) fn generate() -> Result<Self, String> {
        let [(curve, algorithm, name), ..] = CURVES;
        let key = EcdsaKeyPair::generate(curve).map_err(|_| "no key can be made".to_owned())?;
        Ok(Self::Ec { key: Box::new(key), algorithm, curve: name })
    }

    fn from_rsa<E>(key: Result<RsaKeyPair, E>) -> Result<Self, String> {
        let unusable =
            |_| "the private key is no RSA key of 2048 to 8192 bits and no EC key".to_owned();
        key.map(|key| Self::Rsa(Box::new(key))).map_err(unusable)
    }

    fn from_ec_der(der: &[u8]) -> Result<Self, String> {
        let key = CURVES.iter().find_map(|(curve, algorithm, name)| {
            let key = EcdsaKeyPair::from_private_key_der(curve, der).ok()?;
            Some(Self::Ec { key: Box::new(key), algorithm, curve: name })
        });
        key.ok_or_else(|| "the EC key is not on the curve P-256, P-384 or P-521".to_owned())
    }

    fn from_jwk(text: &str) -> Result<Self, String> {
        let jwk: Value =
            serde_json::from_str(text).map_err(|_| "the JWK is not JSON".to_owned())?;
        match jwk["kty"].as_str() {
            Some("RSA") => Self::from_rsa_jwk(&jwk),
            Some("EC") => Self::from_ec_jwk(&jwk),
            _ => Err("the JWK's `kty` is neither RSA nor EC".to_owned()),
        }
    }

    fn from_rsa_jwk(jwk: &Value) -> Result<Self, String> {
        let components = KeyPairComponents {
            public_key: PublicKeyComponents { n: member(jwk, "n")?, e: member(jwk, "e")? },
            d: member(jwk, "d")?,
            p: member(jwk, "p")?,
            q: member(jwk, "q")?,
            dP: member(jwk, "dp")?,
            dQ: member(jwk, "dq")?,
            qInv: member(jwk, "qi")?,
        };
        Self::from_rsa(RsaKeyPair::from_components(&components))
    }

    fn from_ec_jwk(jwk: &Value) -> Result<Self, String> {
        let curve = CURVES.iter().find(|(_, _, name)| jwk["crv"].as_str() == Some(name));
        let Some((curve, algorithm, name)) = curve else {
            return Err("the JWK's `crv` is not P-256, P-384 or P-521".to_owned());
        };
        let point = [vec![4], member(jwk, "x")?, member(jwk, "y")?].concat();
        let key = EcdsaKeyPair::from_private_key_and_public_key(curve, &member(jwk, "d")?, &point)
            .map_err(|_| "the members of the JWK do not make a key".to_owned())?;
        Ok(Self::Ec { key: Box::new(key), algorithm, curve: name })
    }

    /// The name of the signature's algorithm (RFC 7518, section 3.1).
    pub(super) fn algorithm(&self) -> &'static str {
        match self {
            Self::Rsa(_) => "RS256",
            Self::Ec { algorithm, .. } => algorithm,
        }
    }

    /// The public half of an EC key as a JWK.
    pub(super) fn public_jwk(&self) -> Value {
        let Self::Ec { key, curve, .. } = self else { return Value::Null };
        let point = key.public_key().as_ref();
        let (x, y) = point[1..].split_at(point.len() / 2);
        json!({ "kty": "EC", "crv": curve, "x": encode(x), "y": encode(y) })
    }

    /// A signed token in compact form (RFC 7515, section 7.1).
    pub(super) fn sign(&self, header: &Value, claims: &Value) -> Result<String, String> {
        let message = format!("{}.{}", encode(header.to_string()), encode(claims.to_string()));
        let signature = match self {
            Self::Rsa(key) => {
                let mut signature = vec![0; key.public_modulus_len()];
                key.sign(
                    &RSA_PKCS1_SHA256,
                    &SystemRandom::new(),
                    message.as_bytes(),
                    &mut signature,
                )
                .map(|()| signature)
            }
            Self::Ec { key, .. } => key
                .sign(&SystemRandom::new(), message.as_bytes())
                .map(|signature| signature.as_ref().to_vec()),
        };
        match signature {
            Ok(signature) => Ok(format!("{message}.{}", encode(signature))),
            Err(_) => Err("the private key cannot sign".to_owned()),
        }
    }
}

/// Base64url without padding, as all of JOSE writes bytes.
pub(super) fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A random id of 128 bits, for `jti`.
pub(super) fn random_id() -> Result<String, String> {
    let mut bytes = [0; 16];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| "there is no randomness".to_owned())?;
    Ok(encode(bytes))
}

fn member(jwk: &Value, name: &str) -> Result<Vec<u8>, String> {
    let text = jwk[name].as_str().ok_or_else(|| format!("the JWK has no `{name}`"))?;
    URL_SAFE_NO_PAD.decode(text).map_err(|_| format!("the JWK's `{name}` is not base64url"))
}
