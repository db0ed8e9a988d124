//! Flow metrics.
