mod folding;
mod mat;
mod survival;
