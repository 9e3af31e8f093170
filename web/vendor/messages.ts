import type { Settings } from '../element/public.ts'

type Own = NonNullable<Settings['messages']>

/** Messages of the vendor that say what one of ours says. */
const same: Readonly<Record<string, keyof Own>> = {
  accessible: 'accessible',
  companionSeat: 'companion',
  restrictedView: 'restrictedView',
  cancel: 'cancel',
  confirm: 'take',
  choosePriceLevel: 'chooseTicket',
  selectQuantity: 'chooseQuantity',
  notAvailable: 'off',
  unavailablePlace: 'taken',
  selected: 'mine',
  noLongerAvailable: 'whyHeld',
  notEnoughPlacesAvailable: 'whyNotEnough',
  holdFailedModalBodyBecauseNetworkIssue: 'whyOffline',
  holdFailedModalBodyBecauseOther: 'whyOther',
  sessionExpiredAllPlacesReleased: 'saidExpired',
  maxSelectionReached: 'saidMost',
  renderingFailed: 'broken',
  'sectionAvailability.none': 'soldOut',
}

/** Messages of the vendor that name a kind, which ours say with its label. */
const kinds: Readonly<Record<string, keyof Own>> = {
  section: 'section',
  row: 'row',
  seat: 'seat',
  table: 'table',
}

/** The messages that a page has written itself, as ours. */
export function messagesOf(
  messages: Readonly<Record<string, unknown>> | undefined,
): Own | undefined {
  if (messages === undefined) return undefined
  const own = Object.entries(messages).flatMap(([name, text]) => {
    if (typeof text !== 'string') return []
    const [word, kind] = [same[name], kinds[name]]
    if (word !== undefined) return [[word, text.replaceAll('{', '')] as const]
    return kind === undefined ? [] : [[kind, `${text.replaceAll('{', '')} {label}`] as const]
  })
  return Object.fromEntries(own)
}
