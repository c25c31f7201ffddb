//! How is it stored for search?
