//! A data set shared with a group: whoever sits in it sees the interviews from the day of the seat until it ends, on real HTTP with real
//! sessions.

use base::audit::By;
use base::site::Equipment;
use base::testing::{TestSite, databases};
use statistics::keeping::{self, Typed};

use crate::access::{Browser, administrator, served};

/// Makes an account with the role of a researcher; its number and a browser that is signed in.
async fn researcher(admin: &mut Browser, address: &str, name: &str) -> (String, Browser) {
    let body = format!("name={name}&email={name}%40example.org&language=en");
    let page = admin.send("POST", "/people", &body).await.body;
    let (_, rest) = page.split_once("action=\"/people/").expect("the person's form");
    let id: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let given = admin.send("POST", &format!("/people/{id}/roles"), "role=researcher").await;
    assert_eq!(given.status, 303, "{}", given.body);
    (id, Browser::by_link(address, &page).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_sees_what_is_shared_with_it_while_one_sits_in_it() {
    for url in databases().await {
        let site = TestSite::open(&url, web::PARTS, Equipment::BARE).await;
        web::import::load_shipped(&site.app, 1_700_000_000).await.expect("the groups load");
        let address = served(&site.app).await;
        let mut admin = administrator(&site.app, &address).await;
        let (owner, mut one) = researcher(&mut admin, &address, "one").await;
        let (other, mut two) = researcher(&mut admin, &address, "two").await;
        let typed = Typed { title: "Mine".into(), ..Typed::default() };
        let by = By::new(format!("person:{owner}"), "researcher");
        let csv = Some(b"hcv\n1\n0\n".to_vec());
        let words = site.app.languages.default();
        let made = keeping::take_file(&site.app, words, &by, &typed, csv, None).await;
        let Ok(set) = made else { panic!("the interviews were not taken") };
        let (page, api) =
            (format!("/statistics/data/{}", set.id), format!("/api/statistics/data/{}", set.id));
        let sharing = format!("{page}/sharing");
        assert_eq!(one.send("GET", &page, "").await.status, 200);
        assert_eq!(two.send("GET", &page, "").await.status, 404);
        assert_eq!(two.send("POST", &sharing, "do=add&email=two%40example.org").await.status, 404);

        let group = "permanent-correspondents";
        let share = format!("do=add&group={group}");
        assert_eq!(one.send("POST", &sharing, &share).await.status, 303);
        assert_eq!(two.send("GET", &page, "").await.status, 404, "nobody sits there yet");
        let seat = format!("person={other}&seat=member");
        let given = admin.send("POST", &format!("/groups/{group}/seats"), &seat).await;
        assert_eq!(given.status, 303, "{}", given.body);
        for at in [&page, &api] {
            assert_eq!(two.send("GET", at, "").await.status, 200, "{at}");
        }
        // Who sees is not who decides.
        assert_eq!(two.send("GET", &sharing, "").await.status, 403);
        assert_eq!(two.send("POST", &format!("{page}/delete"), "sure=yes").await.status, 403);
        for lang in ["en", "fr"] {
            let text = one.send("GET", &format!("{sharing}?lang={lang}"), "").await.body;
            assert!(text.contains(group) && !text.contains('⟦'), "{text}");
        }
        let told = one.send("GET", &format!("{api}/sharing"), "").await.body;
        assert!(told.contains("Permanent Correspondents"), "{told}");
        let ended = format!("do=remove&group={group}");
        assert_eq!(one.send("POST", &sharing, &ended).await.status, 303);
        assert_eq!(two.send("GET", &page, "").await.status, 404);

        // A person by the address of the account; an address that nobody has is refused.
        let to = format!("{api}/sharing");
        assert_eq!(one.send("POST", &to, "do=add&email=nobody%40example.org").await.status, 422);
        assert_eq!(one.send("POST", &to, "do=add&email=two%40example.org").await.status, 200);
        assert_eq!(two.send("GET", &page, "").await.status, 200);
        let ended = format!("do=remove&person={other}");
        assert_eq!(one.send("POST", &to, &ended).await.status, 200);
        assert_eq!(two.send("GET", &page, "").await.status, 404);
    }
}
