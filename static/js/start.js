// What works without JavaScript stays visible; what needs it shows from here on.
const page = document.documentElement;
page.classList.add('js');
const on = (type, act, capture) => document.addEventListener(type, act, capture);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
