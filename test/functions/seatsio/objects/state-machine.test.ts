import { describe, expect, test } from 'vitest'
import { rowDrawing } from '../../../support/drawings.ts'
import {
  errorOf,
  openSeatsioScene,
  verdictOf,
  type SeatsioScene,
} from '../../../support/seatsio-scene.ts'

// The table of the contract, cell by cell: a word is the status afterwards, a code is the refusal.

const ILLEGAL = '400 ILLEGAL_STATUS_CHANGE'
const NOT_HELD = '400 NOT_HELD_BY_TOKEN'
const REQUIRED = '400 HOLD_TOKEN_REQUIRED'

const targets = ['free', 'booked', 'reservedByToken', 'resale', 'listed', 'x', 'y', 'RELEASE']

interface Row {
  /** What is done first: status after status; the last of them is where the object comes from. */
  readonly from: readonly string[]
  /** Whose token the request has; a hold without one is a cell of its own. */
  readonly token: 'mine' | 'none'
  /** One verdict for each target. */
  readonly to: readonly string[]
}

const held = 'reservedByToken'
const onlyHolds = (verdict: string) =>
  targets.map((target) => (target === held ? verdict : NOT_HELD))

const table: Record<string, Row> = {
  'a free object': {
    from: ['free'],
    token: 'none',
    to: ['free', 'booked', REQUIRED, 'resale', 'resale', 'x', 'y', 'free'],
  },
  'an object that was never touched': {
    from: [],
    token: 'none',
    to: ['free', 'booked', REQUIRED, 'resale', 'resale', 'x', 'y', 'free'],
  },
  'a free object, with a token': { from: [], token: 'mine', to: onlyHolds(held) },
  'an object held by the token of the request': {
    from: ['mine'],
    token: 'mine',
    to: ['free', 'booked', held, 'resale', 'resale', 'x', 'y', 'free'],
  },
  'an object held by another token': { from: ['theirs'], token: 'mine', to: onlyHolds(ILLEGAL) },
  'a held object, without a token': {
    from: ['theirs'],
    token: 'none',
    to: ['free', 'booked', REQUIRED, 'resale', 'resale', 'x', 'y', 'free'],
  },
  'a booked object': {
    from: ['booked'],
    token: 'none',
    to: ['free', ILLEGAL, REQUIRED, 'resale', 'resale', 'x', 'y', 'free'],
  },
  'a booked object, with a token': { from: ['booked'], token: 'mine', to: onlyHolds(ILLEGAL) },
  'an object in resale': {
    from: ['resale'],
    token: 'none',
    to: ['free', 'booked', REQUIRED, ILLEGAL, 'resale', 'x', 'y', 'free'],
  },
  'an object in resale, with a token': { from: ['resale'], token: 'mine', to: onlyHolds(held) },
  'an object in custom status y': {
    from: ['y'],
    token: 'none',
    to: ['free', 'booked', REQUIRED, 'resale', 'resale', 'x', ILLEGAL, 'free'],
  },
  'an object in custom status y, with a token': {
    from: ['y'],
    token: 'mine',
    to: onlyHolds(ILLEGAL),
  },
  'an object held from resale': {
    from: ['resale', 'mine'],
    token: 'mine',
    to: ['free', 'booked', held, 'resale', 'resale', 'x', 'y', 'resale'],
  },
  'an object booked from a hold from resale': {
    from: ['resale', 'mine', 'booked'],
    token: 'none',
    to: ['free', ILLEGAL, REQUIRED, 'resale', 'resale', 'x', 'y', 'resale'],
  },
  'an object in a custom status from resale': {
    from: ['resale', 'y'],
    token: 'none',
    to: ['free', 'booked', REQUIRED, 'resale', 'resale', 'x', ILLEGAL, 'resale'],
  },
  'an object booked anew after it left resale by a release': {
    from: ['resale', 'RELEASE', 'booked'],
    token: 'none',
    to: ['free', ILLEGAL, REQUIRED, 'resale', 'resale', 'x', 'y', 'free'],
  },
}

