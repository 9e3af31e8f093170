import type { RunRecord } from '../run.ts'

// Judging how transactions were sent again: DynamoDB tells two sendings of one from two of them by a client token, for ten minutes.

const REMEMBERED_MS = 10 * 60_000

/** Tells of transactions that were sent again when DynamoDB may have forgotten their token, and would have done them twice. */
export function judgeResendings({ calls }: RunRecord): string[] {
  const firstSent = new Map<string, number>()
  const faults: string[] = []
  for (const { life, sentAt, request } of calls) {
    const token = request.input['ClientRequestToken']
    if (typeof token !== 'string') continue
    const first = firstSent.get(token) ?? sentAt
    firstSent.set(token, first)
    if (sentAt - first < REMEMBERED_MS) continue
    faults.push(`${life} sent a transaction again ${sentAt - first} ms after its first sending`)
  }
  return faults
}
