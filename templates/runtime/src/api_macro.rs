//! The macro that declares which APIs a client has.

/// Gives the client, and its mock, one method for each API.
macro_rules! apis {
    ($($(#[$meta:meta])* $method:ident: $module:ident::{$api:ident, $mock:ident};)*) => {
        impl $crate::runtime::Client {
            $($(#[$meta])*
            pub fn $method(&self) -> $module::$api {
                $module::$api::new(self)
            })*
        }

        #[cfg(feature = "mock")]
        impl $crate::runtime::Mock {
            $($(#[$meta])*
            pub fn $method(&self) -> $module::$mock {
                $module::$mock::new(self)
            })*
        }
    };
}