/** What a request says to reach a status; `listed` is resale with an id, `mine` and `theirs` are holds. */
function wordsFor(target: string, tokens: Record<string, string>): object {
  const status = { listed: 'resale', mine: held, theirs: held }[target] ?? target
  const holdToken = tokens[target]
  return {
    ...(target === 'RELEASE' ? { type: 'RELEASE' } : { status }),
    ...(target === 'listed' ? { resaleListingId: 'listing-1' } : {}),
    ...(holdToken === undefined ? {} : { holdToken }),
  }
}

type Send = (scene: SeatsioScene, body: object) => ReturnType<SeatsioScene['change']>

const doors: Record<string, Send> = {
  'the call for one event': ({ change }, body) => change(body),
  'the call for a group': ({ api }, body) =>
    api('POST /events/groups/actions/change-object-status', { events: ['gala'], ...body }),
  'a batch': ({ batch }, body) => batch({ event: 'gala', ...body }),
}

const labels = targets.map((_, place) => `A-${place + 1}`)

/** Tries each target on an object of its own; answers what it came to. What refuses stays as it is and leaves no line. */
async function tryRow(scene: SeatsioScene, send: Send, { from, token }: Row): Promise<string[]> {
  const tokens = { mine: await scene.token(), theirs: await scene.token() }
  for (const step of from) {
    await scene.change({ objects: labels, ...wordsFor(step, tokens) })
    // The log tells the order of operations by their milliseconds.
    scene.clock.advance(1)
  }
  const before = await scene.infos(labels)
  const holdToken = token === 'mine' ? { holdToken: tokens.mine } : {}
  const answers = []
  for (const [place, target] of targets.entries()) {
    const body = { objects: [labels[place]], ...wordsFor(target, {}), ...holdToken }
    answers.push(await send(scene, body))
  }
  const [after, lines] = [await scene.infos(labels), await scene.lines()]
  return answers.map((answer, place) => {
    const label = labels[place] ?? ''
    const own = lines.filter(({ objectLabel }) => objectLabel === label)
    if (answer.status < 300) {
      expect(own).toHaveLength(from.length + 1)
      expect(own[0]?.status).toBe(after[label]?.['status'])
      return String(after[label]?.['status'])
    }
    expect([after[label], own.length]).toEqual([before[label], from.length])
    return verdictOf(answer)
  })
}

describe.each(Object.entries(doors))('by %s', (_, send) => {
  test.each(Object.entries(table))('%s goes where the contract says', async (_name, row) => {
    const scene = await openSeatsioScene(rowDrawing({ rows: 1, seatsPerRow: targets.length }))
    const verdicts = await tryRow(scene, send, row)
    const byTarget = (words: readonly string[]) =>
      Object.fromEntries(targets.map((target, place) => [target, words[place]]))
    expect(byTarget(verdicts)).toEqual(byTarget(row.to))
  })
})

test('a hold of an object that is held by the same token, in resale or free shows the token', async () => {
  const scene = await openSeatsioScene()
  const holdToken = await scene.token()
  await scene.change({ objects: ['A-2'], status: 'resale' })
  await scene.change({ objects: ['A-3'], status: held, holdToken })
  await scene.change({ objects: ['A-1', 'A-2', 'A-3'], status: held, holdToken })
  for (const label of ['A-1', 'A-2', 'A-3']) {
    expect(await scene.info(label)).toMatchObject({ status: held, holdToken })
  }
})

describe('custom statuses may be called like anything, built-in words of the core too', () => {
  test.each(['held', '=x', '=', 'x', 'Free', 'BOOKED', 'RELEASE', '__proto__', 'à la carte', '0'])(
    '%s is a status of its own',
    async (status) => {
      const scene = await openSeatsioScene()
      expect((await scene.change({ objects: ['A-1'], status })).status).toBe(200)
      expect(await scene.info('A-1')).toMatchObject({
        status,
        isAvailable: false,
        availabilityReason: status,
      })
      expect(verdictOf(await scene.change({ objects: ['A-1'], status }))).toBe(ILLEGAL)
      scene.clock.advance(1)
      const guard = { objects: ['A-1'], allowedPreviousStatuses: [status] }
      expect((await scene.change({ ...guard, status: 'other' })).status).toBe(200)
      expect(errorOf(await scene.change({ ...guard, status: 'free' }))['message']).toBe(
        'Cannot change from [other] to [free]: other is not in the list of allowed previous statuses',
      )
      expect((await scene.lines()).map((line) => line.status)).toEqual(['other', status])
    },
  )
})
