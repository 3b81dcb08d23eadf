// A long form as one question at a time; the browser's Back goes back.
const steps = () => all('[data-steps] [data-step]');
const step = () => steps().findIndex((part) => !part.hidden);
const show = (wanted, focus) => {
  const parts = steps();
  parts.forEach((part, n) => { part.hidden = n !== wanted; });
  const heading = focus && parts[wanted]?.querySelector('h1,h2,legend');
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus();
  scrollTo(0, 0);
};
const goTo = (wanted) => {
  history.pushState({ step: wanted }, '');
  show(wanted, true);
};
const startSteps = () => {
  const wrong = steps().findIndex((part) => part.querySelector('.has-error'));
  show(wrong < 0 ? history.state?.step || 0 : wrong);
};
on('click', (event) => {
  const pressed = event.target.closest('[data-next],[data-back],a[href^="#"]');
  if (!pressed) return;
  if ('next' in pressed.dataset) return goTo(step() + 1);
  if ('back' in pressed.dataset) {
    if (step() < 1) return;
    event.preventDefault();
    return history.state?.step ? history.back() : show(step() - 1, true);
  }
  const target = document.querySelector(pressed.hash);
  const there = steps().findIndex((part) => part.hidden && part.contains(target));
  if (there < 0) return;
  event.preventDefault();
  goTo(there);
  target.focus();
});
// Enter presses the form's first submit button, even a hidden one.
on('submit', (event) => {
  if (!event.submitter?.closest('[data-step][hidden]')) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  goTo(step() + 1);
}, true);
// A jump to a #place is a popstate too, and no step back.
addEventListener('popstate', (event) => {
  if (event.state || !location.hash) show(event.state?.step || 0, true);
});
startSteps();
