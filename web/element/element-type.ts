import type { SeatMapEvents, SeatMapMethods, SeatMapState, Settings } from './public.ts'

/** What may be set as a property; `undefined` takes it back. */
type Properties = {
  -readonly [Name in keyof Omit<Settings, 'hold' | 'prices' | 'maxSeats'>]: Settings[Name]
}

type Listener<Name extends keyof SeatMapEvents> = (event: CustomEvent<SeatMapEvents[Name]>) => void

/** The element, as a page sees it. */
export interface SeatMapElement
  extends HTMLElement, Properties, Omit<SeatMapMethods, 'hold'>, SeatMapState {
  prices: Settings['prices']
  maxSeats: number
  /** The same as `key`, for frameworks that have a use of their own for that word. */
  apiKey: string
  holdMode: Settings['hold']
  /** Called, it holds these at once, all or none; written, it is the attribute: when what is chosen is held. */
  get hold(): SeatMapMethods['hold']
  set hold(mode: Settings['hold'] | SeatMapMethods['hold'])
  addEventListener<Name extends keyof SeatMapEvents>(
    name: Name,
    listener: Listener<Name>,
    options?: boolean | AddEventListenerOptions,
  ): void
  addEventListener(...all: Parameters<HTMLElement['addEventListener']>): void
  removeEventListener<Name extends keyof SeatMapEvents>(name: Name, listener: Listener<Name>): void
  removeEventListener(...all: Parameters<HTMLElement['removeEventListener']>): void
}
