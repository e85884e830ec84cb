//! The macro that declares a request builder.

/// Declares the request builder of an operation, with what the document says of it.
///
/// After the arrow stand the type of the answer's body and the function of
/// `runtime::decode` that reads it; for an operation with paging, besides, the type of an
/// item and the items of a body. `download` stands for a binary body that is read piece
/// by piece. Then follow method, path and operationId, the security schemes with their
/// scopes, and in braces further fields of [`Operation`](crate::runtime::Operation).
#[allow(unused_macros, reason = "without a tag's feature there is no operation")]
macro_rules! request {
    (
        pub struct $builder:ident -> download;
        $($operation:tt)*
    ) => {
        request! { @declare $builder $($operation)* }
        operation! { $builder -> download }
    };
    (
        pub struct $builder:ident -> $body:ty, $decode:expr $(, $item:ty, $items_of:expr)?;
        $($operation:tt)*
    ) => {
        request! { @declare $builder $($operation)* }
        operation! { $builder -> $body, $decode $(, $item, $items_of)? }
    };
    (
        @declare $builder:ident
        $method:ident $(($token:literal))? $path:literal as $id:literal $(doc $markdown:literal)?;
        $(security $($($scheme:literal $([$($scope:literal),+])?)and+)or+;)?
        $({ $($field:ident: $value:expr,)* })?
    ) => {
        #[doc = concat!("The request of the operation ", in_docs!($id $(, $markdown)?), ".")]
        #[derive(Clone, Debug)]
        #[must_use = "a request is sent when it is awaited"]
        pub struct $builder {
            call: $crate::runtime::Call,
        }

        impl $builder {
            /// What the document says of the operation.
            pub const OPERATION: $crate::runtime::Operation = $crate::runtime::Operation {
                id: $id,
                method: $crate::runtime::Method::$method$(($token))?,
                path: $path,
                $(security: &[$(&[$(
                    $crate::runtime::Requirement::new($scheme, &[$($($scope),+)?]),
                )+]),+],)?
                $($($field: $value,)*)?
                ..$crate::runtime::Operation::DEFAULT
            };
        }
    };
}
