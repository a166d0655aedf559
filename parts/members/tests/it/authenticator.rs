//! An authenticator in software: holds a key pair for each site, and answers as a telephone would, or
//! with whatever a test wants it to lie about. WebAuthn, level 3, sections 6 and 7.

use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub struct Authenticator {
    key: SigningKey,
    id: Vec<u8>,
    /// What the site called its owner.
    pub handle: String,
    pub counter: u32,
    /// The page that a browser says it is on.
    pub origin: String,
    /// Whether it looked at a finger, a face or a PIN.
    pub verifies: bool,
}

impl Authenticator {
    pub fn new(origin: &str, number: u8) -> Authenticator {
        Authenticator {
            key: SigningKey::from_slice(&[number; 32]).expect("a key"),
            id: vec![number; 16],
            handle: String::new(),
            counter: 0,
            origin: origin.into(),
            verifies: true,
        }
    }

    /// Makes a passkey as `options` ask, and gives what a browser would send.
    pub fn create(&mut self, options: &Value) -> String {
        self.handle = options["user"]["id"].as_str().expect("a handle").into();
        let mut data = self.data(options["rp"]["id"].as_str().expect("a site"), 0x40);
        data.extend([0; 16]); // AAGUID: not told
        data.extend([0, 16]);
        data.extend(&self.id);
        data.extend(self.public_key());
        // {"fmt": "none", "attStmt": {}, "authData": …} in CBOR.
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(data.len()).expect("short"));
        object.extend(data);
        let client = self.client("webauthn.create", options);
        self.sent(json!({ "attestationObject": text(&object), "clientDataJSON": text(client.as_bytes()) }))
    }

    /// Signs in as `options` ask.
    pub fn get(&mut self, options: &Value) -> String {
        self.counter += 1;
        let data = self.data(options["rpId"].as_str().expect("a site"), 0);
        let client = self.client("webauthn.get", options);
        let mut signed = data.clone();
        signed.extend(Sha256::digest(client.as_bytes()));
        let signature: Signature = self.key.sign(&signed);
        self.sent(json!({
            "authenticatorData": text(&data), "clientDataJSON": text(client.as_bytes()),
            "signature": text(signature.to_der().as_bytes()), "userHandle": self.handle,
        }))
    }

    fn sent(&self, response: Value) -> String {
        let id = text(&self.id);
        json!({ "id": id, "rawId": id, "type": "public-key", "response": response }).to_string()
    }

    fn client(&self, kind: &str, options: &Value) -> String {
        json!({ "type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": false })
            .to_string()
    }

    fn data(&self, site: &str, flags: u8) -> Vec<u8> {
        let verified = if self.verifies { 0x04 } else { 0 };
        let mut data = Sha256::digest(site.as_bytes()).to_vec();
        data.push(0x01 | verified | flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// The public half as COSE: ES256 on P-256.
    fn public_key(&self) -> Vec<u8> {
        let point = self.key.verifying_key().to_sec1_point(false);
        let bytes = point.as_bytes();
        let mut cose = b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20".to_vec();
        cose.extend(&bytes[1..33]);
        cose.extend(b"\x22\x58\x20");
        cose.extend(&bytes[33..65]);
        cose
    }
}

/// URL-safe base 64 without padding.
fn text(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bits: Vec<u8> =
        bytes.iter().flat_map(|byte| (0..8).rev().map(move |at| byte >> at & 1)).collect();
    let six = |bits: &[u8]| (0..6).fold(0, |sum, at| sum << 1 | bits.get(at).copied().unwrap_or(0));
    bits.chunks(6).map(|bits| char::from(LETTERS[usize::from(six(bits))])).collect()
}
