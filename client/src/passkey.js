// Passkeys: asks the server what to ask the browser for, asks the browser, and sends its answer as the
// form that the page holds. The form is hidden until this runs where passkeys work:
//
//   <form hidden data-passkey="get" data-ask="/sign-in/passkey/ask" data-failed="…">
//     <input type="hidden" name="asked"><input type="hidden" name="answer"> … <p role="alert"></p>

export function passkeys() {
  if (!window.PublicKeyCredential || !navigator.credentials) return;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    const said = form.querySelector("[role=alert]");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const button = form.querySelector("button");
      said.textContent = "";
      button.disabled = true;
      try {
        const fault = await answer(form);
        if (!fault) return form.submit();
        said.textContent = fault;
      } catch {
        said.textContent = form.dataset.failed;
      }
      button.disabled = false;
    });
  }
}

/** Fills the form with the browser's answer; gives the server's fault where it has one. */
async function answer(form) {
  const body = new URLSearchParams(new FormData(form));
  const response = await fetch(form.dataset.ask, { method: "POST", body });
  const asked = await response.json();
  if (!response.ok) return asked.fault ?? form.dataset.failed;
  const options = { publicKey: fromText(asked.publicKey) };
  const key = await navigator.credentials[form.dataset.passkey](options);
  form.elements.asked.value = asked.asked;
  form.elements.answer.value = JSON.stringify(inText(key));
  // What was typed beside it has been looked at.
  if (form.elements.old) form.elements.old.disabled = true;
  return null;
}

// The fields of WebAuthn that are bytes; JSON carries them in URL-safe base 64.
function fromText(options) {
  const credentials = (list) => list?.map((one) => ({ ...one, id: bytes(one.id) }));
  return {
    ...options,
    challenge: bytes(options.challenge),
    ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
    ...(options.allowCredentials && { allowCredentials: credentials(options.allowCredentials) }),
    ...(options.excludeCredentials && { excludeCredentials: credentials(options.excludeCredentials) }),
  };
}

function inText(key) {
  const { response } = key;
  const field = (name) => (response[name] ? { [name]: text(response[name]) } : {});
  return {
    id: key.id,
    rawId: text(key.rawId),
    type: key.type,
    response: {
      ...field("clientDataJSON"),
      ...field("attestationObject"),
      ...field("authenticatorData"),
      ...field("signature"),
      ...field("userHandle"),
    },
  };
}

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
