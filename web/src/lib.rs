//! Joins the parts into one site.
