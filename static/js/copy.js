on('click', async (event) => {
  const { copy, copied } = event.target.closest('[data-copy]')?.dataset || {};
  if (!copy) return;
  await navigator.clipboard.writeText(copy);
  event.target.closest('[data-copy]').lastElementChild.textContent = copied;
  announce(copied);
});
