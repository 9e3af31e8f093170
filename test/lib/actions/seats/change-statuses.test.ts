import { describe, expect, test } from 'vitest'
import { changeStatuses } from '../../../../lib/actions/seats/change-statuses.ts'
import type { Context } from '../../../../lib/actions/context.ts'
import type { StatusStep, WantedChange } from '../../../../lib/rules/machine.ts'
import { rowDrawing } from '../../../support/drawings.ts'
import { interrupted } from '../../../support/interrupted.ts'
import { labelsOf } from '../../../support/scene.ts'
import { openSeatsioScene } from '../../../support/seatsio-scene.ts'

// Changes into which others slip, right after the first read and before anything is written.

function step(
  eventKeys: readonly string[],
  labels: readonly string[],
  change: WantedChange,
): StatusStep {
  return { eventKeys, objects: labels.map((label) => ({ label })), change }
}

const book = { kind: 'set-booked' } as const
const release = { kind: 'set-back' } as const

const run = (context: Context, ...steps: StatusStep[]) => changeStatuses(context, steps)

test('a seat that is taken meanwhile is refused as it is then, and nothing is changed', async () => {
  const scene = await openSeatsioScene()
  const context = interrupted(scene, 'readSeats', () =>
    scene.change({ objects: ['A-2'], status: 'checkedIn' }),
  )
  const again = { kind: 'set-custom', status: 'checkedIn' } as const
  const outcome = await run(context, step(['gala'], ['A-1', 'A-2', 'A-3'], again))
  expect(outcome).toMatchObject({
    ok: false,
    refusal: { code: 'status-refused', label: 'A-2', from: '=checkedIn', to: '=checkedIn' },
  })
  expect(await scene.statuses(['A-1', 'A-2', 'A-3'])).toEqual(['free', 'checkedIn', 'free'])
})

test('a seat that is let go meanwhile is refused all the same: the refusal was true when it was read', async () => {
  const scene = await openSeatsioScene()
  await scene.change({ objects: ['A-1'], status: 'booked' })
  const context = interrupted(scene, 'readSeats', () =>
    scene.change({ objects: ['A-1'], type: 'RELEASE' }),
  )
  expect((await run(context, step(['gala'], ['A-1'], book))).ok).toBe(false)
})

test('a guard on previous statuses looks at what slipped in', async () => {
  const scene = await openSeatsioScene()
  const context = interrupted(scene, 'readSeats', () =>
    scene.change({ objects: ['A-1'], status: 'x' }),
  )
  const guarded = { ...book, allowedBefore: ['free'] } as const
  expect(await run(context, step(['gala'], ['A-1'], guarded))).toMatchObject({
    ok: false,
    refusal: { reason: 'previous-not-allowed', from: '=x' },
  })
})

test('what goes with the objects is kept from what slipped in, not from what was read', async () => {
  const scene = await openSeatsioScene()
  const objects = [{ objectId: 'A-1', extraData: { n: 1 } }]
  const context = interrupted(scene, 'readSeats', () => scene.change({ objects, status: 'x' }))
  const keep = { ...book, keepExtraData: true }
  expect((await run(context, step(['gala'], ['A-1'], keep))).ok).toBe(true)
  expect(await scene.info('A-1')).toMatchObject({ status: 'booked', extraData: { n: 1 } })
})

describe('several steps over what slipped in', () => {
  test('are decided anew from the first on', async () => {
    const scene = await openSeatsioScene()
    const context = interrupted(scene, 'readSeats', () =>
      scene.change({ objects: ['A-1'], status: 'booked', orderId: 'intruder' }),
    )
    const steps = [
      step(['gala'], ['A-1'], release),
      step(['gala', 'ball'], ['A-1'], { ...book, orderId: 'mine' }),
    ]
    const outcome = await run(context, ...steps)
    if (!outcome.ok) throw new Error(outcome.refusal.code)
    const [first] = outcome.value
    expect(first?.objects[0]).toMatchObject({
      before: { status: 'booked', orderId: 'intruder' },
    })
    for (const event of ['gala', 'ball']) {
      expect(await scene.info('A-1', event)).toMatchObject({ status: 'booked', orderId: 'mine' })
    }
    scene.clock.advance(1_000)
    const told = (await scene.lines()).map((line) => [line.status, line['orderId']])
    expect(told).toEqual([
      ['booked', 'mine'],
      ['free', undefined],
      ['booked', 'intruder'],
    ])
  })

  test('are refused whole when one of many events has changed', async () => {
    const scene = await openSeatsioScene()
    const context = interrupted(scene, 'readSeats', () =>
      scene.batch({ event: 'open-air', status: 'booked', objects: ['B-1'] }),
    )
    const outcome = await run(
      context,
      step(['gala', 'ball'], ['A-1'], book),
      step(['open-air'], ['B-1'], book),
    )
    expect(outcome).toMatchObject({ ok: false, refusal: { eventKey: 'open-air', label: 'B-1' } })
    for (const event of ['gala', 'ball']) {
      expect(await scene.statuses(['A-1'], event)).toEqual(['free'])
    }
  })
})

test('a change of more than one transaction that loses a seat changes none of the others', async () => {
  const scene = await openSeatsioScene(rowDrawing({ rows: 1, seatsPerRow: 150 }))
  const labels = labelsOf('A', 1, 150)
  const context = interrupted(scene, 'readSeats', () =>
    scene.change({ objects: ['A-149'], status: 'booked' }),
  )
  const outcome = await run(context, step(['gala'], labels, book))
  expect(outcome).toMatchObject({ ok: false, refusal: { label: 'A-149', from: 'booked' } })
  const statuses = await scene.statuses(labels)
  expect(statuses.filter((status) => status !== 'free')).toEqual(['booked'])
  expect((await run(scene.context(), step(['gala'], labels.slice(0, 148), book))).ok).toBe(true)
})

test('a hold that runs out between reading and writing books nothing', async () => {
  const scene = await openSeatsioScene()
  const holdToken = await scene.token(1)
  await scene.change({ objects: ['A-1'], status: 'reservedByToken', holdToken })
  scene.clock.advance(59_999)
  const context = interrupted(scene, 'readSeats', () => {
    scene.clock.advance(1)
    return Promise.resolve()
  })
  const outcome = await run(context, step(['gala'], ['A-1'], { ...book, holdToken }))
  expect(outcome).toMatchObject({ ok: false, refusal: { code: 'hold-token-unknown' } })
  expect(await scene.statuses(['A-1'])).toEqual(['free'])
})

test('an event that is deleted and made anew meanwhile is not changed by what was read of the old one', async () => {
  const scene = await openSeatsioScene()
  await scene.statuses(['A-1'])
  const context = interrupted(scene, 'readSeats', async () => {
    await scene.api('DELETE /events/gala')
    await scene.api('POST /events', { chartKey: 'hall', eventKey: 'gala' })
  })
  await run(context, step(['gala'], ['A-1'], book))
  expect(await scene.statuses(['A-1'])).toEqual(['free'])
  expect((await run(scene.context(), step(['gala'], ['A-1'], book))).ok).toBe(true)
  expect(await scene.statuses(['A-1'])).toEqual(['booked'])
})
