import { expect, test } from 'vitest'
import { changeSeats } from '../../../../lib/actions/seats/change-seats.ts'
import { addSeconds } from '../../../../lib/clock.ts'
import { writeExtraData } from '../../../../lib/rules/extra-data.ts'
import { Fault } from '../../../../lib/faults.ts'
import { rowDrawing } from '../../../support/drawings.ts'
import { holdOf } from '../../../support/many-events.ts'
import { phaseOf } from '../../../support/phases.ts'
import { openPlainHoldfast } from '../../../support/plain-holdfast.ts'
import { labelsOf, makeEvent, TOKEN } from '../../../support/scene.ts'
import { recoverAll } from '../../../support/workers.ts'

const SEATS = 120
const extraData = writeExtraData({ note: 'x'.repeat(3_000) })

/** 120 seats that are held with three kilobytes of extra data each, and how to extend them. */
async function openLaden() {
  const holdfast = await openPlainHoldfast()
  const { context, clock } = holdfast
  const drawing = rowDrawing({ rows: 1, seatsPerRow: SEATS })
  const { eventKey } = await makeEvent(holdfast.api, drawing)
  const parts = [{ eventKey, labels: labelsOf('A', 1, SEATS) }] as const
  await changeSeats(context, { parts, change: { ...holdOf(holdfast), extraData } })
  const until = addSeconds(clock.now(), 3_000)
  const change = { kind: 'extend', holdToken: TOKEN, until } as const
  const rows = () => holdfast.table.items().filter((item) => String(item['pk']).startsWith('S#'))
  return { ...holdfast, until, rows, extend: () => changeSeats(context, { parts, change }) }
}

test('extra data that stays is paid for once in a lock, not twice', async () => {
  const { wire, extend } = await openLaden()
  wire.units = 0
  expect((await extend()).ok).toBe(true)
  const history = Math.ceil((SEATS * extraData.length) / 1024)
  const [rowUnits, more] = [4, 20]
  expect(wire.units).toBeLessThanOrEqual(2 * SEATS * rowUnits + history + more)
})

test('whoever applies such a lock leaves the extra data as it was', async () => {
  const laden = await openLaden()
  const { wire, extend, rows, until } = laden
  const from = laden.table.records.length
  wire.fault = (request) => (phaseOf(request) === 'apply' ? 'throttle' : undefined)
  await expect(extend()).rejects.toThrow(Fault)
  expect(rows().filter((item) => item['lk'] !== undefined)).toHaveLength(SEATS)
  wire.fault = undefined
  await recoverAll(laden, from)
  for (const row of rows()) {
    expect(row).toMatchObject({ ed: extraData, x: until, v: 2 })
    expect(row).not.toHaveProperty('k')
    expect(row).not.toHaveProperty('lk')
  }
})
