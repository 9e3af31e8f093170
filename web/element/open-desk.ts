import type { Picture } from '../picture/picture.ts'
import type { Sale } from '../sale/sale.ts'
import { openChoice, type ChoiceNeeds } from './choice.ts'
import type { Desk } from './desk.ts'
import { nameOf } from './describe.ts'
import { openKeeper } from './keep.ts'
import { maker } from './make.ts'
import { priceFor, priceWriter } from './prices.ts'
import type { Settings } from './public.ts'
import { selectionOf } from './selection.ts'
import { wordsOf, type Words } from './words/words.ts'

/** What is known of a map at a moment, and changes. */
export interface State extends Pick<Desk, 'hall' | 'status' | 'say'> {
  /** It is opened after its frame. */
  readonly picture: () => Picture
}

/** Brings together what all parts share. */
export function openDesk(options: {
  readonly document: Document
  readonly signal: AbortSignal
  readonly settings: () => Settings
  readonly sale: Sale
  readonly state: State
  readonly told: ChoiceNeeds['told']
  readonly later: Desk['later']
}): Desk & { readonly settingsChanged: () => void } {
  const { document, signal, settings, sale, state } = options
  const { keep, refresh } = openKeeper(signal)
  const choice = openChoice({
    sale,
    settings,
    object: (label) => state.hall()?.object(label),
    told: options.told,
  })
  let language = languageOf(settings(), document)
  const desk: Desk = {
    hall: state.hall,
    status: state.status,
    say: state.say,
    get picture() {
      return state.picture()
    },
    document,
    make: maker(document),
    signal,
    keep,
    refresh,
    later: (milliseconds, call) =>
      options.later(milliseconds, () => {
        if (!signal.aborted) call()
      }),
    settings,
    sale,
    choice,
    wanted: new Set(),
    words: () => language.words,
    money: (price) => language.money(price),
    priceOf: (category, label) => priceFor(settings().prices, category, label),
    selection: () => selectionOf(choice.items(), state.hall(), settings().prices),
    nameOf: (object) => {
      const scene = state.hall()?.scene
      return scene ? nameOf(language.words, scene, object) : object.label
    },
  }
  return Object.assign(desk, {
    settingsChanged: () => {
      language = languageOf(settings(), document)
      refresh()
    },
  })
}

interface Language {
  readonly words: Words
  readonly money: (price: number) => string
}

/** The language that was set, or that of the page. */
function languageOf(settings: Settings, document: Document): Language {
  const wanted = settings.language === '' ? document.documentElement.lang : settings.language
  const words = wordsOf(wanted, settings.messages)
  const { currency, formatPrice } = settings
  return { words, money: priceWriter({ language: words.language, currency, formatPrice }) }
}
