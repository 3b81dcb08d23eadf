// New content came in: nobody loses their place.
on('htmx:after:swap', () => {
  startSteps();
  countChosen();
  if (document.activeElement === document.body) (document.querySelector('[autofocus],[data-focus]') || document.getElementById('main')).focus();
});
