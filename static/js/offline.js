const connection = () => { document.getElementById('offline').hidden = navigator.onLine; };
addEventListener('online', connection);
addEventListener('offline', connection);
connection();
