//! What goes wrong on the way to DynamoDB, and what is made of it.

use super::*;
