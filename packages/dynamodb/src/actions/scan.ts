import { validationError } from '../errors.ts'
import { itemKey, keyOf, last } from '../items/keys.ts'
import { checkSelection, checkStartKey, findTable, readPage } from './page.ts'
import type { PageRequest } from './page.ts'
import type { Store } from '../store.ts'
import type { Table } from '../types.ts'

/** Rows start with three hexadecimal digits of their hash (and three more), cut into segments. */
const hashes = 4096

export interface ScanRequest extends PageRequest {
  Segment?: number
  TotalSegments?: number
}

/** Scan: a table, or one segment of it, in the order of hashes. */
export function scan(store: Store, request: ScanRequest): Promise<object> {
  const table = findTable(store, request)
  const { description } = table
  checkStartKey(table, request.ExclusiveStartKey)
  const bounds = segmentBounds(table, request)
  const from = request.ExclusiveStartKey && itemKey(description, request.ExclusiveStartKey)
  if (from !== undefined && (from < bounds.gte || from > bounds.lt)) {
    throw validationError(
      'The provided starting key is invalid: Invalid ExclusiveStartKey. ' +
        'Please use ExclusiveStartKey with correct Segment. ' +
        `TotalSegments: ${request.TotalSegments ?? 1} Segment: ${request.Segment ?? 0}`,
    )
  }
  checkSelection(request, table)
  const range = from === undefined ? bounds : { gt: from, lt: bounds.lt }
  return readPage(store, request, { table, range })
}

function segmentBounds({ description }: Table, request: ScanRequest): { gte: string; lt: string } {
  const prefix = keyOf.items(description)
  const { Segment: segment = 0, TotalSegments: total = 1 } = request
  const edge = (at: number) =>
    Math.ceil((hashes * at) / total)
      .toString(16)
      .padStart(3, '0')
  return {
    gte: prefix + (segment === 0 ? '' : edge(segment)),
    lt: prefix + (segment + 1 >= total ? last : edge(segment + 1)),
  }
}
