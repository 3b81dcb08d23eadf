// From here on, what needs JavaScript shows.
document.documentElement.classList.add('js');
const on = (type, act, capture) => document.addEventListener(type, act, capture);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
