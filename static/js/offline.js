// The bar on top says when there is no network.
const connection = () => { document.getElementById('offline').hidden = navigator.onLine; };
for (const type of ['online', 'offline']) addEventListener(type, connection);
connection();
