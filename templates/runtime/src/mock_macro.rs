//! The macro that declares the mock of an API.

/// Declares the mock of an API: for each operation a method that gives its answers.
///
/// After the arrow stand the type of the answer's body and the function of
/// `runtime::encode` that writes it.
#[allow(unused_macros, reason = "not every document has an operation")]
macro_rules! mock {
    (
        pub struct $mock:ident for $api:ident {
            $($method:ident: $builder:ident -> $body:ty as $encode:path,)*
        }
    ) => {
        #[doc = concat!("The answers to the operations of [`", stringify!($api), "`].")]
        #[derive(Clone, Debug)]
        pub struct $mock {
            mock: $crate::runtime::Mock,
        }

        impl $mock {
            pub(in crate::api) fn new(mock: &$crate::runtime::Mock) -> Self {
                Self { mock: mock.clone() }
            }

            // A request may be called as a derive macro is, such as `Clone`.
            $(#[doc = concat!("The answers to [`", stringify!($builder), "`](struct@", stringify!($builder), ").")]
            pub fn $method(&self) -> $crate::runtime::Stub<$body> {
                self.mock.stub(&$builder::OPERATION, $encode)
            })*
        }
    };
}
