mod folding;
mod laws;
mod mat;
mod summary;
mod survival;
