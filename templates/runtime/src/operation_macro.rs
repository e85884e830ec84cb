//! What every request builder has in common.

/// Gives a request builder with a field `call` the methods that all of them have.
///
/// `operation! { GetUser -> models::User, decode::json }`: the builder, the type of the
/// answer's body, and the function of `runtime::decode` that reads it.
///
/// `operation! { ListUsers -> Vec<models::User>, decode::json, models::User, |page| page
/// }`: for an operation with paging, besides, the type of an item and the items of a
/// body.
///
/// `operation! { GetPhoto -> download }`: the body of the answer is binary, and read
/// piece by piece.
#[allow(unused_macros, reason = "without a tag's feature there is no operation")]
macro_rules! operation {
    ($builder:ident -> download) => {
        operation! { @settings $builder }

        impl $builder {
            /// Sends the request and gives the answer, whose body is then read piece by
            /// piece. The same as awaiting the builder itself.
            ///
            /// # Errors
            ///
            /// Any [`Error`]($crate::Error): the server's refusal, a failed connection,
            /// a time-out, or a credential that the client lacks.
            pub fn send(
                self,
            ) -> $crate::runtime::BoxFuture<$crate::Result<$crate::runtime::Download>> {
                self.call.download()
            }

            /// As [`send`](Self::send), in code that is not async.
            ///
            /// # Errors
            ///
            /// As for [`send`](Self::send). Inside of an async runtime it is an error,
            /// too.
            #[cfg(feature = "blocking")]
            pub fn send_blocking(self) -> $crate::Result<$crate::runtime::Download> {
                self.call.download_blocking()
            }
        }

        impl IntoFuture for $builder {
            type Output = $crate::Result<$crate::runtime::Download>;
            type IntoFuture = $crate::runtime::BoxFuture<Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                self.call.download()
            }
        }
    };
    ($builder:ident -> $page:ty, $decode:expr, $item:ty, $items_of:expr) => {
        operation! { $builder -> $page, $decode }

        impl $builder {
            /// Goes through the items of the list, from this request's page to the last.
            /// A page is asked for when the one before is used up.
            pub fn stream(self) -> $crate::runtime::Items<$page, $item> {
                self.call.items($decode, $items_of)
            }

            /// Goes through the pages of the list, from this request's page to the last,
            /// each a whole answer.
            pub fn pages(self) -> $crate::runtime::Pages<$page> {
                self.call.pages($decode)
            }

            /// As [`stream`](Self::stream), in code that is not async.
            #[cfg(feature = "blocking")]
            pub fn stream_blocking(
                self,
            ) -> $crate::runtime::Blocking<$crate::runtime::Items<$page, $item>> {
                self.call.items_blocking($decode, $items_of)
            }

            /// As [`pages`](Self::pages), in code that is not async.
            #[cfg(feature = "blocking")]
            pub fn pages_blocking(
                self,
            ) -> $crate::runtime::Blocking<$crate::runtime::Pages<$page>> {
                self.call.pages_blocking($decode)
            }
        }
    };
    ($builder:ident -> $body:ty, $decode:expr) => {
        operation! { @settings $builder }

        impl $builder {
            /// Sends the request and gives the whole answer: status, headers, request
            /// id, rate limit and the decoded body. Await the builder itself to get the
            /// body only.
            ///
            /// # Errors
            ///
            /// Any [`Error`]($crate::Error): the server's refusal, a failed connection,
            /// a time-out, a body of another form, or a credential that the client
            /// lacks.
            pub fn send(
                self,
            ) -> $crate::runtime::BoxFuture<$crate::Result<$crate::Response<$body>>> {
                self.call.send($decode)
            }

            /// As [`send`](Self::send), in code that is not async.
            ///
            /// # Errors
            ///
            /// As for [`send`](Self::send). Inside of an async runtime it is an error,
            /// too.
            #[cfg(feature = "blocking")]
            pub fn send_blocking(self) -> $crate::Result<$crate::Response<$body>> {
                self.call.send_blocking($decode)
            }
        }

        impl IntoFuture for $builder {
            type Output = $crate::Result<$body>;
            type IntoFuture = $crate::runtime::BoxFuture<Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                self.call.into_body($decode)
            }
        }
    };
    (@settings $builder:ident) => {
        impl $builder {
            /// Sets a header of this request, in place of one that the SDK sets.
            pub fn header(mut self, name: &str, value: &str) -> Self {
                self.call = self.call.header(name, value);
                self
            }

            /// Sets how long this call may take, with all its retries and waits, in
            /// place of the client's time-out.
            pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
                self.call = self.call.timeout(timeout);
                self
            }

            /// Sets how often this call is made again after a rate limit or a failure,
            /// in place of the client's number.
            pub fn max_retries(mut self, max_retries: u32) -> Self {
                self.call = self.call.max_retries(max_retries);
                self
            }

            /// Sets the longest wait of this call before a retry, in place of the
            /// client's.
            pub fn max_retry_wait(mut self, max_retry_wait: std::time::Duration) -> Self {
                self.call = self.call.max_retry_wait(max_retry_wait);
                self
            }
        }
    };
}
