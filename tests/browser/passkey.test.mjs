// A passkey with a browser's own authenticator: added on one's page, used at the door, taken away. The
// authenticator is Chromium's virtual one, which answers as a telephone would.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { open, visitor } from "./visit.mjs";

/** The link for whoever comes first, as the server printed it. */
function firstLink() {
  const found = readFileSync(process.env.LOG, "utf8").match(/\/sign-in\/link\/[0-9a-f]+/);
  assert.ok(found, "the server printed a link");
  return found[0];
}

/** A telephone that recognises its owner. */
async function telephone(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const options = {
    protocol: "ctap2", transport: "internal", hasResidentKey: true,
    hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true,
  };
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", { options });
  return {
    recognises: (isUserVerified) => devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified }),
  };
}

const PASSWORD = "correct horse battery staple";

test("a passkey is added, lets its owner in without a word typed, and is taken away", async (t) => {
  const page = await visitor(t, { refused: true });
  const phone = await telephone(page);
  await open(page, firstLink());
  await page.getByLabel("Name").fill("Ana Rusu");
  await page.getByLabel("E-mail address").fill("ana@example.org");
  await page.getByRole("button", { name: "Begin as administrator" }).click();
  await page.waitForURL(/\/me$/);
  await page.getByLabel("New password").fill(PASSWORD);
  await page.getByRole("button", { name: /Set the password/ }).click();
  await page.waitForURL(/\/me#sign-in$/);

  // A wrong password is said beside the button, and nothing is asked of the telephone.
  const form = page.locator("form[data-passkey=create]");
  await form.getByLabel("Your present password").fill("not the password");
  await form.getByLabel("Name of the passkey").fill("My telephone");
  await form.getByRole("button", { name: "Add a passkey" }).click();
  await form.getByText("The present password is not right.").waitFor();
  await form.getByLabel("Your present password").fill(PASSWORD);
  await form.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByText("My telephone, since").waitFor();

  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL(/\/$/);
  await open(page, "/sign-in?then=/people");
  const door = page.locator("form[data-passkey=get]");
  // A stranger holds the telephone.
  await phone.recognises(false);
  await door.getByRole("button", { name: "Sign in with a passkey" }).click();
  await door.getByText("Your browser gave no passkey.", { exact: false }).waitFor();
  await phone.recognises(true);
  await door.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.waitForURL(/^[^?]*\/people$/);

  await open(page, "/me");
  await page.getByRole("button", { name: "Remove My telephone" }).click();
  await page.waitForURL(/\/me#passkeys$/);
  assert.equal(await page.getByText("My telephone, since").count(), 0);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL(/\/$/);
  await open(page, "/sign-in");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.getByText("This passkey opens no account here.").waitFor();
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByLabel("E-mail address").fill("ana@example.org");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(/\/me$/);
});

test("without JavaScript the door offers what works", async (t) => {
  const page = await visitor(t, { javaScriptEnabled: false });
  await open(page, "/sign-in");
  assert.equal(await page.getByRole("button", { name: "Sign in with a passkey" }).isVisible(), false);
  assert.ok(await page.getByLabel("Password").isVisible());
});
