import {
  checkItems,
  firstEnd,
  partExpired,
  readKept,
  tellBasket,
  tellItem,
  writeKept,
  type Item,
  type Kept,
} from './basket.ts'
import type { Events } from './events.ts'
import type { Hall } from './hall.ts'
import type { Basket, SaleOptions, Surroundings } from './sale.ts'
import type { ServerClock } from './server-clock.ts'
import { openTenure } from './tab-token.ts'

/** The basket of a sale while it goes on: kept for a reload, and told when it changes. */
export interface Purse {
  /** Takes up what this tab has kept, or begins anew. */
  open(): void
  close(): void
  /** When it is known whose basket it is. */
  ready(): Promise<void>
  /** Begins anew under another token. */
  renew(): Promise<void>
  readonly token: string
  items(): readonly Item[]
  set(items: readonly Item[]): void
  has(label: string): boolean
  /** Ends what has ended. */
  pass(): void
  /** When something ends next; Infinity where nothing does, or nobody knows what time it is. */
  nextEnd(): number
  /** Holds it against a snapshot that was told then. */
  check(toldAt: number): void
  /** Nothing of it is held any more. */
  empty(): void
  tell(): Basket
}

interface Needs {
  readonly options: SaleOptions
  readonly around: Surroundings
  readonly hall: Hall
  readonly clock: ServerClock
  readonly events: Events
}

interface State {
  token: string
  items: readonly Item[]
  labels: ReadonlySet<string>
  ready: Promise<void>
}

/** Opens it without a token. */
export function openPurse(needs: Needs): Purse {
  const { options, around, clock } = needs
  const name = `holdfast-basket ${options.server} ${options.eventKey}`
  const tenure = openTenure(around)
  const state: State = { token: '', items: [], labels: new Set(), ready: Promise.resolve() }
  const set = (items: readonly Item[], token = state.token) => {
    writeKept(around.storage, name, { token, items })
    take(needs, state, { items, token })
  }
  const begin = async () => {
    const token = around.makeToken()
    set([], token)
    await tenure.take(token)
  }
  const resume = async ({ token, items }: Kept) => {
    if (await tenure.take(token)) set(items, token)
    else await begin()
  }
  return {
    open() {
      const { holdToken } = options
      const known = state.token === '' ? readKept(around.storage, name) : { ...state }
      if (holdToken !== undefined && state.token === '') {
        set(known?.token === holdToken ? known.items : [], holdToken)
      } else if (known === undefined) state.ready = begin()
      else if (around.claim === undefined || known.token === holdToken)
        set(known.items, known.token)
      else state.ready = resume(known)
    },
    close: () => {
      tenure.giveUp()
    },
    ready: () => state.ready,
    renew: begin,
    get token() {
      return state.token
    },
    items: () => state.items,
    set,
    has: (label) => state.labels.has(label),
    pass() {
      if (!clock.isKnown) return
      const { left, expired } = partExpired(state.items, clock.now())
      if (expired.length > 0) end(needs, { set, left, expired })
    },
    nextEnd: () => (clock.isKnown ? (firstEnd(state.items) ?? Infinity) : Infinity),
    check(toldAt) {
      const { items, lost, sold } = checkItems(state.items, needs.hall, toldAt)
      if (lost.length + sold.length > 0) end(needs, { set, left: items, expired: lost })
      else if (items.some(({ isSeen }, index) => isSeen !== state.items[index]?.isSeen)) {
        state.items = items
        writeKept(around.storage, name, { token: state.token, items })
      }
    },
    empty() {
      if (state.items.length > 0) end(needs, { set, left: [], expired: state.items })
    },
    tell: () => tellBasket(state),
  }
}

function take(
  { hall, events }: Needs,
  state: State,
  { items, token }: Pick<State, 'items' | 'token'>,
): void {
  const isSame = state.token === token && state.items.length + items.length === 0
  const labels = new Set(items.map(({ label }) => label))
  for (const label of [...state.labels, ...labels]) hall.changed.add(label)
  Object.assign(state, { items, labels, token })
  if (!isSame) events.emit('basket', tellBasket(state))
}

/** What was sold leaves the basket as well, and has not expired. */
function end(
  { events }: Needs,
  ended: { set: Purse['set']; left: readonly Item[]; expired: readonly Item[] },
): void {
  ended.set(ended.left)
  if (ended.expired.length > 0) events.emit('expired', ended.expired.map(tellItem))
}
