//! Background work: named threads, progress, cancellation, one bounded channel.
