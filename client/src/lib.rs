//! Browser assets.
