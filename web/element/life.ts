import { openMap, type MapNeeds, type OpenMap } from './open-map.ts'
import type { Settings } from './public.ts'
import { isNoLimit, isOtherSale, noSettings, readSetting } from './settings.ts'
import { adoptStyles } from './styles/adopt.ts'
import type { Tell } from './tell-sale.ts'
import { wordsOf } from './words/words.ts'

/** What an element is besides an element: what it was told, and the map that it shows while it is on a page. */
export interface Life {
  readonly settings: () => Settings
  readonly set: (name: keyof Settings, value: unknown) => void
  /** Says it as an attribute, which is read at once; `undefined` takes it away. */
  readonly reflect: (attribute: string, value: unknown) => void
  readonly map: () => OpenMap | undefined
  /** It came to a page or left it: several such things at once count as their end. */
  readonly moved: () => void
}

const noLimit = 'Holdfast: max-seats is no whole number above 0, so there is no limit'

/** Begins the life of one element. */
export function openLife(
  element: HTMLElement,
  needsOf: (view: Window & typeof globalThis, element: HTMLElement) => MapNeeds,
): Life {
  let settings = noSettings
  let open: { readonly map: OpenMap; readonly as: Settings } | undefined
  let isDue = false
  const noted = new Set<string>()
  const tell: Tell = (name, detail) => {
    const { CustomEvent } = viewOf(element)
    const cancelable = /pick|choose|admission/.test(name)
    const options = { detail, cancelable, bubbles: true, composed: true }
    return element.dispatchEvent(new CustomEvent(name, options))
  }
  const note = (text: string, details: unknown, level: 'info' | 'warn' = 'info') => {
    if (noted.size === noted.add(`${text} ${JSON.stringify(details)}`).size) return
    viewOf(element).console[level](text, details)
  }
  const close = () => {
    open?.map.close()
    open = undefined
  }
  const settle = () => {
    isDue = false
    const isReady = element.isConnected && settings.key !== '' && settings.event !== ''
    if (!isReady || (open !== undefined && isOtherSale(open.as, settings))) close()
    if (open !== undefined) open.map.settingsChanged()
    else if (element.isConnected) {
      const root = rootOf(element)
      if (!isReady) sayUnready(root, settings)
      else {
        const view = viewOf(element)
        const place = { root, view, settings: () => settings, tell, note }
        open = { map: openMap(place, needsOf(view, element)), as: settings }
      }
    }
  }
  const soon = () => {
    if (isDue) return
    isDue = true
    queueMicrotask(settle)
  }
  return {
    settings: () => settings,
    set: (name, value) => {
      if (name === 'maxSeats' && isNoLimit(value)) note(noLimit, String(value), 'warn')
      settings = { ...settings, [name]: readSetting(name, value) }
      if (element.isConnected) soon()
    },
    reflect: (attribute, value) => {
      if (typeof value === 'string' || typeof value === 'number') {
        element.setAttribute(attribute, String(value))
      } else element.removeAttribute(attribute)
    },
    map: () => open?.map,
    moved: soon,
  }
}

function viewOf(element: HTMLElement): Window & typeof globalThis {
  return element.ownerDocument.defaultView ?? window
}

function rootOf(element: HTMLElement): ShadowRoot {
  if (element.shadowRoot !== null) return element.shadowRoot
  const root = element.attachShadow({ mode: 'open' })
  adoptStyles(root, viewOf(element))
  return root
}

/** A map that was told no event is not blank either. */
function sayUnready(root: ShadowRoot, { language, messages }: Settings): void {
  const line = root.ownerDocument.createElement('p')
  line.textContent = wordsOf(language, messages).say('refused')
  root.replaceChildren(line)
}
