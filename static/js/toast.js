// Counts the seconds for undo, then takes the offer away.
setInterval(() => {
  for (const toast of all('.toast[data-seconds]')) {
    const left = --toast.dataset.seconds;
    const words = toast.querySelector('.seconds');
    if (words) words.textContent = left;
    if (left < 1) toast.remove();
  }
}, 1000);
