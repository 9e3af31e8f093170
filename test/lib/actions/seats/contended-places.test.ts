import { TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import { expect, test } from 'vitest'
import { annotateObjects } from '../../../../lib/actions/seats/annotate-objects.ts'
import { changeSeats } from '../../../../lib/actions/seats/change-seats.ts'
import { changeStatuses } from '../../../../lib/actions/seats/change-statuses.ts'
import { extendHolds } from '../../../../lib/actions/seats/extend-holds.ts'
import type { Context } from '../../../../lib/actions/context.ts'
import { addSeconds } from '../../../../lib/clock.ts'
import type { ExtraDataText } from '../../../../lib/rules/seat.ts'
import { drawArea, rowDrawing } from '../../../support/drawings.ts'
import { intercepted } from '../../../support/intercepted.ts'
import { openSeatsioScene } from '../../../support/seatsio-scene.ts'

const TOKEN = 'token-of-ada'
const lawn = rowDrawing({ plane: { generalAdmissionAreas: [drawArea('Lawn', 10)] } })

interface Written {
  writes: number
}

/** What an action gets whose first write meets a transaction that sells from the same block. */
function meeting(context: Context, written: Written, others: () => Promise<unknown>): Context {
  const writes: Parameters<typeof intercepted>[1]['writes'] = async (command, send) => {
    written.writes += 1
    if (written.writes > 1) return send()
    await others()
    const { TransactItems } = command.input as { TransactItems: unknown[] }
    throw new TransactionCanceledException({
      message: 'Transaction cancelled',
      $metadata: {},
      CancellationReasons: TransactItems.map((_, index) => {
        return { Code: index === 0 ? 'TransactionConflict' : 'None' }
      }),
    })
  }
  return { ...context, store: intercepted(context.store, { writes }) }
}

const parts = [{ eventKey: 'gala', labels: ['Lawn'] }] as const
const until = (context: Context) => addSeconds(context.now(), 60)

const changes: Record<string, (context: Context) => Promise<{ readonly ok: boolean }>> = {
  'a booking': (context) =>
    changeStatuses(context, [
      {
        eventKeys: ['gala'],
        objects: [{ label: 'Lawn', quantity: 2 }],
        change: { kind: 'set-booked' },
      },
    ]),
  'a hold': (context) =>
    changeSeats(context, {
      parts,
      change: { kind: 'hold', holdToken: 'token-of-eve', until: until(context) },
      places: 2,
    }),
  'a hold that goes on': (context) =>
    extendHolds(context, {
      eventKey: 'gala',
      holdToken: TOKEN,
      until: until(context),
      labels: ['Lawn'],
    }),
  'a note': (context) =>
    annotateObjects(context, {
      eventKey: 'gala',
      extraData: new Map([['Lawn', '{"n":1}' as ExtraDataText]]),
    }),
}

// What was known of the block is stale: decided from that, the second write would be lost for sure.
test.each(Object.entries(changes))(
  'after a conflict over places, %s looks at them anew and writes once more',
  async (_, change) => {
    const scene = await openSeatsioScene(lawn)
    const hold = { kind: 'hold', holdToken: TOKEN, until: until(scene.context()) } as const
    expect((await changeSeats(scene.context(), { parts, change: hold, places: 3 })).ok).toBe(true)
    const written = { writes: 0 }
    const others = () =>
      scene.change({ objects: [{ objectId: 'Lawn', quantity: 4 }], status: 'booked' })
    const outcome = await change(meeting(scene.context(), written, others))
    expect(outcome.ok).toBe(true)
    expect(written.writes).toBe(2)
    expect(await scene.info('Lawn')).toMatchObject({ capacity: 10 })
  },
)

test('after a conflict over the last places, a booking is refused with what is left by then', async () => {
  const scene = await openSeatsioScene(lawn)
  const written = { writes: 0 }
  const others = () =>
    scene.change({ objects: [{ objectId: 'Lawn', quantity: 9 }], status: 'booked' })
  const step = {
    eventKeys: ['gala'],
    objects: [{ label: 'Lawn', quantity: 2 }],
    change: { kind: 'set-booked' },
  } as const
  expect(await changeStatuses(meeting(scene.context(), written, others), [step])).toMatchObject({
    ok: false,
    refusal: { code: 'status-refused', reason: 'not-enough-places', left: 1 },
  })
  expect(written.writes).toBe(1)
})
