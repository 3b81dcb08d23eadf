// The desk decides by letters: a key presses the visible control that carries it.
const TYPING = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]';
const keyed = (key) => [...document.querySelectorAll(`[data-key="${key}"]${key === 'u' ? ', #toast .btn' : ''}`)]
  .find((control) => !control.disabled && control.checkVisibility());

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.repeat || event.isComposing) return;
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
