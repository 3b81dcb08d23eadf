// "(2 chosen)" in the button of the step.
const countChosen = () => all('[data-count-template]').forEach((place) => {
  const chosen = all('input:checked', place.closest('[data-step],form')).length;
  place.textContent = chosen ? place.dataset.countTemplate.replace('{n}', chosen) : '';
});
on('change', countChosen);
addEventListener('pageshow', countChosen);
