import { expect, test } from 'vitest'
import { grants } from '../../infra/grants.ts'
import { buildWithoutCode } from '../support/infra/synth.ts'

test('what polls an event writes what it found for everybody, and nothing else but what it heals', async () => {
  const [others, [writing]] = [
    grants['read-snapshots'].table.slice(0, -1),
    grants['read-snapshots'].table.slice(-1),
  ]
  expect(others).toEqual(grants['read-seats'].table)
  expect(writing?.partitions).toEqual(['snapshots'])
  const { endpoints } = await buildWithoutCode()
  const polling = endpoints.filter(({ needs }) => needs.accessClass === 'read-snapshots')
  expect(polling.map(({ bundle }) => bundle.name).sort()).toEqual([
    'seatbuilder/get-snapshot',
    'seatbuilder/get-status',
  ])
})
