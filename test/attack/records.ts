import { createEvent, faultsOf, send, type Answer, type Attack, type Ground } from './ground.ts'

const ROUNDS = 30
const EVENTS_AT_ONCE = 60

/** However deletes, moves, creates and new keys fight: what lists show can be read, and what is empty can be deleted. */
export const records: Attack = async (ground) => {
  const { url, attacker, dice } = ground
  const key = attacker.secretKey
  const rows = [{ label: 'A', seats: ['1', '2'] }]
  const [one, two] = await Promise.all([1, 2].map(() => createEvent(url, key, rows)))
  if (one === undefined || two === undefined) throw new Error('Bug: no ground')
  const charts = [one.chartKey, two.chartKey]
  const faults: string[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const eventKey = `fought-over-${round}`
    await send(url, 'POST /events', { key, body: { chartKey: charts[dice(2)], eventKey } })
    const blows = Array.from({ length: 3 + dice(4) }, () => blowAt(dice, { eventKey, charts }))
    const answers = await Promise.all(
      blows.map(({ request, body }) => send(url, request, { key, ...(body && { body }) })),
    )
    faults.push(...faultsOf(`a fight over ${eventKey}`, answers))
  }
  faults.push(...(await manyAtOnce(ground, charts)))
  return [...faults, ...(await clearAway(ground, charts))]
}

/** One request of a fight. */
function blowAt(
  dice: Ground['dice'],
  { eventKey, charts }: { eventKey: string; charts: readonly string[] },
): { request: string; body?: object } {
  const edit = `POST /events/${eventKey}`
  const blows = [
    { request: `DELETE /events/${eventKey}` },
    { request: edit, body: { chartKey: charts[dice(2)] } },
    { request: edit, body: { eventKey: `${eventKey}-anew` } },
    { request: 'POST /events', body: { chartKey: charts[dice(2)], eventKey } },
    { request: `${edit}/actions/move-to-new-chart-copy` },
  ]
  return blows[dice(blows.length)] ?? { request: edit, body: {} }
}

/** What one request created is there when it has answered. */
async function manyAtOnce({ url, attacker }: Ground, charts: readonly string[]): Promise<string[]> {
  const key = attacker.secretKey
  const events = Array.from({ length: EVENTS_AT_ONCE }, (_, index) => ({
    eventKey: `many-${index}`,
  }))
  const body = { chartKey: charts[0], events }
  const made = await send(url, 'POST /events/actions/create-multiple', { key, body })
  if (made.status >= 300) return [`creating ${EVENTS_AT_ONCE} events: answered ${made.status}`]
  const read = await Promise.all(
    events.map(({ eventKey }) => send(url, `GET /events/${eventKey}`, { key })),
  )
  const absent = read.filter(({ status }) => status !== 200).length
  return absent === 0 ? [] : [`${absent} of ${EVENTS_AT_ONCE} events were answered and not there`]
}

/** Everything listed can be read and deleted; then every chart can be, which none could before. */
async function clearAway({ url, attacker }: Ground, charts: readonly string[]): Promise<string[]> {
  const key = attacker.secretKey
  const faults: string[] = []
  for (const chartKey of charts) {
    const early = await send(url, `DELETE /api/v1/charts/${chartKey}`, { key })
    if (early.status < 300) faults.push(`chart ${chartKey} was deleted with events on it`)
  }
  for (let page = 0; page < 20; page += 1) {
    const { body } = await send(url, 'GET /events?limit=100', { key })
    const items = (body['items'] ?? []) as { key: string }[]
    if (items.length === 0) break
    const seen: Answer[] = []
    for (const event of items) {
      const path = `/events/${encodeURIComponent(event.key)}`
      const read = await send(url, `GET ${path}`, { key })
      const deleted = await send(url, `DELETE ${path}`, { key })
      seen.push(read, deleted)
      if (read.status !== 200) faults.push(`listed, but answered ${read.status}: ${event.key}`)
    }
    faults.push(...faultsOf('clearing away', seen))
  }
  for (const chartKey of charts) {
    const answer = await send(url, `DELETE /api/v1/charts/${chartKey}`, { key })
    if (answer.status >= 300) faults.push(`chart ${chartKey} without events: ${answer.text}`)
  }
  return faults
}
