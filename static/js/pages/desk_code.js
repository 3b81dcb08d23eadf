// The QR code carries the code behind "#": no server, log or referrer ever sees it in an address.
const field = document.querySelector("[data-code-from-address] [name=code]");
if (field && location.hash.length > 1) {
  field.value = location.hash.slice(1).replace(/[^A-Za-z0-9]/g, "");
  history.replaceState(null, "", location.pathname);
}
