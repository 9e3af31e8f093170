import type { Instant } from '../../lib/clock.ts'
import { toIso } from '../../lib/clock.ts'
import type { Notice } from '../../lib/rules/notice.ts'

/** A notice that a seat was booked, by its number and time. */
export function bookedNotice(number: number, at: Instant, changes: Partial<Notice> = {}): Notice {
  return {
    id: `01JNHGZ5Q8W4R6T2Y9B3C7D1EF:S-A-${number}:2`,
    type: 'seat.booked',
    occurredAt: toIso(at),
    workspaceId: 'one',
    environment: 'sandbox',
    chart: { chartKey: 'chart_1', name: 'Hall' },
    event: { eventKey: 'evt_1', name: 'Opening' },
    objectLabel: `S-A-${number}`,
    status: 'booked',
    previousStatus: 'held',
    version: 2,
    operationId: '01JNHGZ5Q8W4R6T2Y9B3C7D1EG',
    ...changes,
  }
}
