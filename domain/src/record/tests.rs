mod folding;
mod mat;
mod summary;
mod survival;
