//! Encrypted records: an encryptor written from the specification seals a record with a photograph, the phone's way
//! sends it in parts, the site keeps what it cannot read, and only the key opens it.

use aes::Aes256;
use aes::cipher::KeyIvInit;
use base::testing::databases;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use instruments::sealed::{Envelope, Key, of_round};
use md5::{Digest as _, Md5};
use rsa::pkcs8::{EncodePrivateKey, EncodePublicKey, LineEnding};
use rsa::rand_core::{TryCryptoRng, TryRng};
use rsa::{Oaep, RsaPrivateKey, RsaPublicKey};
use sha2::Sha256;

use super::collect::{device, multipart, served, wire};
use super::*;

/// SplitMix64: the same key each time, which opens nothing but this test's records.
struct Drawn(u64);

impl TryRng for Drawn {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        self.try_next_u64().map(|it| it as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Ok(z ^ (z >> 31))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
        for byte in bytes {
            *byte = self.try_next_u64()? as u8;
        }
        Ok(())
    }
}

impl TryCryptoRng for Drawn {}

fn pair() -> (RsaPrivateKey, RsaPublicKey) {
    let private = RsaPrivateKey::new(&mut Drawn(7), 2048).expect("a key");
    let public = private.to_public_key();
    (private, public)
}

/// What a phone makes of a record: the manifest, and the sealed files by name.
fn sealed(
    public: &RsaPublicKey,
    instance: &str,
    xml: &str,
    media: &[(&str, &[u8])],
) -> (String, Vec<(String, Vec<u8>)>) {
    let key: [u8; 32] = std::array::from_fn(|at| (at * 7 + 3) as u8);
    let mut iv: [u8; 16] = Md5::new().chain_update(instance).chain_update(key).finalize().into();
    let sealed_key = public.encrypt(&mut Drawn(1), Oaep::<Sha256>::new(), &key).expect("sealed");
    let sealed_key = STANDARD.encode(sealed_key);
    let mut source = format!("locked\n1\n{sealed_key}\n{instance}\n");
    let mut files = Vec::new();
    let all = media.iter().copied().chain([("submission.xml", xml.as_bytes())]);
    for (at, (name, bytes)) in all.enumerate() {
        iv[at % 16] = iv[at % 16].wrapping_add(1);
        let mut padded = bytes.to_vec();
        let padding = 16 - padded.len() % 16;
        padded.extend(std::iter::repeat_n(padding as u8, padding));
        cfb_mode::Encryptor::<Aes256>::new(&key.into(), &iv.into()).encrypt(&mut padded);
        files.push((format!("{name}.enc"), padded));
        let sum = Md5::digest(bytes).iter().map(|it| format!("{it:02x}")).collect::<String>();
        source += &format!("{name}::{sum}\n");
    }
    let signature = Md5::digest(source.as_bytes());
    let signature =
        public.encrypt(&mut Drawn(2), Oaep::<Sha256>::new(), &signature).expect("sealed");
    let names: String =
        media.iter().map(|(name, _)| format!("<media><file>{name}.enc</file></media>")).collect();
    let manifest = format!(
        "<data xmlns=\"http://www.opendatakit.org/xforms/encrypted\" id=\"locked\" version=\"1\" encrypted=\"yes\"><base64EncryptedKey>{sealed_key}</base64EncryptedKey><n0:meta xmlns:n0=\"http://openrosa.org/xforms\"><n0:instanceID>{instance}</n0:instanceID></n0:meta>{names}<encryptedXmlFile>submission.xml.enc</encryptedXmlFile><base64EncryptedElementSignature>{}</base64EncryptedElementSignature></data>",
        STANDARD.encode(signature)
    );
    (manifest, files)
}

