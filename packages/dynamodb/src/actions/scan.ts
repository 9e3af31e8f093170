import { validationError } from '../errors.ts'
import { last } from '../items/keys.ts'
import { prefixOf, readPage } from './page.ts'
import type { PageRequest, Source } from './page.ts'
import { startKey } from './query.ts'
import { checkSelection, checkStartKey, findSource } from './source.ts'
import type { Store } from '../store.ts'

/** Rows start with three hexadecimal digits of their hash (and three more), cut into segments. */
const hashes = 4096

export interface ScanRequest extends PageRequest {
  Segment?: number
  TotalSegments?: number
}

/** Scan: a table or index, or one segment of it, in the order of hashes. */
export function scan(store: Store, request: ScanRequest): Promise<object> {
  const source = findSource(store, request)
  checkStartKey(source, request.ExclusiveStartKey)
  const bounds = segmentBounds(source, request)
  const from = request.ExclusiveStartKey && startKey(source, request.ExclusiveStartKey)
  if (from !== undefined && (from < bounds.gte || from > bounds.lt)) {
    throw validationError(
      'The provided starting key is invalid: Invalid ExclusiveStartKey. ' +
        'Please use ExclusiveStartKey with correct Segment. ' +
        `TotalSegments: ${request.TotalSegments ?? 1} Segment: ${request.Segment ?? 0}`,
    )
  }
  checkSelection(request, source)
  const range = from === undefined ? bounds : { gt: from, lt: bounds.lt }
  return readPage(store, request, { source, range })
}

function segmentBounds(source: Source, request: ScanRequest): { gte: string; lt: string } {
  const prefix = prefixOf(source)
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
