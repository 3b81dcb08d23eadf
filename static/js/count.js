// "(2 chosen)" inside the button of the step.
const countChosen = () => {
  for (const place of all('[data-count-template]')) {
    const chosen = all('input:checked', place.closest('[data-step],form')).length;
    place.textContent = chosen ? place.dataset.countTemplate.replace('{n}', chosen) : '';
  }
};
on('change', countChosen);
addEventListener('pageshow', countChosen);
