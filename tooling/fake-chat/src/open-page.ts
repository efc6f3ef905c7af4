import { Window } from 'happy-dom'

// A page to work on, in an environment whose network is the real one: that of a simulated page asks twice, and reports each
// error. To be imported before the framework.
const window = new Window()
Object.assign(globalThis, {
  window,
  document: window.document,
  navigator: window.navigator,
  Element: window.Element,
  SVGElement: window.SVGElement,
  requestAnimationFrame: window.requestAnimationFrame.bind(window),
  cancelAnimationFrame: window.cancelAnimationFrame.bind(window),
})
