//! What a caller puts between the client and the network.

use std::fmt;
use std::sync::Arc;

use http_body::Body;
use tower::util::BoxCloneSyncService;
use tower::{Layer, Service, ServiceExt};

use super::error::BoxError;
use super::network::Network;
use super::transport::HttpService;

/// The layers of a client, in the order in which they were added.
#[derive(Clone, Default)]
pub(crate) struct Layers(Vec<Arc<Wrap>>);

type Wrap = dyn Fn(HttpService) -> HttpService + Send + Sync;

impl Layers {
    pub(crate) fn push<L, B>(&mut self, layer: L)
    where
        L: Layer<HttpService> + Send + Sync + 'static,
        L::Service: Service<
                http::Request<reqwest::Body>,
                Response = http::Response<B>,
                Error: Into<BoxError>,
                Future: Send + 'static,
            > + Clone
            + Send
            + Sync
            + 'static,
        B: Body<Data: Into<bytes::Bytes>, Error: Into<BoxError>> + Send + Sync + 'static,
    {
        self.0.push(Arc::new(move |inner| {
            let service = layer.layer(inner).map_err(Into::into);
            BoxCloneSyncService::new(
                service.map_response(|response| response.map(reqwest::Body::wrap)),
            )
        }));
    }

    /// Puts the layers, if there are any, around what sends requests; the one that was added first is the outermost.
    pub(crate) fn wrap(&self, network: Network) -> Network {
        if self.0.is_empty() {
            return network;
        }
        let service = network.service();
        Network::Layered(self.0.iter().rev().fold(service, |inner, wrap| wrap(inner)))
    }
}

impl fmt::Debug for Layers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} layers", self.0.len())
    }
}
