// Passkeys: the button is made here, since without scripts a browser has none. The password works either way.
const french = document.documentElement.lang === 'fr';
const say = (en, fr) => (french ? fr : en);

const token = document.querySelector('input[name=__RequestVerificationToken]')?.value;

async function ask(address, body) {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json', RequestVerificationToken: token },
    body: body && JSON.stringify(body),
  });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.detail ?? said.title);
  return said;
}

async function signIn(place) {
  const options = PublicKeyCredential.parseRequestOptionsFromJSON(await ask('/sign-in/passkey/options'));
  const credential = await navigator.credentials.get({ publicKey: options });
  await ask('/sign-in/passkey', credential.toJSON());
  location.assign(place.dataset.return);
}

async function add(place, name) {
  const options = PublicKeyCredential.parseCreationOptionsFromJSON(await ask('/account/passkeys/options'));
  const credential = await navigator.credentials.create({ publicKey: options });
  await ask(`/account/passkeys?name=${encodeURIComponent(name)}`, credential.toJSON());
  location.assign('/account?done=passkey#passkeys');
}

function build(place) {
  const adding = place.dataset.passkey === 'add';
  const form = document.createElement('form');
  const button = document.createElement('button');
  button.type = 'submit';
  button.className = 'button plain';
  button.textContent = adding ? say('Add a passkey', 'Ajouter une clé d’accès') : say('Sign in with a passkey', 'Se connecter avec une clé d’accès');
  const trouble = document.createElement('p');
  trouble.className = 'why';
  trouble.setAttribute('role', 'alert');
  const name = document.createElement('input');
  if (adding) {
    const label = document.createElement('label');
    name.id = 'passkey-name';
    name.maxLength = 100;
    label.htmlFor = name.id;
    label.textContent = say('Name of the device or key', 'Nom de l’appareil ou de la clé');
    const field = document.createElement('div');
    field.className = 'field';
    field.append(label, name);
    form.append(field);
  }
  form.append(button, trouble);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    button.disabled = true;
    trouble.textContent = '';
    try {
      await (adding ? add(place, name.value) : signIn(place));
    } catch (error) {
      // The browser's own words for a cancelled prompt say little.
      trouble.textContent = error.name === 'NotAllowedError' ? say('Cancelled, or no passkey of this device is known here.', 'Annulé, ou aucune clé de cet appareil n’est connue ici.') : error.message;
      button.disabled = false;
    }
  });
  place.append(form);
}

if (token && window.PublicKeyCredential?.parseRequestOptionsFromJSON)
  for (const place of document.querySelectorAll('[data-passkey]')) build(place);
