//! What stands behind an address under which somebody fills without a network: a shared address takes
//! many records, a link or a begun anonymous answer takes one.

use base::{Refusal, Site};

use crate::draft;
use crate::round::{self, Respondent, Round};

pub enum Place {
    /// One address for everybody, many records.
    Shared(Round),
    /// The link of a named respondent.
    Link(Round, Respondent),
    /// What an anonymous link was exchanged for.
    Begun(Round),
}

impl Place {
    pub fn round(&self) -> &Round {
        match self {
            Place::Shared(round) | Place::Link(round, _) | Place::Begun(round) => round,
        }
    }

    /// Whether one record is all that it takes.
    pub fn single(&self) -> bool {
        !matches!(self, Place::Shared(_))
    }
}

/// The place with this address. Links of anonymous rounds are none: they must be exchanged first, so that
/// what arrives cannot be laid beside the name of the link.
pub async fn find(site: &Site, secret: &str) -> Result<Place, Refusal> {
    let pool = &site.storage.pool;
    let gone = || Refusal::not_found("no-link", "");
    if let Some(round) = round::with_address(pool, secret).await? {
        return Ok(Place::Shared(round));
    }
    if let Some((round, respondent)) = round::with_link(pool, secret).await? {
        return if round.anonymous { Err(gone()) } else { Ok(Place::Link(round, respondent)) };
    }
    let draft = draft::find(pool, secret).await?.filter(|draft| draft.respondent == 0);
    let draft = draft.ok_or_else(gone)?;
    let round = round::find(pool, &draft.round).await?.ok_or_else(gone)?;
    Ok(Place::Begun(round))
}
