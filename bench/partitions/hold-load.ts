import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { partitionStarts } from '../../lib/store/table/partitions.ts'
import { mustSend, orderOf, partsOf } from '../chapters/orders.ts'
import { kilobytesOf } from '../meter.ts'
import { operationOf, textOf, type Handler, type Request } from '../requests.ts'
import { openHoldfast, withKey } from '../sellers/holdfast.ts'
import { openWorld, type RequestHandler } from '../world.ts'

// What one hold of two seats takes of which partition keys: the product holds, and its requests are looked at.

/** Whose key it is: spread over the event's shards, of this request alone, or the same for all requests. */
export type Spread = 'shard' | 'own' | 'shared'

/** What a hold takes of one partition key. */
export interface Share {
  readonly pk: string
  readonly spread: Spread
  readonly readUnits: number
  readonly writeUnits: number
}

type Item = Record<string, AttributeValue>

interface Taken {
  readonly pk: string
  readonly readUnits: number
  readonly writeUnits: number
}

/** Looks at a hold with an idempotency key, by a process that has seen the event. */
export async function loadOfHold(seed: number): Promise<readonly Share[]> {
  let taken: Taken[] | undefined
  const wrap = (inner: RequestHandler): RequestHandler => ({
    handle: (request: Request) => {
      taken?.push(...takenBy(operationOf(request), textOf(request.body)))
      return (inner as Handler).handle(request)
    },
  })
  const world = await openWorld({ rows: 2, seatsPerRow: 20, events: 1 }, { seed, wrap })
  const hold = async (at: number): Promise<Taken[]> => {
    const [part] = partsOf(world, world.labels.length, world.labels.length)
    if (part === undefined) throw new Error('The hall has no seats')
    const parts = [{ ...part, labels: part.labels.slice(at, at + 2) }]
    const seller = openHoldfast({ context: withKey(world.context) })
    taken = []
    await mustSend(seller, orderOf(world, { verb: 'hold', token: `token-${at}`, parts }))
    return taken
  }
  await hold(0)
  const before = new Set((await hold(10)).map(({ pk }) => pk))
  const held = await hold(20)
  await world.engine.close()
  return [...new Set(held.map(({ pk }) => pk))].map((pk) => {
    const ofKey = held.filter((it) => it.pk === pk)
    const readUnits = ofKey.reduce((units, it) => units + it.readUnits, 0)
    const writeUnits = ofKey.reduce((units, it) => units + it.writeUnits, 0)
    return { pk, spread: spreadOf(pk, before), readUnits, writeUnits }
  })
}

function spreadOf(pk: string, before: ReadonlySet<string>): Spread {
  const { seats, history } = partitionStarts
  if (pk.startsWith(seats) || pk.startsWith(history)) return 'shard'
  return before.has(pk) ? 'shared' : 'own'
}

function takenBy(operation: string, text: string): Taken[] {
  const input = JSON.parse(text) as Input
  switch (operation) {
    case 'BatchGetItem':
      return Object.values(input.RequestItems ?? {}).flatMap(({ Keys, ConsistentRead }) =>
        Keys.map((key) => ({
          pk: key['pk']?.S ?? '',
          readUnits: ConsistentRead === true ? 1 : 0.5,
          writeUnits: 0,
        })),
      )
    case 'TransactWriteItems':
      return (input.TransactItems ?? []).flatMap((item) =>
        Object.values(item).map(({ Item: put, Key }) => ({
          pk: (put ?? Key ?? {})['pk']?.S ?? '',
          readUnits: 0,
          writeUnits: 2 * kilobytesOf(put ?? {}),
        })),
      )
    default:
      throw new Error(`A hold is not known to send ${operation}`)
  }
}

interface Input {
  readonly RequestItems?: Record<string, { Keys: Item[]; ConsistentRead?: boolean }>
  readonly TransactItems?: Record<string, { Item?: Item; Key?: Item }>[]
}
