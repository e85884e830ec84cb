//! What every request builder has in common.

/// Gives a request builder with a field `call` the methods that all of them have.
///
/// `operation! { GetUser -> models::User, decode::json }`: the builder, the type of the
/// answer's body, and the function of `runtime::decode` that reads it.
///
/// `operation! { ListUsers -> Vec<models::User>, decode::json, models::User, |page| page
/// }`: for an operation with paging, besides, the type of an item and the items of a
/// body.
macro_rules! operation {
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
        }
    };
    ($builder:ident -> $body:ty, $decode:expr) => {
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
            ) -> impl Future<Output = $crate::Result<$crate::Response<$body>>> + Send + 'static
            {
                self.call.send($decode)
            }

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

        impl IntoFuture for $builder {
            type Output = $crate::Result<$body>;
            type IntoFuture = $crate::runtime::BoxFuture<Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                self.call.into_body($decode)
            }
        }
    };
}
