import { expect, test } from 'vitest'
import { instant } from '../../../lib/clock.ts'
import { deliveryMessage, readMessage } from '../../../lib/webhooks/message.ts'
import { bookedNotice } from '../../support/notices.ts'

const NOW = instant(Date.UTC(2027, 2, 4, 18, 20))

const wanted = {
  endpointId: 'wh_1',
  workspaceId: 'one',
  deliveryId: 'wd_1',
  attempt: 2,
  dueAt: instant(NOW + 5_000),
}

test('a message for an attempt is read as it was made, and waits until it is due', () => {
  const message = deliveryMessage(wanted, NOW)
  expect(message.delaySeconds).toBe(5)
  expect(readMessage(message.body)).toEqual({ kind: 'attempt', ...wanted })
})

test('a notice is read from the event that the bus made of it', () => {
  const notice = bookedNotice(1, NOW)
  const event = { version: '0', id: 'e', 'detail-type': notice.type, detail: notice }
  const body = JSON.stringify({ endpoint: 'wh_1', notice: event })
  expect(readMessage(body)).toEqual({ kind: 'notice', endpointId: 'wh_1', notice })
})

const event = { detail: bookedNotice(1, NOW) }

test.each([
  '',
  '{',
  'null',
  '[]',
  '{}',
  JSON.stringify({ endpoint: 'wh_1' }),
  JSON.stringify({ endpoint: '', notice: event }),
  JSON.stringify({ notice: event }),
  JSON.stringify({ endpoint: 'wh_1', notice: { detail: { ...event.detail, id: '' } } }),
  JSON.stringify({ endpoint: 'wh_1', notice: { detail: { ...event.detail, occurredAt: 'now' } } }),
  JSON.stringify({ endpoint: 'wh_1', ...wanted, attempt: 0 }),
  JSON.stringify({ endpoint: 'wh_1', ...wanted, attempt: 1.5 }),
  JSON.stringify({ endpoint: 'wh_1', ...wanted, dueAt: 'later' }),
  JSON.stringify({ ...wanted }),
])('%s is no message', (body) => {
  expect(readMessage(body)).toBeUndefined()
})
