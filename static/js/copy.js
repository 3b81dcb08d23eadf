// Copies a code or link and says so on the button itself.
on('click', async (event) => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  button.lastElementChild.textContent = button.dataset.copied;
  announce(button.dataset.copied);
});
