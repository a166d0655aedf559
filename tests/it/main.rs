//! The product as a whole.

mod anonymous_traces;
mod country;
mod data_sets;
mod encodings;
mod figures;
mod hardship;
mod help;
mod hostile;
mod hostile_forms;
mod interrupted;
mod killed;
mod large;
mod laws;
mod load;
mod mail;
mod print_form;
mod records_killed;
mod records_load;
mod serving;
mod settings;
mod simulate;
mod storage;
mod template;
mod whole;
mod wrong_files;
