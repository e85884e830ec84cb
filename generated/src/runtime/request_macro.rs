//! The macro that declares a request builder.

/// Declares the request builder of an operation, with what the document says of it.
///
/// After the arrow stand the type of the answer's body and the function of
/// `runtime::decode` that reads it; for an operation with paging, besides, the type of an
/// item and the items of a body. `download` stands for a binary body that is read piece
/// by piece. The braces hold fields of [`Operation`](crate::runtime::Operation).
macro_rules! request {
    (
        $(#[$meta:meta])*
        pub struct $builder:ident -> download;

        $($operation:tt)*
    ) => {
        request! { @declare $(#[$meta])* $builder $($operation)* }
        operation! { $builder -> download }
    };
    (
        $(#[$meta:meta])*
        pub struct $builder:ident -> $body:ty, $decode:expr $(, $item:ty, $items_of:expr)?;

        $($operation:tt)*
    ) => {
        request! { @declare $(#[$meta])* $builder $($operation)* }
        operation! { $builder -> $body, $decode $(, $item, $items_of)? }
    };
    (
        @declare
        $(#[$meta:meta])*
        $builder:ident

        $method:ident $path:literal {
            $($field:ident: $value:expr,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        #[must_use = "a request is sent when it is awaited"]
        pub struct $builder {
            call: $crate::runtime::Call,
        }

        impl $builder {
            /// What the document says of the operation.
            pub const OPERATION: $crate::runtime::Operation = $crate::runtime::Operation {
                method: $crate::runtime::Method::$method,
                path: $path,
                $($field: $value,)*
                ..$crate::runtime::Operation::DEFAULT
            };
        }
    };
}
