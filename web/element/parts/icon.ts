const svg = 'http://www.w3.org/2000/svg'

/** Drawings of buttons, as paths on a square of 24. */
const paths = {
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  whole: 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5',
  map: 'M9 4 3 6v14l6-2 6 2 6-2V4l-6 2-6-2zM9 4v14M15 6v14',
  list: 'M9 6h11M9 12h11M9 18h11M4 6h.01M4 12h.01M4 18h.01',
  remove: 'M6 6l12 12M18 6L6 18',
  star: 'M12 4l2.5 5.1 5.5.8-4 3.9.9 5.5-4.9-2.6-4.9 2.6.9-5.5-4-3.9 5.5-.8z',
  pattern: 'M4 20 20 4M4 12l8-8M12 20l8-8',
} as const

/** A small drawing beside words or in place of them; whoever cannot see it misses nothing. */
export function makeIcon(document: Document, name: keyof typeof paths): SVGElement {
  const icon = document.createElementNS(svg, 'svg')
  icon.setAttribute('viewBox', '0 0 24 24')
  icon.setAttribute('aria-hidden', 'true')
  icon.setAttribute('class', 'icon')
  const path = document.createElementNS(svg, 'path')
  path.setAttribute('d', paths[name])
  icon.append(path)
  return icon
}
