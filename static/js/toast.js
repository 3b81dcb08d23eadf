// Counts the seconds left for undo.
setInterval(() => all('.toast[data-seconds]').forEach((toast) => {
  const left = --toast.dataset.seconds;
  toast.querySelector('.seconds').textContent = left;
  if (left < 1) toast.remove();
}), 1000);
