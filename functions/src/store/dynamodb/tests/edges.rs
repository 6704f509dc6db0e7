//! The edges: what is nearly too long, nearly too many, or only half there.

use super::*;
