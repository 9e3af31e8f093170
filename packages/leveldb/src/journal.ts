import { maskedCrc32c } from './crc32c.ts'
import { DamageError } from './reader.ts'

// LevelDB's log format, in which both its log and its manifest are written: blocks of 32 KB with fragments in them, each
// with a checksum. A process that is killed leaves a file that simply ends somewhere; anything else is damage.

const BLOCK_BYTES = 32 * 1024

/** Checksum, length, type. */
const HEADER_BYTES = 7

const FULL = 1
const FIRST = 2
const LAST = 4

export interface Journal {
  readonly records: readonly Buffer[]
  /** It ends within a record, whose write was under way when the process ended. */
  readonly isTorn: boolean
}

/** All whole records of a file; throws a `DamageError` where a killed process cannot be the reason. */
export function readJournal(bytes: Buffer): Journal {
  const records: Buffer[] = []
  let parts: Buffer[] = []
  let at = 0
  for (;;) {
    at = skipTrailer(at)
    if (at >= bytes.length) return { records, isTorn: parts.length > 0 }
    const fragment = fragmentAt(bytes, at)
    if (fragment === 'cut') {
      if (hasFragmentBehind(bytes, at + 1)) throw new DamageError('a record in it is garbled')
      return { records, isTorn: true }
    }
    const { type, data } = fragment
    const isOpening = type === FULL || type === FIRST
    if (isOpening !== (parts.length === 0)) throw new DamageError('a part of a record is missing')
    parts.push(data)
    if (type === FULL || type === LAST) {
      records.push(parts.length === 1 ? data : Buffer.concat(parts))
      parts = []
    }
    at += HEADER_BYTES + data.length
  }
}

/** The end of a block that has no room for a header is left empty. */
function skipTrailer(at: number): number {
  const left = BLOCK_BYTES - (at % BLOCK_BYTES)
  return left < HEADER_BYTES ? at + left : at
}

function fragmentAt(bytes: Buffer, at: number): { type: number; data: Buffer } | 'cut' {
  const start = at + HEADER_BYTES
  if (start > bytes.length) return 'cut'
  const end = start + bytes.readUInt16LE(at + 4)
  const type = bytes[at + 6] ?? 0
  const blockEnd = at - (at % BLOCK_BYTES) + BLOCK_BYTES
  if (type < FULL || type > LAST || end > blockEnd)
    throw new DamageError('a record in it is garbled')
  if (end > bytes.length) return 'cut'
  if (maskedCrc32c(bytes, at + 6, end) !== bytes.readUInt32LE(at)) {
    throw new DamageError('the checksum of a record in it is wrong')
  }
  return { type, data: bytes.subarray(start, end) }
}

/** Whether records follow one that seems cut: then its length is wrong, and it is not the last. */
function hasFragmentBehind(bytes: Buffer, from: number): boolean {
  for (let at = from; at + HEADER_BYTES <= bytes.length; at += 1) {
    const type = bytes[at + 6] ?? 0
    const end = at + HEADER_BYTES + bytes.readUInt16LE(at + 4)
    if (type < FULL || type > LAST || end > bytes.length) continue
    if (maskedCrc32c(bytes, at + 6, end) === bytes.readUInt32LE(at)) return true
  }
  return false
}
