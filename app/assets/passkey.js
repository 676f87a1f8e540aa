// Asks this device for a passkey and puts its answer into the form that asked.
//
// A form says what it wants: data-passkey is "create" or "get", data-start is the address
// that answers with a challenge. Without this script such a form stays hidden.

const decode = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));

const encode = (bytes) =>
  bytes &&
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");

/** What the server sent as Base64, as the bytes that the browser wants. */
function options({ publicKey }) {
  const key = { ...publicKey, challenge: decode(publicKey.challenge) };
  if (key.user) key.user = { ...key.user, id: decode(key.user.id) };
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    if (key[list]) key[list] = key[list].map((known) => ({ ...known, id: decode(known.id) }));
  }
  return { publicKey: key };
}

/** The device's answer as the server reads it. */
function answer({ id, rawId, type, response }) {
  const { attestationObject, authenticatorData, clientDataJSON, signature, userHandle } = response;
  const parts = attestationObject
    ? { attestationObject: encode(attestationObject) }
    : { authenticatorData: encode(authenticatorData), signature: encode(signature), userHandle: encode(userHandle) };
  const sent = { id, rawId: encode(rawId), type, response: { ...parts, clientDataJSON: encode(clientDataJSON) } };
  return JSON.stringify(sent);
}

async function ask(form) {
  const started = await fetch(form.dataset.start, { method: "POST", body: new URLSearchParams() });
  // what is missing, the form's own answer says
  if (!started.ok) return "";
  const wanted = options(JSON.parse(await started.json()));
  return answer(await navigator.credentials[form.dataset.passkey](wanted));
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const problem = form.querySelector("[data-problem]");
      problem.hidden = true;
      try {
        form.elements.credential.value = await ask(form);
        form.submit();
      } catch (error) {
        // cancelled, timed out, or the device has no such passkey
        console.info(error.name);
        problem.role = "alert";
        problem.hidden = false;
      }
    });
  }
}

for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
