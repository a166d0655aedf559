//! How often one may try to sign in. Failures are counted by account and address together, and by
//! address alone: somebody elsewhere who tries a thousand passwords stops themselves, not the owner.

use std::net::IpAddr;

use sqlx::AnyPool;

/// Failures are forgotten after so long.
const WINDOW_SECONDS: i64 = 15 * 60;
/// For one account from one address: enough for somebody who mistypes.
const FOR_ONE: i64 = 5;
/// For all accounts from one address: an office of some dozen behind one address still gets in.
const FROM_ONE: i64 = 50;

/// Passkeys and other sites' words asked for from one address: nothing is guessed there, but each
/// question is kept for minutes.
const ASKED_FROM_ONE: i64 = 200;

/// Where a try comes from: an address, or for IPv6 the network that a household is given.
pub fn origin(address: Option<IpAddr>) -> String {
    match address {
        None => "here".into(),
        Some(IpAddr::V4(four)) => four.to_string(),
        Some(IpAddr::V6(six)) => match six.to_ipv4_mapped() {
            Some(four) => four.to_string(),
            None => six.segments()[..4].iter().map(|part| format!("{part:x}:")).collect(),
        },
    }
}

fn keys(email: &str, origin: &str) -> [(String, i64); 2] {
    [(format!("{origin} {email}"), FOR_ONE), (origin.to_owned(), FROM_ONE)]
}

/// Whether another try is allowed now.
pub async fn allows(pool: &AnyPool, email: &str, origin: &str, now: i64) -> sqlx::Result<bool> {
    for (what, most) in keys(email, origin) {
        let sql = "SELECT COUNT(*) FROM tries WHERE what = $1 AND at > $2";
        let count: i64 =
            sqlx::query_scalar(sql).bind(what).bind(now - WINDOW_SECONDS).fetch_one(pool).await?;
        if count >= most {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether another question may be put to a browser from here; counts it.
pub async fn asks(pool: &AnyPool, origin: &str, now: i64) -> sqlx::Result<bool> {
    forget_old(pool, now).await?;
    let what = format!("{origin} asked");
    let sql = "INSERT INTO tries (what, at) VALUES ($1, $2)";
    sqlx::query(sql).bind(&what).bind(now).execute(pool).await?;
    let sql = "SELECT COUNT(*) FROM tries WHERE what = $1";
    let count: i64 = sqlx::query_scalar(sql).bind(&what).fetch_one(pool).await?;
    Ok(count <= ASKED_FROM_ONE)
}

/// Counts a try before it is judged, so that many at once are not all let through.
pub async fn count(pool: &AnyPool, email: &str, origin: &str, now: i64) -> sqlx::Result<()> {
    forget_old(pool, now).await?;
    for (what, _) in keys(email, origin) {
        let sql = "INSERT INTO tries (what, at) VALUES ($1, $2)";
        sqlx::query(sql).bind(what).bind(now).execute(pool).await?;
    }
    Ok(())
}

async fn forget_old(pool: &AnyPool, now: i64) -> sqlx::Result<()> {
    let sql = "DELETE FROM tries WHERE at <= $1 OR at > $2";
    sqlx::query(sql).bind(now - WINDOW_SECONDS).bind(now + WINDOW_SECONDS).execute(pool).await?;
    Ok(())
}

/// Forgets the failures of an account from here, once its owner came in.
pub async fn forget(pool: &AnyPool, email: &str, origin: &str) -> sqlx::Result<()> {
    let [(what, _), _] = keys(email, origin);
    let sql = "DELETE FROM tries WHERE what = $1";
    sqlx::query(sql).bind(what).execute(pool).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::origin;

    #[test]
    fn a_household_is_one_origin() {
        let of = |text: &str| origin(Some(text.parse().expect("an address")));
        assert_eq!(of("2001:db8:1:2:3::4"), of("2001:db8:1:2:ffff::1"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
        assert_eq!(origin(None), "here");
    }
}
