// htmx 4.0.1 swallows Ctrl-click on links it serves; a new tab is the reader's choice.
on('click', (event) => {
  if ((event.ctrlKey || event.metaKey || event.shiftKey) && event.target.closest('a[href]')) event.stopImmediatePropagation();
}, true);
