// The worker shows "no internet" and push messages, in the language people read here.
addEventListener('load', () => {
  const workers = navigator.serviceWorker;
  workers?.register('/sw.js').catch(() => {});
  workers?.ready.then(({ active }) => active.postMessage({ language: document.documentElement.lang }));
});
