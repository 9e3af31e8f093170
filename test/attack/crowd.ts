import { systemClock } from '../../lib/clock.ts'
import { createEvent, faultsOf, send, type Answer, type Attack } from './ground.ts'

const OBJECTS_MAX = 1_000
const BATCHES = 28
/** What reading health may take while all of them run and wait: some 400 ms were seen on two busy cores, nine seconds before. */
const HEALTH_MS_MAX = 2_000
const ROUNDS_MAX = 20

/** Far too many of the largest requests at once: each is answered, in the end each is made, and nobody else waits for them. */
export const crowd: Attack = async ({ url, attacker }) => {
  const key = attacker.secretKey
  const seats = Array.from({ length: OBJECTS_MAX }, (_, index) => String(index + 1))
  const rows = Array.from({ length: BATCHES }, (_, row) => ({ label: `R${row}`, seats }))
  const { eventKey } = await createEvent(url, key, rows)
  const faults: string[] = []
  let left = rows
  let isOver = false
  const watching = watch(url, () => isOver)
  for (let round = 0; round < ROUNDS_MAX && left.length > 0; round += 1) {
    const answers = await Promise.all(
      left.map(async ({ label }) => {
        const body = { objects: seats.map((seat) => `${label}-${seat}`) }
        return comeAgain(await send(url, `POST /events/${eventKey}/actions/book`, { key, body }))
      }),
    )
    faults.push(...faultsOf('a batch of many', answers))
    if (answers.every(({ status }) => status === 503)) faults.push('no batch of many was made')
    left = left.filter((_, index) => answers[index]?.status === 503)
  }
  isOver = true
  if (left.length > 0) faults.push(`${left.length} batches were never made`)
  const worst = Math.max(...(await watching).map(({ ms }) => ms))
  if (worst > HEALTH_MS_MAX) faults.push(`health took ${Math.round(worst)} ms`)
  return faults
}

/** Waits for as long as an answer asks. */
async function comeAgain(answer: Answer): Promise<Answer> {
  const seconds = Number(answer.headers.get('retry-after') ?? 0)
  await systemClock.sleep(answer.status === 503 ? seconds * 1_000 : 0)
  return answer
}

async function watch(url: string, isOver: () => boolean): Promise<Answer[]> {
  const seen: Answer[] = []
  while (!isOver()) {
    seen.push(await send(url, 'GET /health', { key: '' }))
    await systemClock.sleep(100)
  }
  return seen
}
