import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { buildWithoutCode, resourcesOf, synthesise } from '../support/infra/synth.ts'
import { openScene, TOKEN } from '../support/scene.ts'

const page = await readFile(new URL('../../docs/costs.md', import.meta.url), 'utf8')

/** The rows of each table of the page, without its head: quantity, price, cost. */
const tables = page
  .split(/^## /m)
  .map((section) =>
    [...section.matchAll(/^\|(.+)\|$/gm)].map(([, row = '']) =>
      row.split('|').map((cell) => cell.trim().replace(/\*/g, '')),
    ),
  )

test('each cost is its quantity times its price, and each total is the sum', () => {
  const priced = tables.filter((rows) => rows.length > 0)
  expect(priced).toHaveLength(4)
  for (const rows of priced) {
    const lines = rows.slice(2, -1)
    let sum = 0
    for (const [what, quantity, , price, cost] of lines) {
      const exact = Number(quantity) * Number(price)
      expect([what, Math.abs(exact - Number(cost)) <= 0.005 + 1e-9]).toEqual([what, true])
      sum += exact
    }
    expect(Number(rows.at(-1)?.[4])).toBeCloseTo(sum, 1)
  }
})

test('the write units of the page are those that are counted', async () => {
  const { api, seats, calls } = await openScene()
  await api(`POST ${seats}/hold`, { objectLabels: ['A-1', 'A-2'], holdToken: TOKEN })
  expect(page).toContain(`holds of two seats, ${calls.count().writeUnits} units each`)
  calls.clear()
  await api(`POST ${seats}/book`, { objectLabels: ['A-1', 'A-2'], holdToken: TOKEN })
  expect(page).toContain(`bookings of two seats, ${calls.count().writeUnits} units each`)
})

test('a poll of the status reads at least as many units as the page says', async () => {
  const { api, eventKey, calls } = await openScene()
  const units = async () => {
    calls.clear()
    await api(`GET /api/v1/events/${eventKey}/status`)
    return calls.all.reduce((sum, call) => sum + call.units, 0)
  }
  await units()
  const least = await units()
  expect(page).toContain(`at least ${least} units`)
})

test('the alarms of the page are as many metrics as they look at', async () => {
  const { observability } = synthesise({ build: await buildWithoutCode(), stage: 'test' })
  const alarms = Object.values(resourcesOf(observability, 'AWS::CloudWatch::Alarm'))
  const metrics = alarms.flatMap(({ Properties: { Metrics } }) =>
    Metrics === undefined ? [{}] : (Metrics as object[]).filter((it) => 'MetricStat' in it),
  )
  expect(page).toMatch(
    new RegExp(`CloudWatch: ${alarms.length} alarms.*\\| +${metrics.length} \\| metrics`),
  )
  const boards = Object.values(resourcesOf(observability, 'AWS::CloudWatch::Dashboard'))
  expect(page).toMatch(new RegExp(`CloudWatch: the dashboard +\\| +${boards.length} \\|`))
})

test('the page says of when and where its prices are, and that they must be checked', () => {
  expect(page).toMatch(/Check before you rely on it/)
  expect(page).toMatch(/us-east-1.*2026-11-27/s)
})
