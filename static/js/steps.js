// A long form as one question at a time; the browser's Back is the way back.
const steps = () => all('[data-steps] [data-step]');
const step = () => steps().findIndex((part) => !part.hidden);
const show = (wanted, focus) => {
  const parts = steps();
  parts.forEach((part, n) => { part.hidden = n !== wanted; });
  if (!focus || !parts[wanted]) return;
  const heading = parts[wanted].querySelector('h1,h2,legend');
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
  if (step() >= 0) show(wrong >= 0 ? wrong : history.state?.step || 0);
};
on('click', (event) => {
  const pressed = event.target.closest('[data-next],[data-back],a[href^="#"]');
  if (!pressed) return;
  if ('next' in pressed.dataset) goTo(step() + 1);
  else if ('back' in pressed.dataset) {
    if (history.state?.step) { event.preventDefault(); history.back(); }
  } else {
    const target = document.getElementById(pressed.hash.slice(1));
    const there = steps().findIndex((part) => part.hidden && part.contains(target));
    if (there >= 0) { goTo(there); target.focus(); }
  }
});
// Enter in a text field would press the last step's button before its questions were seen.
on('submit', (event) => {
  if (!event.submitter?.closest('[data-step][hidden]')) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  goTo(step() + 1);
}, true);
addEventListener('popstate', (event) => show(event.state?.step || 0, true));
startSteps();
