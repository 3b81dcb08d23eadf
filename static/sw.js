// The worker behind the pages: "no internet", and push messages. It keeps what is the same for
// everybody and never a page of somebody. The server writes `const BUILD = …` in front of it.
const FILES = `files-${BUILD.version}`;
// Which language this device reads in: the one thing that outlives a version.
const READER = 'reader';
const PATIENCE_MS = 4000;
let patient = false;

const text = (said) => (typeof said === 'string' ? said : '');
// The whole address if it is a page of ours, else nothing.
const own = (address) => {
  if (!text(address)) return '';
  try {
    const { href } = new URL(address, location.origin);
    return href.startsWith(`${location.origin}/`) ? href : '';
  } catch {
    return '';
  }
};

const language = async () => {
  const told = await caches.match('/language', { cacheName: READER }).catch(() => undefined);
  const tag = told ? await told.text() : navigator.language.split('-')[0];
  return BUILD.languages.find((each) => each.tag === tag) || BUILD.languages[0];
};
const remember = async (tag) => (await caches.open(READER)).put('/language', new Response(tag));

const keepFiles = async () => {
  const pages = BUILD.languages.map(({ offline }) => new Request(offline, { cache: 'reload', credentials: 'omit' }));
  await (await caches.open(FILES)).addAll([...BUILD.files, ...pages]);
};
const takeOver = async () => {
  const old = (await caches.keys()).filter((name) => name !== FILES && name !== READER);
  await Promise.all(old.map((name) => caches.delete(name)));
  await registration.navigationPreload?.enable();
};
addEventListener('install', (event) => event.waitUntil(keepFiles()));
addEventListener('activate', (event) => event.waitUntil(takeOver()));
// No skipWaiting unasked: a new worker waits until nobody is in the middle of a form.
addEventListener('message', (event) => {
  if (event.data === 'skip-waiting') event.waitUntil(skipWaiting());
  else if (text(event.data?.language)) event.waitUntil(remember(event.data.language));
});

const kept = async (request) => (await caches.match(request, { cacheName: FILES, ignoreVary: true })) || fetch(request);
const loaded = async (event) => (await event.preloadResponse) || fetch(event.request);
// Who tries again after the limit gets all the time the network needs.
const page = async (event) => {
  const limit = new Promise((_, late) => { if (!patient) setTimeout(late, PATIENCE_MS); });
  try {
    const answer = await Promise.race([loaded(event), limit]);
    patient = false;
    return answer;
  } catch {
    patient = true;
    return kept((await language()).offline);
  }
};
addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !own(request.url)) return;
  if (request.mode === 'navigate') {
    navigator.clearAppBadge?.().catch(() => {});
    event.waitUntil(Promise.resolve(event.preloadResponse).catch(() => {}));
    event.respondWith(page(event));
  } else if (BUILD.files.includes(new URL(request.url).pathname)) event.respondWith(kept(request));
});

// Every push shows something: Apple takes the permission from those that stay silent.
const said = (data) => {
  try {
    return data.json().notification || {};
  } catch {
    return {};
  }
};
const show = async (sent) => {
  const reader = await language();
  const news = text(sent.title) ? sent : { title: BUILD.name, body: reader.news, lang: reader.tag, dir: reader.dir, tag: 'news' };
  await registration.showNotification(news.title, {
    body: text(news.body),
    lang: text(news.lang),
    dir: ['ltr', 'rtl'].includes(news.dir) ? news.dir : 'auto',
    tag: text(news.tag),
    icon: BUILD.icon,
    badge: BUILD.badge,
    data: { navigate: own(news.navigate) || own(BUILD.start) },
  });
  if (sent.app_badge >= 0) await navigator.setAppBadge?.(Number(sent.app_badge)).catch(() => {});
};
addEventListener('push', (event) => event.waitUntil(show(said(event.data))));

// Pages without anything to type: only they may be left for another, or a form would be lost.
const LEAVABLE = /^\/(home|notifications|postings|matches(\/[\w-]+)?)?$/;
const follow = async (notification) => {
  notification.close();
  const address = own(notification.data?.navigate) || own(BUILD.start);
  const windows = await clients.matchAll({ type: 'window', includeUncontrolled: true });
  const open = windows.find(({ url }) => url === address) || windows.find(({ url }) => own(url) && LEAVABLE.test(new URL(url).pathname));
  try {
    if (!open) return await clients.openWindow(address);
    await open.focus().catch(() => {});
    if (open.url !== address) await open.navigate(address);
  } catch {
    await clients.openWindow(address).catch(() => {});
  }
};
addEventListener('notificationclick', (event) => event.waitUntil(follow(event.notification)));
