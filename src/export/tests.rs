//! What leaves is whole, escaped and comes back the same.
