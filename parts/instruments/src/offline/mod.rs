//! Filling without a network: what a tablet takes along, the seal under which finished records wait on
//! it, and how each is taken in once, however often it is sent.

pub mod place;
pub mod seal;
pub mod take;
mod taken;
pub mod wire;
