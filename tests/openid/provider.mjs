// A certified OpenID provider on a free port, for the tests. It signs in whoever the test names at /become,
// without asking; /lie?what=… makes its next ID tokens false in one way. Prints its issuer when it is ready.
//
//   node tests/openid/provider.mjs REDIRECT_ADDRESS
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const [redirect] = process.argv.slice(2);
let person = { email: "nobody@example.org", verified: true };
let lie = "";
let first = null;

const server = createServer();
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [{ client_id: "throughcare", client_secret: "a secret between two", redirect_uris: [redirect] }],
  claims: { openid: ["sub"], email: ["email", "email_verified"] },
  pkce: { required: () => true },
  cookies: { keys: ["a key of the tests"] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: person.email, email_verified: person.verified }),
  }),
  // Consent is given by being named.
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId,
      accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope("openid email");
    await grant.save();
    return grant;
  },
});

provider.use(async (ctx, next) => {
  await next();
  const token = ctx.body?.id_token;
  if (!token) return;
  first ??= token;
  const [head, body, signature] = token.split(".");
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = JSON.parse(Buffer.from(body, "base64url"));
  if (lie === "signature") ctx.body.id_token = `${head}.${part({ ...claims, sub: "somebody else" })}.${signature}`;
  if (lie === "unsigned") ctx.body.id_token = `${part({ alg: "none" })}.${body}.`;
  if (lie === "replayed") ctx.body.id_token = first;
});

server.on("request", async (request, response) => {
  const address = new URL(request.url, issuer);
  if (address.pathname === "/become") {
    person = { email: address.searchParams.get("email"), verified: address.searchParams.get("verified") === "yes" };
    return response.end();
  }
  if (address.pathname === "/lie") {
    lie = address.searchParams.get("what");
    return response.end();
  }
  if (address.pathname.startsWith("/interaction/")) {
    return provider.interactionFinished(request, response, { login: { accountId: `id of ${person.email}` } });
  }
  return provider.callback()(request, response);
});
console.log(issuer);
