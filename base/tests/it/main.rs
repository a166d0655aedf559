//! What every part stands on, tried on both databases: the queue of long work, the audit chain.

mod audit;
mod backup;
mod jobs;
mod storage;