#[tokio::test]
async fn a_sealed_record_is_kept_and_only_the_key_opens_it() {
    let (private, public) = pair();
    let pem = private.to_pkcs8_pem(LineEnding::LF).expect("PEM");
    let key = Key::read(pem.as_bytes()).expect("a key");
    let half = STANDARD.encode(public.to_public_key_der().expect("DER").as_bytes());
    let form = format!(
        "| settings | | | | |\n| | form_title | form_id | version | public_key |\n| | Locked | locked | 1 | {half} |\n| survey | | | |\n| | type | name | label |\n| | text | secret | What? |\n| | image | photo | Photo |\n"
    );
    for url in databases().await {
        let site = site(&url).await;
        let admin = administrator(&site).await;
        published(&admin, "locked", &form).await;
        let id = round(&admin, "locked", "named").await;
        let (_, _, token) = device(&admin, &id).await;
        let at = served(&site).await;
        let fetched = wire(at, "GET", &format!("/collect/{token}/form/1"), "", b"").await;
        assert!(
            fetched.body.contains(&format!("base64RsaPublicKey=\"{half}\"")),
            "{}",
            fetched.body
        );

        let xml = "<data id=\"locked\" version=\"1\"><secret>nobody reads this</secret><photo>a.jpg</photo></data>";
        let photo: Vec<u8> = (0..700_000_u32).map(|it| (it % 253) as u8).collect();
        let (manifest, files) = sealed(&public, "uuid:s1", xml, &[("a.jpg", &photo)]);
        let send = format!("/collect/{token}/submission");
        let kind = "content-type: multipart/form-data; boundary=edge\r\n";
        // In two parts, the photograph first: each is acknowledged, and together they are the record.
        for (name, bytes) in &files {
            let body = multipart(&manifest, &[(name, bytes)]);
            let sent = wire(at, "POST", &send, kind, &body).await;
            assert_eq!(sent.status, 201, "{sent:?}");
        }
        let csv = admin.get(&format!("/rounds/{id}/data/answers.csv")).await.text();
        assert!(!csv.contains("nobody reads this"), "{csv}");
        let page = admin.get(&format!("/rounds/{id}/records/1")).await.text();
        assert!(page.contains("submission.xml.enc") && page.contains("Encrypted"), "{page}");

        // One whose photograph never came is told by name; the other is opened all the same.
        let (manifest, files) = sealed(&public, "uuid:s2", xml, &[("b.jpg", b"b")]);
        let (name, bytes) = &files[1];
        let sent = wire(at, "POST", &send, kind, &multipart(&manifest, &[(name, bytes)])).await;
        assert_eq!(sent.status, 201);
        let mut opened = Vec::new();
        let count = of_round(&site.app, &id, &key, |found| {
            opened.push(found);
            Ok(())
        });
        assert_eq!(count.await.expect("opened"), 2);
        let first = opened[0].opened.as_ref().expect("the first is whole");
        assert!(first.whole && first.xml == xml);
        assert_eq!(first.files, [("a.jpg".to_owned(), photo)]);
        let second = opened[1].opened.as_ref().expect_err("the second is not").to_string();
        assert!(second.contains("b.jpg"), "{second}");
    }
}

#[test]
fn what_is_damaged_or_sealed_for_another_says_so() {
    let (private, public) = pair();
    let key = Key::read(private.to_pkcs8_der().expect("DER").as_bytes()).expect("a key");
    let (manifest, files) = sealed(&public, "uuid:1", "<data/>", &[]);
    let envelope = Envelope::read(&manifest).expect("an envelope");
    let give = |bytes: Vec<u8>| move |_: &str| Ok(bytes.clone());
    let mut bent = files[0].1.clone();
    bent[0] ^= 1;
    let opened = envelope.open(&key, give(bent));
    assert!(opened.is_err() || opened.is_ok_and(|it| !it.whole), "a changed byte is seen");
    let other = RsaPrivateKey::new(&mut Drawn(8), 2048).expect("a key");
    let other = Key::read(other.to_pkcs8_der().expect("DER").as_bytes()).expect("a key");
    let error = envelope.open(&other, give(files[0].1.clone())).expect_err("another key");
    assert!(error.to_string().contains("sealed for another key"), "{error}");
    assert!(Key::read(b"no key").is_err());
    assert!(Envelope::read("<data id=\"x\"/>").is_err());
}
