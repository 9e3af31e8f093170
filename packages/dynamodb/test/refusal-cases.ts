import { expect, test } from 'vitest'
import { streamedTable, raw, startTable } from './support.ts'

/** What is refused, by which operation, with which input, and the exact message. */
export type RefusalCase = [what: string, operation: string, input: object, message: string]

/** One test for each case, against a table with a stream. */
export function testRefusals(cases: RefusalCase[]): void {
  test.for(cases)('DynamoDB refuses %s', async ([, operation, input, message]) => {
    const { url } = await startTable(streamedTable)
    const { status, body } = await raw(url, `DynamoDB_20120810.${operation}`, { body: input })
    expect(body).toEqual({ __type: 'com.amazon.coral.validate#ValidationException', message })
    expect(status).toBe(400)
  })
}
