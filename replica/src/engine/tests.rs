//! The engine against a model of the server, over a store in memory.

mod converge;
mod damage;
mod faults;
mod forking;
mod handover;
mod keys;
mod opening;
mod outcomes;
mod pulling;
mod redacting;
mod restoring;
mod saving;
mod sending;
mod tablet;
mod tabs;
