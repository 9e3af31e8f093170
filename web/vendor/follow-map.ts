import { HOLD_SECONDS_DEFAULT } from '../../lib/limits/limits.ts'
import { SECOND_MS } from '../../lib/limits/durations.ts'
import type { SeatMapEvents } from '../element/public.ts'
import type { Refused } from '../sale/sale.ts'
import { call } from './callbacks.ts'
import { isSelectableAnyway, sessionOf } from './config.ts'
import { isFree, isRoomFor, objectOf, type Core } from './core.ts'
import { hasFineLimits } from './limits.ts'
import { bookableOf } from './objects.ts'
import { pickFor } from './picks.ts'
import { asTold, tellSelection } from './tell-selection.ts'
import type { Watcher } from './watched-map.ts'

/** What a chart does when its map has something to say. */
export interface Follows {
  /** The map is there and its sale is live: for the first time, or again after `rerender`. */
  readonly onReady: () => void
  readonly onFailed: () => void
  /** After any change of what is selected or held. */
  readonly onBasket: () => void
}

/** Tells the page by its callbacks what the element tells by its events. */
export function followMap(core: Core, { onReady, onFailed, onBasket }: Follows): void {
  const { element } = core.map
  const tellSession = sessionTeller(core)
  const hear = <Name extends keyof SeatMapEvents>(
    name: Name,
    listener: (detail: SeatMapEvents[Name], event: Event) => void,
  ) => {
    element.addEventListener(name, (event) => {
      listener(event.detail, event)
    })
  }
  const readyOrFailed = (status: string) => {
    if (status === 'refused' || status === 'gone') onFailed()
    if (status !== 'live') return
    onReady()
    tellSession()
  }
  const tellBasket = () => {
    // A basket that is brought back is there before the hall that it is in.
    if (core.map.scene === undefined) return
    tellSelection(core, element.selection)
    onBasket()
    tellSession()
  }
  hear('holdfast-loaded', () => {
    tellBasket()
    readyOrFailed(element.status)
  })
  hear('holdfast-status', ({ status }) => {
    readyOrFailed(status)
  })
  hear('holdfast-error', ({ code }) => {
    if (code === 'drawing_unreadable') onFailed()
  })
  hear('holdfast-basket', tellBasket)
  hear('holdfast-held', ({ objects }) => {
    call(core, 'onHoldSucceeded', ...asTold(core, objects))
  })
  hear('holdfast-refused', ({ refused }) => {
    const tried = refused.filter(isTried)
    if (hasSession(core) && tried.length > 0) call(core, 'onHoldFailed', ...asTold(core, tried))
  })
  hear('holdfast-released', ({ objects }) => {
    call(core, 'onReleaseHoldSucceeded', ...asTold(core, objects))
  })
  hear('holdfast-expired', () => {
    call(core, 'onHoldTokenExpired')
  })
  hear('holdfast-pick', ({ object: { label } }, event) => {
    const object = objectOf(core, label)
    if (object === undefined) return
    call(core, 'onObjectClicked', bookableOf(core, object))
    if (pickFor(core, object)) event.preventDefault()
  })
  hear('holdfast-choose', ({ objects }, event) => {
    const isFine = hasFineLimits(core.config().maxSelectedObjects)
    if (isFine && !isRoomFor(core, objects)) event.preventDefault()
  })
}

/** What a chart hears of its map besides, once the map is there. */
export function watcherOf(core: () => Core): Watcher {
  let hovered: number | undefined
  let shown = 0
  const tellHover = (name: 'onObjectMouseOver' | 'onObjectMouseOut') => {
    const object = core().map.scene?.objects[hovered ?? -1]
    if (object) call(core(), name, bookableOf(core(), object))
  }
  return {
    changed: (labels) => {
      for (const label of labels) tellChange(core(), label)
    },
    hover: (hit) => {
      const index = hit?.kind === 'object' ? hit.index : undefined
      if (index === hovered) return
      tellHover('onObjectMouseOut')
      hovered = index
      tellHover('onObjectMouseOver')
    },
    floor: (index) => {
      if (index === shown) return
      shown = index
      const floor = core().map.scene?.floors[index]
      if (floor) call(core(), 'onFloorChanged', { name: floor.name })
    },
    isOpenAnyway: (label) => isSelectableAnyway(core().config(), label),
    busy: (isBusy) => {
      if (!hasSession(core())) return
      call(core(), isBusy ? 'onHoldCallsInProgress' : 'onHoldCallsComplete')
    },
  }
}

function tellChange(core: Core, label: string): void {
  const { onObjectStatusChanged, onSelectedObjectBooked, onSelectedObjectUnavailable } =
    core.config()
  if (!onObjectStatusChanged && !onSelectedObjectBooked && !onSelectedObjectUnavailable) return
  const object = objectOf(core, label)
  if (object === undefined) return
  call(core, 'onObjectStatusChanged', bookableOf(core, object))
  const letter = core.map.sale?.letterOf(label) ?? '-'
  const isMine = core.selection.some((line) => line.label === label && !line.isHeld)
  if (!isMine || isFree(core, object)) return
  call(core, 'onSelectedObjectUnavailable', bookableOf(core, object))
  if (letter === 'b') call(core, 'onSelectedObjectBooked', bookableOf(core, object))
}

/** Tells of a session when its token is known, and again when the first hold sets its deadline. */
function sessionTeller(core: Core): () => void {
  let told = { token: '', hasDeadline: false }
  return () => {
    const { element, sale } = core.map
    // Before the server has answered nobody knows what time it is there.
    if (!hasSession(core) || !sale?.basket.holdToken || sale.connection === 'loading') return
    const { holdToken: token } = sale.basket
    const { holdExpiresAt } = element
    const hasDeadline = holdExpiresAt !== undefined
    const isNew = token !== told.token || (hasDeadline && !told.hasDeadline)
    told = { token, hasDeadline }
    if (!isNew) return
    const soonest = sale.serverNow() + HOLD_SECONDS_DEFAULT * SECOND_MS
    call(core, 'onSessionInitialized', {
      token,
      expiresAt: (holdExpiresAt ?? new Date(soonest)).toISOString(),
      expiresInSeconds: Math.floor(element.secondsLeft ?? HOLD_SECONDS_DEFAULT),
    })
  }
}

function hasSession(core: Core): boolean {
  return sessionOf(core.config()) !== 'none'
}

/** Whether a hold was tried: some things the map refuses by itself. */
function isTried({ reason }: Refused): boolean {
  return reason !== 'too_many' && reason !== 'ticket_type_unknown'
}
