// The desk decides by letters: a key presses the visible control that carries it. Whoever dictates
// or leans on keys by accident switches that off, for this device (WCAG 2.1.4).
const keys = document.querySelector('#keys input');
const tell = () => {
  document.body.classList.toggle('keys-off', !keys.checked);
  for (const control of document.querySelectorAll('[data-key]')) {
    if (keys.checked) control.setAttribute('aria-keyshortcuts', control.dataset.key);
    else control.removeAttribute('aria-keyshortcuts');
  }
};
keys.checked = localStorage.getItem('desk-keys') !== 'off';
keys.closest('[hidden]').hidden = false;
keys.addEventListener('change', () => {
  if (keys.checked) localStorage.removeItem('desk-keys');
  else localStorage.setItem('desk-keys', 'off');
  tell();
});
document.addEventListener('htmx:after:swap', tell);
tell();

const TYPING = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]';
const keyed = (key) => [...document.querySelectorAll(`[data-key="${key}"]${key === 'u' ? ', #toast .btn' : ''}`)]
  .find((control) => !control.disabled && control.checkVisibility());

document.addEventListener('keydown', (event) => {
  if (!keys.checked || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.repeat || event.isComposing) return;
  if (event.target.closest(TYPING)) return;
  // Arabic and Cyrillic layouts send other letters: there the place on the keyboard counts.
  const key = /^[a-z0-9]$/i.test(event.key) ? event.key : event.code.replace(/^(Key|Digit)/, '');
  if (!/^[a-z0-9]$/i.test(key)) return;
  const control = keyed(key.toLowerCase());
  if (!control) return;
  event.preventDefault();
  control.focus();
  control.click();
});
