//! What enums have in common whose variants are stored, typed and sent as codes.

/// Gives an enum whose codes strum derives `ALL`, `as_str` and `parse`.
macro_rules! coded {
    ($name:ident) => {
        impl $name {
            /// Every one, in order.
            pub const ALL: &'static [Self] = <Self as ::strum::VariantArray>::VARIANTS;

            /// Its code: what is stored, typed and sent.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                self.into()
            }

            /// The one with this code: the inverse of [`Self::as_str`].
            #[must_use]
            pub fn parse(code: &str) -> Option<Self> {
                code.parse().ok()
            }
        }
    };
}
