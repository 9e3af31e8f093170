import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { contracts, describeCompatibility } from '../../infra/documents/compatibility.ts'
import { readCatalog } from '../../lib/http/catalog.ts'

const { endpoints } = await readCatalog()

function callsOf(surface: string): string[] {
  return (contracts[surface]?.groups ?? []).flatMap(({ calls }) => calls.map(([call]) => call))
}

/** What the page tells of a call. */
function toldOf(call: string, of = endpoints): string | undefined {
  const line = describeCompatibility(of)
    .split('\n')
    .find((it) => it.includes(`\`${call}\` `))
  return line?.split('|').at(-2)?.trim()
}

test('each contract is listed once and whole', () => {
  expect(callsOf('seatbuilder')).toHaveLength(26)
  expect(callsOf('seatsio')).toHaveLength(118)
  for (const surface of Object.keys(contracts)) {
    const calls = callsOf(surface).map((call) => call.replace(/\{\w+\}/g, '{}'))
    expect(new Set(calls).size).toBe(calls.length)
  }
})

test('a call is told to be served when there is an endpoint of its method and path, and not otherwise', () => {
  const call = 'POST /events/{eventKey}/actions/move-to-new-chart-copy'
  expect(toldOf(call)).toBe('served')
  const others = endpoints.filter(({ name }) => name !== 'move-to-new-chart-copy')
  expect(toldOf(call, others)).toBe('not yet')
  expect(toldOf('GET /api/v1/charts/{chartKey}')).toBe('served')
})

test('a field of the vendor\u2019s client is told to be served when the document of its call has it, and not otherwise', () => {
  const rowOf = (field: string, of = endpoints) =>
    describeCompatibility(of)
      .split('\n')
      .find((line) => line.includes(`\`${field}\``))
      ?.split('|')
      .at(-2)
      ?.trim()
  expect(rowOf('areaType')).toBe('served')
  expect(rowOf('secretKeys')).toBe('served')
  const others = endpoints.filter(({ name }) => name !== 'get-objects')
  expect(rowOf('areaType', others)).toBe('not yet')
  expect(rowOf('seasonBookingsPropagated')).toBe('served')
})

test('what a variable is called makes no difference', () => {
  const renamed = endpoints.map((entry) => {
    const path = entry.endpoint.path.replace('{workspaceKey}', '{key}')
    return { ...entry, endpoint: { ...entry.endpoint, path } }
  })
  expect(toldOf('POST /workspaces/{workspaceKey}', renamed)).toBe('served')
})

test('the page that is checked in is what the endpoints make of it', async () => {
  const page = await readFile(new URL('../../docs/compatibility.md', import.meta.url), 'utf8')
  expect(page).toBe(describeCompatibility(endpoints))
})
