// htmx 4.0.1 swallows Ctrl-click on its links.
on('click', (event) => {
  if ((event.ctrlKey || event.metaKey || event.shiftKey) && event.target.closest('a[href]')) event.stopImmediatePropagation();
}, true);
