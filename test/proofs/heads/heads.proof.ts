import { expect, test } from 'vitest'
import { firstFaultOf, type Edit } from '../../support/edited-bundle.ts'

const minutes = 60_000

const firstFault = (name: string, edits?: readonly Edit[]) =>
  firstFaultOf({ proof: 'heads', seeds: 20 }, name, edits)

test(
  'a request that begins after a change was answered goes by nothing of before, whatever its process remembers',
  async () => {
    expect(await firstFault('sound')).toBeUndefined()
  },
  5 * minutes,
)

const events = 'lib/store/events/events.ts'
const raises = '    ...raiseRevisions(port, [before]),\n'
const replaces = 'const outcome = await transactOnce(port, items, receiptFor(head))'

const defects: Readonly<Record<string, readonly Edit[]>> = {
  'raises nothing where an event is changed': [{ file: events, find: raises, replace: '' }],
  'raises before the transaction': [
    { file: events, find: raises, replace: '' },
    {
      file: events,
      find: replaces,
      replace: `await transactOnce(port, raiseRevisions(port, [before]), undefined)\n  ${replaces}`,
    },
  ],
  'raises nothing where terms are changed': [
    {
      file: 'lib/store/events/replace-terms.ts',
      find: ', ...raiseRevisions(port, heads)]',
      replace: ']',
    },
  ],
  'raises nothing where an event is deleted': [
    { file: events, find: '    ...raiseRevisions(port, heads),\n', replace: '' },
  ],
  'raises nothing where a chart is published': [
    { file: 'lib/store/charts/charts.ts', find: ': raiseRevisions(port, [head])', replace: ': []' },
  ],
  'raises nothing where a season is told of events by a large commit': [
    {
      file: 'lib/store/events/create-events.ts',
      find: ', ...raiseRevisions(port, [season.before])]',
      replace: ']',
    },
  ],
  'remembers heads that were read together with the revision': [
    {
      file: 'lib/store/seats/held-heads.ts',
      find: 'seen.turn > turn || ',
      replace: '',
    },
  ],
  'remembers heads that were read before the revision': [
    {
      file: 'lib/store/seats/read-seats.ts',
      find: '    const { turn } = memory\n    const heads = await findEvents(store, memory, wanted)\n',
      replace:
        '    const heads = await findEvents(store, memory, wanted)\n    const { turn } = memory\n',
    },
  ],
}

test.each(Object.entries(defects))(
  'it is found out where one %s',
  async (name, edits) => {
    expect(await firstFault(name.replaceAll(' ', '-'), edits)).toMatch(/^seed \d+: /)
  },
  5 * minutes,
)
