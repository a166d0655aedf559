//! The product as a whole.

mod country;
mod encodings;
mod figures;
mod hardship;
mod help;
mod hostile;
mod interrupted;
mod killed;
mod large;
mod laws;
mod load;
mod mail;
mod serving;
mod settings;
mod simulate;
mod storage;
mod template;
mod whole;
mod wrong_files;
