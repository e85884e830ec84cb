//! The macro that declares the request builder of an operation whose answer flows.

/// Declares the request builder of an operation whose answer is given item by item.
///
/// `stream_request! { pub struct WatchUsers -> events models::User, decode::model; .. }`: the body of the answer is a
/// stream of server-sent events, whose data is of that type. So are `json_lines` and `json_sequence` for JSON texts, and
/// `parts` for the parts of a body of several.
/// What follows is that of `request!`.
#[allow(unused_macros, reason = "without a tag's feature there is no operation")]
macro_rules! stream_request {
    (
        pub struct $builder:ident -> events $data:ty, $decode:expr;
        $($operation:tt)*
    ) => {
        request! { @declare $builder $($operation)* }
        stream_request! {
            @items $builder -> $crate::runtime::EventStream<$data>, events, events_blocking, $decode
        }

        impl $builder {
            /// Sets whether the stream is asked for again when it ends or breaks off, from the last event on, in
            /// place of what holds for the operation: see [`Call::events`]($crate::runtime::Call::events).
            pub fn reconnect(mut self, reconnect: bool) -> Self {
                self.call = self.call.reconnect(reconnect);
                self
            }
        }
    };
    (
        pub struct $builder:ident -> json_lines $item:ty, $decode:expr;
        $($operation:tt)*
    ) => {
        request! { @declare $builder $($operation)* }
        stream_request! {
            @items $builder -> $crate::runtime::JsonStream<$item>, json_lines, json_lines_blocking, $decode
        }
    };
    (
        pub struct $builder:ident -> json_sequence $item:ty, $decode:expr;
        $($operation:tt)*
    ) => {
        request! { @declare $builder $($operation)* }
        stream_request! {
            @items $builder -> $crate::runtime::JsonStream<$item>, json_sequence, json_sequence_blocking, $decode
        }
    };
    (
        pub struct $builder:ident -> parts $data:ty, $decode:expr;
        $($operation:tt)*
    ) => {
        request! { @declare $builder $($operation)* }
        stream_request! {
            @items $builder -> $crate::runtime::PartStream<$data>, parts, parts_blocking, $decode
        }
    };
    (@items $builder:ident -> $stream:ty, $open:ident, $open_blocking:ident, $decode:expr) => {
        operation! { @settings $builder }

        impl $builder {
            /// Sends the request and gives the answer, whose items then come one by one. The
            /// same as awaiting the builder itself.
            ///
            /// # Errors
            ///
            /// Any [`Error`]($crate::Error): the server's refusal, a failed connection,
            /// a time-out, or a credential that the client lacks.
            pub fn send(self) -> $crate::runtime::BoxFuture<$crate::Result<$stream>> {
                self.call.$open($decode)
            }

            /// As [`send`](Self::send), in code that is not async: what it gives is an
            /// iterator.
            ///
            /// # Errors
            ///
            /// As for [`send`](Self::send). Inside of an async runtime it is an error,
            /// too.
            #[cfg(feature = "blocking")]
            pub fn send_blocking(self) -> $crate::Result<$crate::runtime::Blocking<$stream>> {
                self.call.$open_blocking($decode)
            }

            /// Sends the request and gives the answer with its bytes as they come, for those
            /// who take them apart themselves.
            ///
            /// # Errors
            ///
            /// As for [`send`](Self::send).
            pub fn download(
                self,
            ) -> impl Future<Output = $crate::Result<$crate::runtime::Download>> {
                self.call.download()
            }

            /// As [`download`](Self::download), in code that is not async.
            ///
            /// # Errors
            ///
            /// As for [`send_blocking`](Self::send_blocking).
            #[cfg(feature = "blocking")]
            pub fn download_blocking(self) -> $crate::Result<$crate::runtime::Download> {
                self.call.download_blocking()
            }

            /// Sets for how long nothing may come of the answer once it has begun, in place
            /// of the client's time.
            pub fn idle_timeout(mut self, timeout: std::time::Duration) -> Self {
                self.call = self.call.idle_timeout(timeout);
                self
            }
        }

        impl IntoFuture for $builder {
            type Output = $crate::Result<$stream>;
            type IntoFuture = $crate::runtime::BoxFuture<Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                self.call.$open($decode)
            }
        }
    };
}
