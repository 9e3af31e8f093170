import { readPrices } from './prices.ts'
import type { Settings } from './public.ts'

/** A map that nobody has told anything. */
export const noSettings: Settings = {
  server: '',
  key: '',
  event: '',
  holdToken: undefined,
  admissionToken: undefined,
  maxSeats: Infinity,
  hold: 'selection',
  holdSeconds: undefined,
  language: '',
  currency: undefined,
  formatPrice: undefined,
  prices: [],
  channels: [],
  availableCategories: undefined,
  unavailableCategories: undefined,
  filteredCategories: undefined,
  objectColor: undefined,
  objectLabel: undefined,
  isObjectVisible: undefined,
  isObjectSelectable: undefined,
  objectInfo: undefined,
  sectionColor: undefined,
  mode: 'normal',
  showBasket: true,
  showLegend: true,
  showList: true,
  messages: undefined,
}

/** Attributes and the settings that they are. */
export const attributeNames: Readonly<Record<string, keyof Settings>> = {
  server: 'server',
  key: 'key',
  // Frameworks have a use of their own for the word key.
  'api-key': 'key',
  event: 'event',
  'hold-token': 'holdToken',
  'admission-token': 'admissionToken',
  'max-seats': 'maxSeats',
  hold: 'hold',
  'hold-seconds': 'holdSeconds',
  language: 'language',
  currency: 'currency',
  mode: 'mode',
}

/** Settings of which a change begins another sale; all others are shown as they change. */
const ofTheSale: readonly (keyof Settings)[] = [
  'server',
  'key',
  'event',
  'holdToken',
  'holdSeconds',
  'channels',
]

/** What a page may write, made into what the map can work with: wrong values count as none. */
export function readSetting<Name extends keyof Settings>(
  name: Name,
  value: unknown,
): Settings[Name] {
  return (
    (readers[name] as ((value: unknown) => Settings[Name]) | undefined)?.(value) ?? noSettings[name]
  )
}

/** Whether these two sell otherwise, so that the sale begins anew. */
export function isOtherSale(before: Settings, after: Settings): boolean {
  return ofTheSale.some((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
}

const unlimited: readonly unknown[] = [undefined, null, Infinity, 'Infinity']

/** Whether somebody has meant a limit by this, of which none can be made. */
export function isNoLimit(value: unknown): boolean {
  return !unlimited.includes(value) && wholeNumber(value) === undefined
}

type Reader<Value> = (value: unknown) => Value | undefined

const readers: { readonly [Name in keyof Settings]: Reader<Settings[Name]> } = {
  server: (value) => text(value)?.replace(/\/+$/, ''),
  key: text,
  event: text,
  holdToken: text,
  admissionToken: (value) => call(value) ?? text(value),
  maxSeats: wholeNumber,
  hold: (value) => (value === 'checkout' ? 'checkout' : 'selection'),
  holdSeconds: wholeNumber,
  language: text,
  currency: (value) => (/^[a-z]{3}$/i.test(text(value) ?? '') ? text(value) : undefined),
  formatPrice: call,
  prices: (value) => readPrices(list(value) ?? []),
  channels: texts,
  availableCategories: texts,
  unavailableCategories: texts,
  filteredCategories: texts,
  objectColor: call,
  objectLabel: call,
  isObjectVisible: call,
  isObjectSelectable: call,
  objectInfo: call,
  sectionColor: call,
  mode: (value) => (value === 'static' ? 'static' : 'normal'),
  showBasket: flag,
  showLegend: flag,
  showList: flag,
  messages: (value) => (typeof value === 'object' && value !== null ? value : undefined),
}

function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

function wholeNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' ? Number.parseInt(value, 10) : value
  return typeof number === 'number' && Number.isInteger(number) && number > 0 ? number : undefined
}

function flag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined
}

/** Whether it takes and answers the right things shows when it is called. */
function call(value: unknown): ((...all: unknown[]) => never) | undefined {
  return typeof value === 'function' ? (value as (...all: unknown[]) => never) : undefined
}

function list(value: unknown): readonly never[] | undefined {
  return Array.isArray(value) ? (value as never[]) : undefined
}

function texts(value: unknown): readonly string[] | undefined {
  return list(value)?.flatMap((entry: unknown) => text(entry) ?? [])
}
