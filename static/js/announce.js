// Emptied first, so that the same sentence is heard twice.
const announce = (text) => {
  const place = document.getElementById('announce');
  place.textContent = '';
  setTimeout(() => { place.textContent = text; }, 50);
};
on('announce', (event) => announce(event.detail.text));
