// Asks the device for its passkey, puts the answer into the form and sends it as any form is sent.
{
  const form = document.querySelector('form[data-passkey]');
  const notice = document.querySelector('[data-passkey-says]');
  const say = (text) => {
    notice.querySelector('p').textContent = text;
    notice.hidden = !text;
  };
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (sign) => sign.charCodeAt(0));
  const encoded = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

  // Safari before 18.4 has neither the two readers nor toJSON.
  const read = (kind, options) => {
    const reader = kind === 'create' ? 'parseCreationOptionsFromJSON' : 'parseRequestOptionsFromJSON';
    if (PublicKeyCredential[reader]) return PublicKeyCredential[reader](options);
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    for (const known of options.excludeCredentials ?? []) known.id = bytes(known.id);
    return options;
  };
  const written = (credential) => {
    if (credential.toJSON) return credential;
    const response = {};
    for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
      if (credential.response[name]) response[name] = encoded(credential.response[name]);
    }
    return { id: credential.id, rawId: credential.id, type: credential.type, response };
  };

  const ask = async () => {
    const kind = form.dataset.passkey;
    const answer = await fetch(form.dataset.options, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
    if (!answer.ok) throw new Error(answer.status);
    const credential = await navigator.credentials[kind]({ publicKey: read(kind, await answer.json()) });
    form.querySelector('[name=credential]').value = JSON.stringify(written(credential));
    form.submit();
  };

  if (form && window.PublicKeyCredential) {
    form.hidden = false;
    const button = form.querySelector('button');
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      say('');
      button.disabled = true;
      ask().catch((problem) => {
        const { cancelled, known, failed } = notice.dataset;
        say({ NotAllowedError: cancelled, InvalidStateError: known }[problem.name] || failed);
        button.disabled = false;
        button.focus();
      });
    });
  } else if (form) say(notice.dataset.old);
}
