// Offers push where it can work, asks after the tap, and keeps the address at the server fresh.
{
  const card = document.querySelector('[data-push]');
  const form = card?.querySelector('form');
  const says = card?.querySelector('[role=status]');
  const key = card && Uint8Array.from(atob(card.dataset.push.replace(/-/g, '+').replace(/_/g, '/')), (sign) => sign.charCodeAt(0));
  const DAY = 86400000;
  const encoded = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  const apple = /iPhone|iPad/.test(navigator.userAgent) && !navigator.standalone;

  // Some browsers never answer: then say so instead of turning for ever.
  const inTime = (promise) => Promise.race([promise, new Promise((_, fail) => {
    setTimeout(() => fail(new DOMException('', 'TimeoutError')), 10000);
  })]);

  const subscribed = async () => {
    const { pushManager } = await navigator.serviceWorker.ready;
    let found = await pushManager.getSubscription();
    if (found && encoded(found.options.applicationServerKey) !== card.dataset.push) {
      await found.unsubscribe();
      found = null;
    }
    return found ?? pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  };

  const tell = async (subscription) => {
    const body = new URLSearchParams(new FormData(form));
    body.set('endpoint', subscription.endpoint);
    for (const name of ['p256dh', 'auth']) body.set(name, encoded(subscription.getKey(name)));
    const answer = await fetch(form.action, { method: 'POST', body });
    if (answer.ok) localStorage.setItem('push-told', `${Date.now()} ${subscription.endpoint.slice(-12)}`);
    else throw new Error(answer.status === 422 ? await answer.text() : '');
  };

  // Whoever switched it off, here or from another device, is asked again and not signed up again.
  const renew = async () => {
    const [when, end] = (localStorage.getItem('push-told') || '0 ').split(' ');
    const subscription = await inTime(subscribed());
    if (Date.now() - when > DAY || !subscription.endpoint.endsWith(end)) await tell(subscription);
  };

  const ask = async () => {
    if (await Notification.requestPermission() !== 'granted') throw new DOMException('', 'NotAllowedError');
    await tell(await inTime(subscribed()));
  };

  form?.addEventListener('submit', async (event) => {
    event.preventDefault();
    const button = form.querySelector('[type=submit]');
    button.disabled = true;
    says.textContent = '';
    try {
      await ask();
      form.hidden = true;
      says.textContent = card.dataset.done;
    } catch (problem) {
      const { denied, late, failed } = card.dataset;
      const known = { NotAllowedError: denied, TimeoutError: late }[problem.name];
      says.textContent = known || (problem.constructor === Error && problem.message) || failed;
      button.disabled = false;
    }
  });
  card?.querySelector('[data-later]').addEventListener('click', () => {
    localStorage.setItem('push-later', Date.now());
    card.hidden = true;
  });

  if (card && 'PushManager' in window && 'serviceWorker' in navigator) {
    const { permission } = Notification;
    if (card.dataset.known === 'yes' && permission === 'granted') renew().catch(() => {});
    else card.hidden = permission === 'denied' || Date.now() - localStorage.getItem('push-later') < 14 * DAY;
  } else if (card && apple) {
    card.hidden = false;
    form.hidden = true;
    says.textContent = card.dataset.install;
  }
}
