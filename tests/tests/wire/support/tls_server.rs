//! A server behind TLS, with a certificate authority of its own.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::http::Version;
use axum::routing::get;
use axum::serve::Listener;
use axum::{Json, Router};
use rcgen::{
    BasicConstraints, Certificate, CertificateParams, CertifiedIssuer, CertifiedKey, DnType, IsCa,
    KeyPair,
};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::server::{WantsServerCert, WebPkiClientVerifier};
use tokio_rustls::rustls::{ConfigBuilder, RootCertStore, ServerConfig};
use tokio_rustls::server::TlsStream;

/// A certificate authority that nobody knows yet.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub fn new() -> Self {
        let mut parameters = CertificateParams::default();
        // By default it would be called as what it issues, which OpenSSL then takes for self-signed.
        parameters.distinguished_name.push(DnType::CommonName, "An authority");
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let issuer = CertifiedIssuer::self_signed(parameters, new_key());
        Self(issuer.expect("the parameters make a certificate"))
    }

    /// The root certificate, for a client to trust.
    pub fn root(&self) -> reqwest::Certificate {
        reqwest::Certificate::from_der(self.certificate().der()).expect("it is a certificate")
    }

    /// The root certificate as PEM.
    pub fn root_pem(&self) -> String {
        self.certificate().pem()
    }

    fn certificate(&self) -> &Certificate {
        self.0.as_ref()
    }

    /// A client's certificate and key.
    pub fn identity(&self) -> reqwest::Identity {
        let [certificate, key] = self.identity_pem();
        let pem = format!("{key}{certificate}");
        reqwest::Identity::from_pem(pem.as_bytes()).expect("it is an identity")
    }

    /// A client's certificate and key (PKCS #8) as PEM.
    pub fn identity_pem(&self) -> [String; 2] {
        let CertifiedKey { cert, signing_key } = self.issue("client");
        [cert.pem(), signing_key.serialize_pem()]
    }

    fn issue(&self, name: &str) -> CertifiedKey<KeyPair> {
        let signing_key = new_key();
        let parameters = CertificateParams::new([name.to_owned()]).expect("it is a name");
        let cert = parameters.signed_by(&signing_key, &self.0).expect("the authority can sign");
        CertifiedKey { cert, signing_key }
    }

    /// Starts a server that takes anybody. Gives its URL.
    pub async fn start(&self) -> String {
        serve(self.issue("localhost"), ServerConfig::builder().with_no_client_auth()).await
    }

    /// Starts a server that takes only clients with an [identity](Self::identity). Gives its URL.
    pub async fn start_for_known_clients(&self) -> String {
        let mut roots = RootCertStore::empty();
        roots.add(self.certificate().der().clone()).expect("it is a root");
        let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build();
        let verifier = verifier.expect("there is a root");
        let configuration = ServerConfig::builder().with_client_cert_verifier(verifier);
        serve(self.issue("localhost"), configuration).await
    }
}

fn new_key() -> KeyPair {
    KeyPair::generate().expect("there is randomness")
}

/// Serves on a port of its own, by HTTP/1.1 and HTTP/2. Gives the URL.
async fn serve(
    certified: CertifiedKey<KeyPair>,
    configuration: ConfigBuilder<ServerConfig, WantsServerCert>,
) -> String {
    let key = PrivateKeyDer::try_from(certified.signing_key.serialize_der()).expect("it is a key");
    let mut configuration = configuration
        .with_single_cert(vec![certified.cert.der().clone()], key)
        .expect("the key is that of the certificate");
    configuration.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("there is a free port");
    let port = listener.local_addr().expect("the socket is bound").port();
    let listener = TlsListener { listener, acceptor: Arc::new(configuration).into() };
    let routes = Router::new().route("/api/v1/sessions/{id}", get(session));
    tokio::spawn(async move { axum::serve(listener, routes).await });
    format!("https://localhost:{port}")
}

/// A session whose id is the version of HTTP in which it was asked for.
async fn session(version: Version) -> Json<Value> {
    Json(json!({ "id": format!("{version:?}") }))
}

struct TlsListener {
    listener: TcpListener,
    acceptor: TlsAcceptor,
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let (stream, address) = Listener::accept(&mut self.listener).await;
            // A client that does not trust the server, or that it does not trust, gets no further.
            if let Ok(stream) = self.acceptor.accept(stream).await {
                return (stream, address);
            }
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.listener.local_addr()
    }
}
