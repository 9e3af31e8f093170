import { describe, expect, test } from 'vitest'
import { extendHolds } from '../../../../lib/actions/seats/extend-holds.ts'
import { addSeconds } from '../../../../lib/clock.ts'
import { holdingsOf } from '../../../support/kills.ts'
import { holdOf, makeEvents, mustChange } from '../../../support/many-events.ts'
import { openPlainHoldfast } from '../../../support/plain-holdfast.ts'
import { TOKEN } from '../../../support/scene.ts'

describe.each([
  ['one transaction', 100],
  ['a large commit', 5],
] as const)('a basket over three events, by %s', (_, transactionItemsMax) => {
  test('is held with an entry in each event, so that everything it holds is found there', async () => {
    const holdfast = await openPlainHoldfast({ transactionItemsMax })
    const parts = await makeEvents(holdfast, { events: 3, seats: 2 })
    await mustChange(holdfast, parts, holdOf(holdfast))
    const until = addSeconds(holdfast.clock.now(), 900)
    for (const { eventKey, labels } of parts) {
      const request = { eventKey, holdToken: TOKEN, until }
      const extended = await extendHolds(holdfast.context, request)
      expect(extended).toMatchObject({ ok: true })
      if (extended.ok) expect([...extended.value.extended].sort()).toEqual(labels)
    }
  })

  test('leaves one history entry in each event, and every row its version', async () => {
    const holdfast = await openPlainHoldfast({ transactionItemsMax })
    const parts = await makeEvents(holdfast, { events: 3, seats: 2 })
    await mustChange(holdfast, parts, holdOf(holdfast))
    await mustChange(holdfast, parts, { kind: 'book-held', holdToken: TOKEN })
    const { sold } = holdingsOf(holdfast.table)
    const events = new Map<string, string[]>()
    for (const { pk, v } of sold.values()) {
      const [kind = '', eventId = ''] = String(pk).split('#')
      if (kind === 'T') continue
      const shown = kind === 'S' ? `row ${String(v)}` : 'history'
      events.set(eventId, [...(events.get(eventId) ?? []), shown].sort())
    }
    expect([...events.values()]).toEqual(parts.map(() => ['history', 'history', 'row 2', 'row 2']))
  })
})
